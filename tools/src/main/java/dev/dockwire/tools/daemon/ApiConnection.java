package dev.dockwire.tools.daemon;

import dev.dockwire.host.Process;
import dev.dockwire.host.SystemCallException;
import dev.dockwire.host.WaitQueue;
import dev.dockwire.tools.daemon.RequestReader.Incoming;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import java.io.IOException;
import java.util.ArrayDeque;
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

  private final ApiServer server;
  private final ArrayDeque<Incoming> waiting = new ArrayDeque<>();
  private final WaitQueue changed = new WaitQueue();
  private Channel channel;
  private Process answering;
  private Hijack hijack;
  private boolean inputEnded;
  private boolean outputEnded;
  private boolean gone;

  ApiConnection(ApiServer server) {
    this.server = server;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    channel = context.channel();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof ByteBuf bytes) {
      try {
        hijack.received(bytes);
      } finally {
        bytes.release();
      }
      return;
    }
    if (outputEnded) {
      return;
    }
    waiting.add((Incoming) message);
    channel.config().setAutoRead(answering == null && waiting.size() == 1);
    answerNext();
  }

  private void answerNext() {
    if (answering != null || waiting.isEmpty() || gone) {
      return;
    }
    Incoming next = waiting.remove();
    Exchange exchange = new Exchange(this, next);
    try {
      answering = server.start(exchange);
      answering.onEnd(() -> channel.eventLoop().execute(() -> answered(exchange)));
    } catch (SystemCallException _) {
      exchange.refuse(UNAVAILABLE, "too many requests at the same time");
      channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }
  }

  /** The process has ended; whatever it wrote is on its way. */
  private void answered(Exchange exchange) {
    answering = null;
    if (hijack != null || gone) {
      return;
    }
    if (!exchange.keepsAlive() || inputEnded && waiting.isEmpty()) {
      endOutput();
      return;
    }
    answerNext();
    channel.config().setAutoRead(waiting.isEmpty());
  }

  /**
   * Nothing is answered any more. What the client still sends, the rest of a body that is too large
   * for example, is read and thrown away for a while: closing on it would reset the connection
   * before the client has read why.
   */
  void endOutput() {
    channel.config().setAutoRead(true);
    channel
        .writeAndFlush(Unpooled.EMPTY_BUFFER)
        .addListener(
            _ -> {
              if (inputEnded) {
                channel.close();
              } else {
                outputEnded = true;
                ((DuplexChannel) channel).shutdownOutput();
                channel
                    .eventLoop()
                    .schedule(() -> channel.close(), LINGER_SECONDS, TimeUnit.SECONDS);
              }
            });
  }

  /** What comes from now on is no request any more. Called on the loop's thread. */
  void hijacked(Hijack by) {
    hijack = by;
    if (inputEnded) {
      hijack.inputEnded();
    }
    channel.config().setAutoRead(true);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      inputEnded = true;
      changed.wakeAll();
      if (hijack != null) {
        hijack.inputEnded();
      } else if (answering == null || outputEnded) {
        channel.close();
      }
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    changed.wakeAll();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    gone = true;
    inputEnded = true;
    waiting.clear();
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

  /** Woken when {@link #hasRoom}, {@link #inputEnded} or {@link #isGone} may have come to hold. */
  WaitQueue changed() {
    return changed;
  }

  boolean hasRoom() {
    return channel.isWritable();
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
