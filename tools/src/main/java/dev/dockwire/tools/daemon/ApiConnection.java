package dev.dockwire.tools.daemon;

import dev.dockwire.host.Process;
import dev.dockwire.host.SystemCallException;
import dev.dockwire.host.WaitQueue;
import dev.dockwire.tools.daemon.RequestReader.Incoming;
import dev.dockwire.tools.template.GoJson;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * A client's connection: has its requests answered one after the other, each by a process. A client
 * that has sent its next one already is not read from any further.
 *
 * <p>The handler's own methods run on the loop's thread; {@link #changed} tells the process that
 * there is room to write again, or that the client has ended its direction, or has gone.
 */
final class ApiConnection extends ChannelInboundHandlerAdapter {

  private static final int UNAVAILABLE = 503;
  private static final int LINGER_SECONDS = 10;
  private static final int MAX_UNSENT = 1 << 20;

  private final ApiServer server;
  private final RequestClock clock;
  private final ArrayDeque<Incoming> waiting = new ArrayDeque<>();
  private final WaitQueue changed = new WaitQueue();
  private final ByteBuf early = Unpooled.buffer(0);
  private Channel channel;
  private Process answering;
  private Hijack hijack;
  private boolean inputEnded;
  private boolean gone;
  private boolean closing;
  private boolean streaming;
  private boolean continueDue;
  private boolean dropped;

  ApiConnection(ApiServer server, RequestClock clock) {
    this.server = server;
    this.clock = clock;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    channel = context.channel();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof ByteBuf bytes) {
      try {
        received(bytes);
      } finally {
        bytes.release();
      }
      return;
    }
    if (message == RequestReader.EXPECTS_CONTINUE) {
      continueDue = true;
      continueIfDue();
      return;
    }
    continueDue = false;
    Incoming incoming = (Incoming) message;
    if (closing || gone || streaming) {
      closing = closing || streaming;
      server.forget(incoming);
      return;
    }
    waiting.add(incoming);
    channel.config().setAutoRead(answering == null && waiting.size() == 1);
    answerNext();
  }

  /** Bytes that are no request, sent before or after the connection is taken over for them. */
  private void received(ByteBuf bytes) {
    if (hijack != null) {
      hijack.received(bytes);
    } else if (answering != null || !waiting.isEmpty()) {
      early.writeBytes(bytes);
      channel.config().setAutoRead(false);
    }
  }

  /** A 100 is an answer, too: it must not get into the one before. */
  private void continueIfDue() {
    if (continueDue && answering == null && waiting.isEmpty() && !closing) {
      continueDue = false;
      channel.writeAndFlush(
          new DefaultFullHttpResponse(
              HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
    }
  }

  /** Answers are not made ahead of a client that does not read them. */
  private void answerNext() {
    if (answering != null || waiting.isEmpty() || gone || closing || !channel.isWritable()) {
      return;
    }
    Incoming next = waiting.remove();
    Exchange exchange = new Exchange(this, next);
    try {
      answering = server.start(exchange);
      answering.onEnd(() -> channel.eventLoop().execute(() -> answered(exchange, next)));
    } catch (SystemCallException _) {
      exchange.refuse(UNAVAILABLE, "too many requests at the same time");
      server.forget(next);
      endOutput();
    }
  }

  /** The process has ended; whatever it wrote is on its way. */
  private void answered(Exchange exchange, Incoming incoming) {
    answering = null;
    streaming = false;
    server.forget(incoming);
    if (hijack != null || gone) {
      return;
    }
    if (closing || !exchange.keepsAlive() || inputEnded && waiting.isEmpty()) {
      endOutput();
      return;
    }
    if (waiting.isEmpty()) {
      clock.awaitRequest();
    }
    answerNext();
    continueIfDue();
    channel.config().setAutoRead(waiting.isEmpty());
  }

  /**
   * Ends the output first. What the client still sends is read and thrown away, for closing on it
   * would reset the connection before the client has read why.
   */
  void endOutput() {
    closing = true;
    forgetWaiting();
    channel.config().setAutoRead(true);
    channel
        .writeAndFlush(Unpooled.EMPTY_BUFFER)
        .addListener(
            _ -> {
              if (inputEnded) {
                channel.close();
              } else {
                ((DuplexChannel) channel).shutdownOutput();
              }
            });
    Future<?> end =
        channel.eventLoop().schedule(() -> channel.close(), LINGER_SECONDS, TimeUnit.SECONDS);
    channel.closeFuture().addListener(_ -> end.cancel(false));
  }

  private void forgetWaiting() {
    waiting.forEach(server::forget);
    waiting.clear();
  }

  /**
   * An answer without a known end has begun: to hear of the client's own end the connection is read
   * on, and what it asks meanwhile is not answered, but ends the connection after this.
   */
  void streams() {
    channel
        .eventLoop()
        .execute(
            () -> {
              if (answering == null) {
                return;
              }
              streaming = true;
              closing = closing || !waiting.isEmpty();
              forgetWaiting();
              channel.config().setAutoRead(true);
            });
  }

  /** What comes from now on is no request any more. Called on the loop's thread. */
  void hijacked(Hijack by) {
    hijack = by;
    hijack.received(early);
    if (inputEnded) {
      hijack.inputEnded();
    }
    channel.config().setAutoRead(hijack.hasRoom());
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      inputEnded = true;
      changed.wakeAll();
      if (hijack != null) {
        hijack.inputEnded();
      } else if (answering == null && waiting.isEmpty()) {
        channel.close();
      }
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    changed.wakeAll();
    answerNext();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    gone = true;
    inputEnded = true;
    forgetWaiting();
    if (hijack != null) {
      hijack.inputEnded();
    }
    changed.wakeAll();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof IOException) {
      channel.close();
    } else {
      server.fail(cause);
    }
  }

  Channel channel() {
    return channel;
  }

  GoJson json() {
    return server.json();
  }

  /** Woken when {@link #hasRoom}, {@link #inputEnded} or {@link #isGone} may have come to hold. */
  WaitQueue changed() {
    return changed;
  }

  boolean hasRoom() {
    return channel.isWritable();
  }

  /**
   * Ends it if the client lets more than 1 MiB wait of what nothing is held back for.
   *
   * @return whether nothing more is to be written
   */
  boolean dropIfSlow() {
    if (!dropped && unsent() > MAX_UNSENT) {
      dropped = true;
      server.slowClient();
      channel.eventLoop().execute(channel::close);
    }
    return dropped;
  }

  private long unsent() {
    ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
    return buffer == null ? 0 : buffer.totalPendingWriteBytes();
  }

  boolean inputEnded() {
    return inputEnded;
  }

  boolean isGone() {
    return gone;
  }

  /** Waits until what was written has mostly gone out, or nobody wants it any more. */
  void awaitRoom(Process writer) {
    while (!hasRoom() && !gone) {
      writer.await(changed, () -> hasRoom() || gone);
    }
  }
}
