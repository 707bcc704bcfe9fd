package dev.dockwire.tools.daemon;

import dev.dockwire.engine.EngineException;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts requests together from what Netty decodes, or says why one is refused. After one whose end
 * cannot be known for certain (RFC 9112 section 11.2) nothing more is read from the connection.
 */
final class RequestReader extends SimpleChannelInboundHandler<HttpObject> {

  static final int MAX_LINE = 8 * 1024;
  static final int MAX_HEAD = 64 * 1024;
  static final int MAX_FIELDS = 100;
  static final int MAX_BODY = 16 * 1024 * 1024;

  private static final String CHUNKED = "chunked";
  private static final Pattern VERSION = Pattern.compile("/v(\\d{1,4}\\.\\d{1,4})(/.*)");
  private static final HttpResponseStatus BAD = HttpResponseStatus.BAD_REQUEST;

  /**
   * A request, or why it is refused.
   *
   * @param keepAlive whether another may follow on the connection
   * @param old whether the client speaks HTTP/1.0: it cannot read chunks
   */
  record Incoming(Request request, EngineException refusal, boolean keepAlive, boolean old) {

    /** How much of {@link BodyMemory} it holds. */
    int bodyBytes() {
      return request == null ? 0 : request.body().length;
    }
  }

  /** What comes before a request whose sender waits for leave to send its body. */
  static final Object EXPECTS_CONTINUE = new Object();

  private final ApiVersion newest;
  private final RequestClock clock;
  private final BodyMemory memory;
  private ByteArrayOutputStream body = new ByteArrayOutputStream();
  private HttpRequest head;
  private boolean deaf;

  RequestReader(ApiVersion newest, RequestClock clock, BodyMemory memory) {
    this.newest = newest;
    this.clock = clock;
    this.memory = memory;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, HttpObject message)
      throws IOException {
    if (deaf) {
      return;
    }
    if (message.decoderResult().isFailure()) {
      refuse(context, message.decoderResult().cause());
      return;
    }
    if (message instanceof HttpRequest request) {
      begin(context, request);
    }
    if (!deaf && message instanceof HttpContent content) {
      proceed(context, content);
    }
  }

  private void begin(ChannelHandlerContext context, HttpRequest request) {
    head = request;
    clock.headIsRead();
    int hosts = request.headers().getAll(HttpHeaderNames.HOST).size();
    boolean old = request.protocolVersion().equals(HttpVersion.HTTP_1_0);
    if (request.headers().size() > MAX_FIELDS) {
      refuse(context, HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "too many header fields");
    } else if (!old && !request.protocolVersion().equals(HttpVersion.HTTP_1_1)) {
      refuse(context, HttpResponseStatus.HTTP_VERSION_NOT_SUPPORTED, "unsupported HTTP version");
    } else if (hosts > 1 || hosts == 0 && !old) {
      refuse(context, BAD, "there must be one Host header");
    } else if (!request.uri().startsWith("/") || hasControls(request.uri())) {
      refuse(context, BAD, "the request target must be a path");
    } else if (!isFramedPlainly(request)) {
      refuse(context, BAD, "the body's length is not said plainly");
    } else if (HttpUtil.getContentLength(request, 0L) > MAX_BODY) {
      tooLarge(context);
    } else if (HttpUtil.is100ContinueExpected(request)) {
      context.fireChannelRead(EXPECTS_CONTINUE);
    } else if (request.headers().contains(HttpHeaderNames.EXPECT)) {
      refuse(context, HttpResponseStatus.EXPECTATION_FAILED, "unknown expectation");
    }
  }

  private static boolean hasControls(String target) {
    return target.chars().anyMatch(character -> character <= ' ' || character == 0x7f);
  }

  /** Of the codings that a body may have only the one alone is known, to everybody alike. */
  private static boolean isFramedPlainly(HttpRequest request) {
    List<String> codings = request.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
    return codings.isEmpty()
        || codings.size() == 1
            && codings.getFirst().equalsIgnoreCase(CHUNKED)
            && !request.headers().contains(HttpHeaderNames.CONTENT_LENGTH);
  }

  private void proceed(ChannelHandlerContext context, HttpContent content) throws IOException {
    ByteBuf bytes = content.content();
    if (body.size() + bytes.readableBytes() > MAX_BODY) {
      tooLarge(context);
      return;
    }
    if (!memory.take(bytes.readableBytes())) {
      refuse(context, HttpResponseStatus.SERVICE_UNAVAILABLE, "too much is sent at the same time");
      return;
    }
    bytes.readBytes(body, bytes.readableBytes());
    if (content instanceof LastHttpContent) {
      clock.stop();
      Incoming incoming = incoming();
      memory.give(body.size() - incoming.bodyBytes());
      body = new ByteArrayOutputStream();
      boolean last = wantsUpgrade();
      head = null;
      context.fireChannelRead(incoming);
      if (last) {
        // What follows may be no request: it is passed on as it is.
        deaf = true;
        context.pipeline().remove(HttpRequestDecoder.class);
      }
    }
  }

  private boolean wantsUpgrade() {
    return head.headers().contains(HttpHeaderNames.UPGRADE);
  }

  private Incoming incoming() {
    boolean old = head.protocolVersion().equals(HttpVersion.HTTP_1_0);
    boolean keepAlive = HttpUtil.isKeepAlive(head) && !wantsUpgrade();
    try {
      return new Incoming(request(), null, keepAlive, old);
    } catch (EngineException refusal) {
      return new Incoming(null, refusal, keepAlive, old);
    }
  }

  private Request request() {
    QueryStringDecoder target;
    String path;
    try {
      target = new QueryStringDecoder(head.uri());
      path = target.path();
      target.parameters();
    } catch (IllegalArgumentException _) {
      throw new EngineException(EngineException.BAD_REQUEST, "invalid URL escape");
    }
    String version = newest.toString();
    Matcher versioned = VERSION.matcher(path);
    if (versioned.matches()) {
      version = versioned.group(1);
      path = versioned.group(2);
      ApiVersion.parse(version).check(newest);
    }
    return new Request(
        head.method().name(),
        path,
        version,
        target.parameters(),
        head.headers(),
        body.toByteArray());
  }

  private void refuse(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof TooLongHttpLineException) {
      refuse(context, HttpResponseStatus.REQUEST_URI_TOO_LONG, "the request line is too long");
    } else if (cause instanceof TooLongHttpHeaderException) {
      refuse(
          context,
          HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
          "the header fields are too large");
    } else {
      refuse(context, BAD, "malformed HTTP request");
    }
  }

  private void tooLarge(ChannelHandlerContext context) {
    refuse(context, HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE, "http: request body too large");
  }

  private void refuse(ChannelHandlerContext context, HttpResponseStatus status, String why) {
    deaf = true;
    clock.stop();
    forgetBody();
    EngineException refusal = new EngineException(status.code(), why);
    context.fireChannelRead(new Incoming(null, refusal, false, false));
  }

  private void forgetBody() {
    memory.give(body.size());
    body = new ByteArrayOutputStream();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event != RequestClock.LATE) {
      context.fireUserEventTriggered(event);
    } else if (!deaf) {
      refuse(context, HttpResponseStatus.REQUEST_TIMEOUT, "the request took too long");
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    forgetBody();
    context.fireChannelInactive();
  }
}
