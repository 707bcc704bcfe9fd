package dev.dockwire.edge;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Hands on each connection that a listening socket accepts.
 *
 * <p>Netty's bootstrap would add its own acceptor a turn after the socket begins to listen, and
 * what is accepted before that would be lost.
 */
public final class Acceptor extends ChannelInboundHandlerAdapter {

  private static final int RETRY_SECONDS = 1;

  private final EdgeLoop edge;
  private final Consumer<Channel> taker;

  /**
   * @param taker prepares each connection and has the loop turn it
   */
  public Acceptor(EdgeLoop edge, Consumer<Channel> taker) {
    this.edge = edge;
    this.taker = taker;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    taker.accept((Channel) message);
  }

  /** Too many open files, for example: those who wait are accepted a little later. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (!(cause instanceof IOException)) {
      edge.fail(cause);
      return;
    }
    Channel server = context.channel();
    server.config().setAutoRead(false);
    server
        .eventLoop()
        .schedule(() -> server.config().setAutoRead(true), RETRY_SECONDS, TimeUnit.SECONDS);
  }
}
