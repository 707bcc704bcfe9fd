package dev.dockwire.program.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes requests out of the bytes of one connection, RFC 9112. Netty's decoder reads heads and
 * finds the ends of bodies; {@link HeadScanner} and this class refuse what is ambiguous or too
 * large. After a refusal there is nothing more.
 *
 * <p>Bodies are read and thrown away: nothing here takes any. Memory: what has come of a head (at
 * most 64 KiB, and what came with it), nothing between requests.
 */
public final class RequestParser {

  private static final long MAX_BODY = 16L << 20;

  /**
   * Empty lines before a request line are skipped, RFC 9112 section 2.2; how many bytes of them.
   */
  private static final int MAX_EMPTY_LINES = 64;

  private static final int MAX_LOGGED_LINE = 8 << 10;

  private static final HttpDecoderConfig CONFIG =
      new HttpDecoderConfig()
          .setMaxInitialLineLength(HeadScanner.MAX_HEAD + 2)
          .setMaxHeaderSize(HeadScanner.MAX_HEAD + 2)
          .setStrictLineParsing(true)
          .setUseRfc9112TransferEncoding(true);

  private final Decoder decoder = new Decoder();
  private final HeadScanner scanner = new HeadScanner();
  private final List<Object> decoded = new ArrayList<>(2);

  /** What is being read: borrowed bytes, or those kept. */
  private ByteBuf pending = Unpooled.EMPTY_BUFFER;

  /** What had to be kept because a head is not complete yet. */
  private ByteBuf kept;

  private HttpRequest message;
  private long bodyLength;
  private int skipped;
  private boolean wantsContinue;
  private boolean refused;

  /** Opens the protected method that a channel would call: the decoder works without one. */
  private static final class Decoder extends HttpRequestDecoder {

    Decoder() {
      super(CONFIG);
    }

    void decode(ByteBuf bytes, List<Object> out) {
      try {
        decode(null, bytes, out);
      } catch (Exception e) {
        throw new IllegalStateException("the decoder reports what is wrong, and does not throw", e);
      }
    }
  }

  /** Takes bytes that have come; they are borrowed until {@link #next} has returned nothing. */
  public void receive(byte[] bytes, int offset, int length) {
    if (kept == null) {
      pending = Unpooled.wrappedBuffer(bytes, offset, length);
    } else {
      pending = kept.discardReadBytes().writeBytes(bytes, offset, length);
    }
  }

  /** The next request that has come whole, with its body; nothing if more bytes must come. */
  public Optional<Request> next() {
    while (!refused) {
      int before = pending.readableBytes();
      Request request = message == null ? readHead() : readBody();
      if (request != null) {
        return Optional.of(request);
      }
      boolean moreMustCome = pending.readableBytes() == before || !pending.isReadable();
      if (message == null || moreMustCome) {
        retain();
        return Optional.empty();
      }
    }
    kept = null;
    pending = Unpooled.EMPTY_BUFFER;
    return Optional.empty();
  }

  /** Ends the loan of bytes before {@link #next} has returned nothing: what is unread is copied. */
  public void retain() {
    if (!pending.isReadable()) {
      kept = null;
      pending = Unpooled.EMPTY_BUFFER;
    } else if (kept == null) {
      kept = Unpooled.buffer(pending.readableBytes()).writeBytes(pending);
      pending = kept;
    }
  }

  /** Reads a head if it is there; the request if that was all of it. */
  private Request readHead() {
    skipEmptyLines();
    int start = pending.readerIndex();
    int verdict = scanner.scan(pending);
    if (verdict == Request.INCOMPLETE) {
      return null;
    }
    String version = verdict == Request.ACCEPTED ? decodeHead() : "";
    if (verdict == Request.ACCEPTED) {
      verdict = check(version);
    }
    if (verdict != Request.ACCEPTED) {
      return refuse(verdict, lineAt(start));
    }
    scanner.reset();
    skipped = 0;
    bodyLength = 0;
    boolean complete = decoded.size() > 1;
    wantsContinue = !complete && message.headers().contains(HttpHeaderNames.EXPECT);
    return complete ? finish() : null;
  }

  private void skipEmptyLines() {
    while (!scanner.isInside() && skipped < MAX_EMPTY_LINES && pending.isReadable()) {
      byte next = pending.getByte(pending.readerIndex());
      if (next != '\r' && next != '\n') {
        return;
      }
      pending.skipBytes(1);
      skipped++;
    }
  }

  /** Has Netty read the head, which is there as a whole; returns the version it names. */
  private String decodeHead() {
    decoded.clear();
    while (decoded.isEmpty()) {
      decoder.decode(pending, decoded);
    }
    message = (HttpRequest) decoded.getFirst();
    return message.protocolVersion().text();
  }

  private int check(String version) {
    HttpHeaders fields = message.headers();
    if (message.decoderResult().isFailure()) {
      return Request.BAD;
    }
    if (!version.equals("HTTP/1.1") && !version.equals("HTTP/1.0")) {
      return version.startsWith("HTTP/0") ? Request.BAD : Request.VERSION_UNKNOWN;
    }
    boolean first = version.equals("HTTP/1.1");
    int hosts = fields.getAll(HttpHeaderNames.HOST).size();
    if (hosts > 1 || first && hosts == 0) {
      return Request.BAD;
    }
    String coding = fields.get(HttpHeaderNames.TRANSFER_ENCODING);
    if (coding != null && (!first || !coding.equalsIgnoreCase("chunked"))) {
      return Request.BAD;
    }
    String expected = fields.get(HttpHeaderNames.EXPECT);
    if (expected != null && !expected.equalsIgnoreCase("100-continue")) {
      return Request.EXPECTATION_UNKNOWN;
    }
    String length = fields.get(HttpHeaderNames.CONTENT_LENGTH);
    return length != null && Long.parseLong(length) > MAX_BODY
        ? Request.BODY_TOO_LARGE
        : Request.ACCEPTED;
  }

  /** Reads what is there of a body; the request if that was the end of it. */
  private Request readBody() {
    decoded.clear();
    decoder.decode(pending, decoded);
    for (Object part : decoded) {
      HttpContent content = (HttpContent) part;
      bodyLength += content.content().readableBytes();
      if (content.decoderResult().isFailure()) {
        return refuse(Request.BAD, Request.of(message).line());
      }
      if (bodyLength > MAX_BODY) {
        return refuse(Request.BODY_TOO_LARGE, Request.of(message).line());
      }
      if (content instanceof LastHttpContent) {
        return finish();
      }
    }
    return null;
  }

  private Request finish() {
    Request request = Request.of(message);
    message = null;
    return request;
  }

  private Request refuse(int status, String line) {
    refused = true;
    message = null;
    return Request.refused(status, line);
  }

  private String lineAt(int start) {
    int length = Math.min(scanner.length(), MAX_LOGGED_LINE);
    String text = pending.toString(start, length, StandardCharsets.ISO_8859_1);
    int end = text.indexOf('\n');
    return (end < 0 ? text : text.substring(0, end)).replaceFirst("\r$", "");
  }

  /** Whether, since this was last asked, a client has begun to wait for leave to send its body. */
  public boolean takeContinue() {
    boolean wanted = wantsContinue && message != null;
    wantsContinue = false;
    return wanted;
  }

  /** Whether a request has begun and not ended. */
  public boolean isInside() {
    return message != null || scanner.isInside();
  }
}
