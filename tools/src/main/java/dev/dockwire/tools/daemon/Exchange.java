package dev.dockwire.tools.daemon;

import dev.dockwire.engine.EngineException;
import dev.dockwire.host.Process;
import dev.dockwire.host.WaitQueue;
import dev.dockwire.time.Clock;
import dev.dockwire.tools.daemon.RequestReader.Incoming;
import dev.dockwire.tools.template.GoJson;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * A request and its answer. The answer is given once, by the process that this exchange has: as a
 * whole, in chunks, or by taking the connection over.
 */
final class Exchange {

  static final int OK = 200;
  static final int CREATED = 201;
  static final int NO_CONTENT = 204;
  static final int NOT_MODIFIED = 304;

  private static final String JSON = "application/json";

  private final ApiConnection connection;
  private final Incoming incoming;
  private final Map<String, String> fields = new LinkedHashMap<>();
  private Process self;
  private Durability durability = Durability.NONE;
  private boolean answered;
  private boolean endsByClosing;

  Exchange(ApiConnection connection, Incoming incoming) {
    this.connection = connection;
    this.incoming = incoming;
  }

  /**
   * Answers, as this process, which has nothing else to do. A handler's bug costs its client the
   * answer and nobody else anything; a broken invariant, which the whole house says by an {@link
   * IllegalStateException} or an error, is let through and stops the loop.
   *
   * @param safe a whole answer to what may have changed something waits for it
   */
  int answer(Process process, Router router, Durability safe, Bugs bugs) {
    self = process;
    durability = safe;
    try {
      if (incoming.refusal() != null) {
        throw incoming.refusal();
      }
      router.handle(this);
    } catch (EngineException refusal) {
      if (!answered) {
        refuse(refusal.status(), refusal.getMessage());
      }
    } catch (IllegalStateException brokenInvariant) {
      throw brokenInvariant;
    } catch (RuntimeException | StackOverflowError | LinkageError bug) {
      bugs.report(request(), bug);
      apologize(bug);
    }
    return 0;
  }

  /** An answer that has begun already cannot be taken back: it ends before its end. */
  private void apologize(Throwable bug) {
    if (answered) {
      connection.channel().close();
    } else {
      refuse(
          EngineException.INTERNAL,
          "internal error in the daemon: " + bug.getClass().getSimpleName());
    }
  }

  Request request() {
    return incoming.request();
  }

  Process self() {
    return self;
  }

  /** Whether another request may follow; not after one that nobody has answered. */
  boolean keepsAlive() {
    return answered && incoming.keepAlive() && !endsByClosing;
  }

  /** A header field that all answers have, or this one. */
  Exchange field(String name, String value) {
    fields.put(name, value);
    return this;
  }

  void refuse(int status, String message) {
    json(status, Map.of("message", message));
  }

  void json(Object value) {
    json(OK, value);
  }

  void json(int status, Object value) {
    awaitDurability();
    GoJson json = connection.json().clear().write(value).newLine();
    send(status, JSON, json.bytes(), json.length());
  }

  void empty(int status) {
    bytes(status, "", new byte[0]);
  }

  void whole(int status, String type, String text) {
    bytes(status, type, text.getBytes(StandardCharsets.UTF_8));
  }

  void bytes(int status, String type, byte[] body) {
    awaitDurability();
    send(status, type, body, body.length);
  }

  private void awaitDurability() {
    if (request() != null && !request().method().equals("GET") && !isHead()) {
      durability.await(self);
    }
  }

  /** Sends a whole answer; the bytes are the caller's again when this returns. */
  private void send(int status, String type, byte[] body, int length) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(status),
            isHead() || length == 0 ? Unpooled.EMPTY_BUFFER : copy(body, length));
    setFields(response.headers(), type);
    if (status != NO_CONTENT && status != NOT_MODIFIED) {
      HttpUtil.setContentLength(response, length);
    }
    answered = true;
    HttpUtil.setKeepAlive(response, keepsAlive());
    connection.channel().writeAndFlush(response, connection.channel().voidPromise());
  }

  /** Where the channel would copy it to in any case. */
  private ByteBuf copy(byte[] body, int length) {
    return connection.channel().alloc().directBuffer(length).writeBytes(body, 0, length);
  }

  private boolean isHead() {
    return request() != null && request().method().equals("HEAD");
  }

  private void setFields(HttpHeaders headers, String type) {
    if (!type.isEmpty()) {
      headers.set(HttpHeaderNames.CONTENT_TYPE, type);
    }
    fields.forEach(headers::set);
  }

  /** Begins an answer that is sent piece by piece; its head goes out at once. */
  Chunks chunks(String type) {
    HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
    setFields(head.headers(), type);
    endsByClosing = incoming.old();
    if (!endsByClosing) {
      HttpUtil.setTransferEncodingChunked(head, true);
    }
    answered = true;
    HttpUtil.setKeepAlive(head, keepsAlive());
    connection.channel().writeAndFlush(head, connection.channel().voidPromise());
    connection.streams();
    return new Chunks(connection);
  }

  /**
   * Takes the connection over: bytes both ways, no more requests.
   *
   * @param framed whether output is sent in frames that say which stream it is of
   */
  Hijack hijack(boolean framed) {
    answered = true;
    return Hijack.begin(connection, request(), framed);
  }

  /**
   * Waits until something holds.
   *
   * @return false if the client has gone, or has nothing more to say, before
   */
  boolean await(WaitQueue queue, BooleanSupplier ready) {
    return await(List.of(queue), ready, Clock.NEVER);
  }

  /** Whether the client has gone, or has nothing more to say. */
  boolean isAbandoned() {
    return connection.inputEnded();
  }

  /** Woken when {@link #isAbandoned} may have come to hold. */
  WaitQueue changed() {
    return connection.changed();
  }

  /** Waits likewise for one of several changes; a deadline too ends the waiting. */
  boolean await(List<WaitQueue> queues, BooleanSupplier ready, long deadline) {
    List<WaitQueue> changes = new ArrayList<>(queues);
    changes.add(connection.changed());
    BooleanSupplier over = () -> ready.getAsBoolean() || connection.inputEnded();
    while (!over.getAsBoolean() && self.now() < deadline) {
      self.await(changes, over, deadline);
    }
    return ready.getAsBoolean() || !connection.inputEnded();
  }
}
