package dev.dockwire.edge;

import dev.dockwire.time.Loop;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.group.ChannelGroup;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * Gives each connection that a listening socket accepts its {@link Relay}.
 *
 * <p>Netty's bootstrap would add its own acceptor a turn after the socket begins to listen, and
 * what is accepted before that would be lost.
 */
final class Acceptor extends ChannelInboundHandlerAdapter {

  private static final int RETRY_SECONDS = 1;

  private final EdgeLoop edge;
  private final Loop loop;
  private final Connector connector;
  private final ChannelGroup connections;

  Acceptor(EdgeLoop edge, Loop loop, Connector connector, ChannelGroup connections) {
    this.edge = edge;
    this.loop = loop;
    this.connector = connector;
    this.connections = connections;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    RealSocket accepted = (RealSocket) message;
    Relay.install(accepted, edge, loop, connector);
    connections.add(accepted);
    edge.register(accepted);
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
