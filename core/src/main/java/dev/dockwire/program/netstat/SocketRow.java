package dev.dockwire.program.netstat;

import dev.dockwire.stack.HostStack;
import dev.dockwire.stack.tcp.ListenQueue;
import dev.dockwire.stack.tcp.TcpConnection;
import dev.dockwire.stack.tcp.TimeWait;
import dev.dockwire.stack.udp.UdpBinding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A socket as {@code netstat} and {@code ss} show it.
 *
 * @param received octets that nobody has read; of a port that listens, connections that nobody has
 *     accepted
 * @param sent octets that the peer has not acknowledged
 * @param backlog of a port that listens, how many connections may wait; else 0
 */
record SocketRow(
    boolean tcp,
    int localAddress,
    int localPort,
    int remoteAddress,
    int remotePort,
    SocketState state,
    int received,
    int sent,
    int backlog) {

  private static final Comparator<SocketRow> BY_ENDS =
      Comparator.comparing(SocketRow::localAddress, Integer::compareUnsigned)
          .thenComparing(SocketRow::localPort)
          .thenComparing(SocketRow::remoteAddress, Integer::compareUnsigned)
          .thenComparing(SocketRow::remotePort);

  /** TCP: ports that listen, then connections. */
  static List<SocketRow> tcp(HostStack stack) {
    List<SocketRow> rows = new ArrayList<>();
    for (ListenQueue each : stack.tcp().listeners()) {
      rows.add(
          new SocketRow(
              true,
              each.localAddress(),
              each.localPort(),
              0,
              0,
              SocketState.LISTENING,
              each.waiting(),
              0,
              each.backlog()));
    }
    List<SocketRow> connections = new ArrayList<>();
    for (TcpConnection each : stack.tcp().connections()) {
      connections.add(of(each));
    }
    for (TimeWait each : stack.tcp().timeWaits()) {
      connections.add(of(each));
    }
    connections.sort(BY_ENDS);
    rows.addAll(connections);
    return rows;
  }

  private static SocketRow of(TcpConnection connection) {
    SocketState state = SocketState.of(connection.state());
    // The peer's FIN counts as an octet that is never read.
    int fin = state == SocketState.CLOSE_WAIT || state == SocketState.LAST_ACK ? 1 : 0;
    return new SocketRow(
        true,
        connection.localAddress(),
        connection.localPort(),
        connection.remoteAddress(),
        connection.remotePort(),
        state,
        connection.available() + fin,
        connection.unacknowledged(),
        0);
  }

  private static SocketRow of(TimeWait ended) {
    return new SocketRow(
        true,
        ended.localAddress(),
        ended.localPort(),
        ended.remoteAddress(),
        ended.remotePort(),
        SocketState.TIME_WAIT,
        0,
        0,
        0);
  }

  boolean isOf(TcpConnection connection) {
    return localPort == connection.localPort()
        && remotePort == connection.remotePort()
        && localAddress == connection.localAddress()
        && remoteAddress == connection.remoteAddress();
  }

  static List<SocketRow> udp(HostStack stack) {
    List<SocketRow> rows = new ArrayList<>();
    for (UdpBinding each : stack.udp().table().list()) {
      boolean connected = each.remotePort() != 0;
      rows.add(
          new SocketRow(
              false,
              each.localAddress(),
              each.localPort(),
              each.remoteAddress(),
              each.remotePort(),
              connected ? SocketState.ESTABLISHED : SocketState.UNCONNECTED,
              each.queuedOctets(),
              0,
              0));
    }
    return rows;
  }
}
