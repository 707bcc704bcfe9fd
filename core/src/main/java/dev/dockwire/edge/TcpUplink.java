package dev.dockwire.edge;

import dev.dockwire.stack.icmp.ErrorSender;
import dev.dockwire.stack.socket.TcpSocket;
import dev.dockwire.stack.tcp.HeldSyn;
import dev.dockwire.time.Loop;
import io.netty.channel.Channel;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;

/**
 * Opens a real connection for each virtual one that is wanted, and only then answers: what becomes
 * of the real one becomes of the virtual one. Both are joined by a {@link Relay}.
 *
 * <p>What cannot be reached for whatever reason, or not within 30 seconds, is "host unreachable" to
 * the client, because "network unreachable" would have it try on.
 */
final class TcpUplink {

  private static final int CONNECT_MILLIS = 30_000;

  private final EdgeLoop edge;
  private final Loop loop;
  private final ChannelGroup connections;

  TcpUplink(EdgeLoop edge, Loop loop) {
    this.edge = edge;
    this.loop = loop;
    this.connections = new DefaultChannelGroup(edge.netty());
  }

  void connect(HeldSyn syn, InetSocketAddress to) {
    RealSocket real;
    try {
      real = Transport.newConnection();
    } catch (IOException e) {
      // Too many open files: the client will try again.
      syn.forget();
      return;
    }
    real.config().setConnectTimeoutMillis(CONNECT_MILLIS);
    Relay.install(real, edge, loop, (handler, now) -> TcpSocket.accept(syn, handler, now));
    connections.add(real);
    edge.register(real);
    real.connect(to)
        .addListener(
            done -> {
              if (!done.isSuccess()) {
                answer(syn, done.cause());
              }
            });
  }

  private void answer(HeldSyn syn, Throwable failure) {
    long now = loop.now();
    switch (failure) {
      case ConnectTimeoutException _ -> syn.unreachable(ErrorSender.HOST_UNREACHABLE, now);
      case ConnectException e when isRefusal(e) -> syn.refuse(now);
      case BindException _ -> syn.unreachable(ErrorSender.PROHIBITED, now);
      case ClosedChannelException _ -> syn.refuse(now);
      case IOException _ -> syn.unreachable(ErrorSender.HOST_UNREACHABLE, now);
      default -> {
        syn.refuse(now);
        edge.fail(failure);
      }
    }
  }

  private static boolean isRefusal(ConnectException e) {
    return String.valueOf(e.getMessage()).startsWith("Connection refused");
  }

  int size() {
    return connections.size();
  }

  /** Resets what is connected and refuses what is not yet. */
  void close() {
    for (Channel each : connections) {
      each.eventLoop().execute(() -> each.pipeline().get(Relay.class).reset());
    }
  }
}
