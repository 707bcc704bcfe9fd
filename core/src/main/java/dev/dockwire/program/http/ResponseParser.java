package dev.dockwire.program.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads responses from the bytes that a server sends on one connection, RFC 9112. The lines of a
 * head are handed on as they came; what they mean, and where the body ends, is Netty's word.
 */
public final class ResponseParser {

  private static final int MAX_HEAD = 300 << 10;

  private static final HttpDecoderConfig CONFIG =
      new HttpDecoderConfig()
          .setMaxInitialLineLength(MAX_HEAD)
          .setMaxHeaderSize(MAX_HEAD)
          .setStrictLineParsing(false);

  /** What the reader of a response is told, in order. */
  public interface Receiver {

    /** A line of a head, without its end; the last one is empty and comes after {@link #head}. */
    void line(String line);

    /**
     * A head is complete but for its empty line.
     *
     * @param interim whether it is one of those (1xx) that another one follows
     */
    void head(ResponseHead head, boolean interim);

    /** A piece of the body, borrowed until the call returns. */
    void body(byte[] bytes, int offset, int length);
  }

  /** How far the reading of a response has come. */
  public enum State {
    /** Nothing of it has come. */
    EMPTY,
    /** Its head is being read. */
    HEAD,
    /** Its head is complete, its body is being read. */
    BODY,
    /** All of it has been read. */
    COMPLETE,
    /** What came does not begin as a response of HTTP/1 does. */
    NOT_HTTP,
    /** The head cannot be understood. */
    BAD_HEAD,
    /** The pieces that the body comes in cannot be understood. */
    BAD_CHUNK
  }

  private final boolean forHead;
  private final Receiver receiver;
  private final Decoder decoder = new Decoder();
  private final List<Object> decoded = new ArrayList<>(2);
  private final ByteBuf kept = Unpooled.buffer(1024);
  private State state = State.EMPTY;
  private int lineStart;
  private ResponseHead head;

  /** Opens the protected methods that a channel would call: the decoder works without one. */
  private final class Decoder extends HttpResponseDecoder {

    Decoder() {
      super(CONFIG);
    }

    @Override
    protected boolean isContentAlwaysEmpty(HttpMessage message) {
      return forHead || super.isContentAlwaysEmpty(message);
    }

    void decode(ByteBuf bytes) {
      try {
        decode(null, bytes, decoded);
      } catch (Exception e) {
        throw new IllegalStateException("the decoder reports what is wrong, and does not throw", e);
      }
    }
  }

  /**
   * @param forHead whether the request was a HEAD, so that no body comes
   */
  public ResponseParser(boolean forHead, Receiver receiver) {
    this.forHead = forHead;
    this.receiver = receiver;
  }

  /** Reads bytes that have come, as far as they belong to this response; the rest is dropped. */
  public State receive(byte[] bytes, int offset, int length) {
    if (state == State.EMPTY || state == State.HEAD) {
      kept.writeBytes(bytes, offset, length);
      state = State.HEAD;
      readHeads();
      if (state == State.BODY) {
        readBody(kept);
      }
    } else if (state == State.BODY) {
      // What there was of a chunk's size line is still there.
      kept.discardReadBytes().writeBytes(bytes, offset, length);
      readBody(kept);
    }
    return state;
  }

  /** The server has ended its stream: the end of the body if nothing else says where that is. */
  public State end() {
    if (state == State.BODY && head.endsWithStream()) {
      state = State.COMPLETE;
    }
    return state;
  }

  private void readHeads() {
    while (state == State.HEAD) {
      if (!looksLikeHttp()) {
        state = State.NOT_HTTP;
        return;
      }
      int end = kept.indexOf(kept.readerIndex() + lineStart, kept.writerIndex(), (byte) '\n');
      if (end < 0) {
        state = kept.readableBytes() > MAX_HEAD ? State.BAD_HEAD : State.HEAD;
        return;
      }
      String line = lineUpTo(end);
      lineStart = end + 1 - kept.readerIndex();
      if (line.isEmpty()) {
        endHead();
      } else {
        receiver.line(line);
      }
    }
  }

  private boolean looksLikeHttp() {
    int length = Math.min(kept.readableBytes(), "HTTP/".length());
    return "HTTP/".startsWith(kept.toString(kept.readerIndex(), length, StandardCharsets.US_ASCII));
  }

  private String lineUpTo(int end) {
    int start = kept.readerIndex() + lineStart;
    String line = kept.toString(start, end - start, StandardCharsets.ISO_8859_1);
    return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
  }

  private void endHead() {
    decoded.clear();
    while (decoded.isEmpty()) {
      decoder.decode(kept);
    }
    HttpResponse response = (HttpResponse) decoded.getFirst();
    lineStart = 0;
    if (response.decoderResult().isFailure()) {
      state = State.BAD_HEAD;
      return;
    }
    boolean complete = decoded.getLast() instanceof LastHttpContent;
    head = ResponseHead.of(response, forHead);
    int status = head.status();
    boolean interim = status >= 100 && status < 200 && status != 101;
    receiver.head(head, interim);
    receiver.line("");
    if (!interim) {
      state = complete ? State.COMPLETE : State.BODY;
    }
  }

  private void readBody(ByteBuf bytes) {
    int before = -1;
    while (state == State.BODY && bytes.isReadable() && bytes.readableBytes() != before) {
      before = bytes.readableBytes();
      decoded.clear();
      decoder.decode(bytes);
      for (Object part : decoded) {
        HttpContent content = (HttpContent) part;
        if (content.decoderResult().isFailure()) {
          state = State.BAD_CHUNK;
          return;
        }
        ByteBuf piece = content.content();
        if (piece.isReadable()) {
          receiver.body(
              piece.array(), piece.arrayOffset() + piece.readerIndex(), piece.readableBytes());
        }
        if (part instanceof LastHttpContent) {
          state = State.COMPLETE;
        }
      }
    }
  }
}
