package dev.dockwire.program.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import java.util.Optional;

/**
 * What a client wants to know of a response's head.
 *
 * @param contentLength the length of the body that it announces; -1 if it does not
 * @param persistent whether the server will take another request on the connection
 * @param endsWithStream whether nothing but the end of the connection ends the body
 */
public record ResponseHead(
    int status,
    long contentLength,
    boolean persistent,
    boolean endsWithStream,
    Optional<String> location,
    Optional<String> contentType) {

  static ResponseHead of(HttpResponse response, boolean forHead) {
    HttpHeaders fields = response.headers();
    boolean chunked = HttpUtil.isTransferEncodingChunked(response);
    long length = chunked ? -1 : HttpUtil.getContentLength(response, -1L);
    int status = response.status().code();
    boolean bodiless = forHead || status < 200 || status == 204 || status == 304;
    boolean endsWithStream = !bodiless && !chunked && length < 0;
    return new ResponseHead(
        status,
        length,
        HttpUtil.isKeepAlive(response) && !endsWithStream,
        endsWithStream,
        Optional.ofNullable(fields.get(HttpHeaderNames.LOCATION)),
        Optional.ofNullable(fields.get(HttpHeaderNames.CONTENT_TYPE)));
  }
}
