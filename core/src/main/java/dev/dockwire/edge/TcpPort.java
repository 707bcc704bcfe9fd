package dev.dockwire.edge;

import dev.dockwire.time.Loop;
import io.netty.channel.Channel;
import io.netty.channel.ServerChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;

/**
 * A real listening socket whose connections lead into the virtual network, each by a {@link Relay}.
 */
final class TcpPort implements AutoCloseable {

  private final EdgeLoop edge;
  private final ServerSocketChannel listening;
  private final ServerChannel server;
  private final ChannelGroup connections;

  private TcpPort(
      EdgeLoop edge,
      ServerSocketChannel listening,
      ServerChannel server,
      ChannelGroup connections) {
    this.edge = edge;
    this.listening = listening;
    this.server = server;
    this.connections = connections;
  }

  /**
   * Listens; connections are accepted from the loop's next turn on.
   *
   * @throws java.net.BindException if the address cannot be had
   */
  static TcpPort open(EdgeLoop edge, Loop loop, InetSocketAddress address, Connector connector)
      throws IOException {
    ServerSocketChannel listening = Transport.listen(address);
    ServerChannel server = new RealListener(listening);
    ChannelGroup connections = new DefaultChannelGroup(edge.netty());
    server
        .pipeline()
        .addLast(
            new Acceptor(
                edge,
                accepted -> {
                  Relay.install((RealSocket) accepted, edge, loop, connector);
                  connections.add(accepted);
                  edge.register(accepted);
                }));
    edge.register(server);
    return new TcpPort(edge, listening, server, connections);
  }

  InetSocketAddress address() {
    return (InetSocketAddress) server.localAddress();
  }

  /** How many connections there are. */
  int connections() {
    return connections.size();
  }

  /** Listens no more, from now on, and {@link Relay#stop stops} what is connected a turn later. */
  @Override
  public void close() {
    edge.release(listening);
    server.close();
    for (Channel each : connections) {
      each.eventLoop().execute(() -> each.pipeline().get(Relay.class).stop());
    }
  }
}
