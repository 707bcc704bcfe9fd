package dev.dockwire.tools.daemon;

import dev.dockwire.engine.EngineException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
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

  private static final Pattern VERSION = Pattern.compile("/v(\\d{1,4}\\.\\d{1,4})(/.*)");
  private static final HttpResponseStatus BAD = HttpResponseStatus.BAD_REQUEST;

  /**
   * A request, or why it is refused.
   *
   * @param keepAlive whether another may follow on the connection
   * @param old whether the client speaks HTTP/1.0: it cannot read chunks
   */
  record Incoming(Request request, EngineException refusal, boolean keepAlive, boolean old) {}

  private final ApiVersion newest;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private HttpRequest head;
  private boolean deaf;

  RequestReader(ApiVersion newest) {
    this.newest = newest;
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
    body.reset();
    int hosts = request.headers().getAll(HttpHeaderNames.HOST).size();
    boolean old = request.protocolVersion().equals(HttpVersion.HTTP_1_0);
    if (request.headers().size() > MAX_FIELDS) {
      refuse(context, HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "too many header fields");
    } else if (!old && !request.protocolVersion().equals(HttpVersion.HTTP_1_1)) {
      refuse(context, HttpResponseStatus.HTTP_VERSION_NOT_SUPPORTED, "unsupported HTTP version");
    } else if (hosts > 1 || hosts == 0 && !old) {
      refuse(context, BAD, "there must be one Host header");
    } else if (!request.uri().startsWith("/")) {
      refuse(context, BAD, "the request target must be a path");
    } else if (HttpUtil.getContentLength(request, 0L) > MAX_BODY) {
      tooLarge(context);
    } else if (HttpUtil.is100ContinueExpected(request)) {
      context.writeAndFlush(
          new DefaultFullHttpResponse(
              HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
    } else if (request.headers().contains(HttpHeaderNames.EXPECT)) {
      refuse(context, HttpResponseStatus.EXPECTATION_FAILED, "unknown expectation");
    }
  }

  private void proceed(ChannelHandlerContext context, HttpContent content) throws IOException {
    ByteBuf bytes = content.content();
    if (body.size() + bytes.readableBytes() > MAX_BODY) {
      tooLarge(context);
      return;
    }
    bytes.readBytes(body, bytes.readableBytes());
    if (content instanceof LastHttpContent) {
      context.fireChannelRead(incoming());
      head = null;
    }
  }

  private Incoming incoming() {
    boolean old = head.protocolVersion().equals(HttpVersion.HTTP_1_0);
    boolean keepAlive = HttpUtil.isKeepAlive(head);
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
    body.reset();
    EngineException refusal = new EngineException(status.code(), why);
    context.fireChannelRead(new Incoming(null, refusal, false, false));
  }
}
