package dev.dockwire.stack.tcp;

import dev.dockwire.stack.HostStack;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What must hold for the connections of two hosts at every moment. */
final class StreamInvariants {

  private final HostStack client;
  private final HostStack server;
  private final int limit;
  private final Map<TcpConnection, Integer> edges = new LinkedHashMap<>();
  private int clientSize;
  private int serverSize;
  private List<TcpConnection> here = List.of();
  private List<TcpConnection> there = List.of();

  /**
   * @param limit what each buffer holds at most
   */
  StreamInvariants(HostStack client, HostStack server, int limit) {
    this.client = client;
    this.server = server;
    this.limit = limit;
  }

  /** To be called each turn. */
  void check() {
    if (clientSize != client.tcp().size() || serverSize != server.tcp().size()) {
      clientSize = client.tcp().size();
      serverSize = server.tcp().size();
      here = client.tcp().connections();
      there = server.tcp().connections();
    }
    here.forEach(this::checkOne);
    there.forEach(this::checkOne);
    for (TcpConnection from : here) {
      for (TcpConnection to : there) {
        if (from.localPort == to.remotePort && areOpen(from, to)) {
          checkWindow(from, to);
          checkWindow(to, from);
        }
      }
    }
  }

  private static boolean areOpen(TcpConnection from, TcpConnection to) {
    return from.state().isSynchronized() && to.state().isSynchronized();
  }

  private void checkOne(TcpConnection connection) {
    Sender sender = connection.sender();
    Receiver receiver = connection.receiver();
    if (!connection.state().isSynchronized()) {
      return;
    }
    int underWay = sender.sndNxt() - sender.sndUna();
    require(underWay >= 0, "SND.UNA is beyond SND.NXT", connection);
    require(sender.octetsUnderWay() == underWay, "the scoreboard has other octets", connection);
    int pipe = sender.pipe();
    require(pipe >= 0 && pipe <= underWay, "more in the network than was sent", connection);
    require(sender.buffer().capacity() <= limit, "the send buffer is too large", connection);
    require(receiver.capacity() <= limit, "the receive buffer is too large", connection);
    require(receiver.window() <= limit, "the window is larger than the buffer", connection);
    Integer before = edges.put(connection, receiver.edge());
    require(
        before == null || !Sequence.isBefore(receiver.edge(), before),
        "the window's right edge moved back",
        connection);
  }

  /** Nothing is acknowledged that did not come, and nothing sent that the peer has no room for. */
  private static void checkWindow(TcpConnection from, TcpConnection to) {
    Sender sender = from.sender();
    Receiver receiver = to.receiver();
    require(
        !Sequence.isAfter(sender.sndUna(), receiver.rcvNxt()), "acknowledged but not there", from);
    require(!Sequence.isAfter(receiver.rcvNxt(), sender.sndNxt()), "there but never sent", from);
    // A FIN needs no room.
    require(
        !Sequence.isAfter(sender.sndNxt(), receiver.edge() + 1), "sent beyond the window", from);
  }

  private static void require(boolean holds, String otherwise, TcpConnection connection) {
    if (!holds) {
      throw new AssertionError(otherwise + ": " + connection.localPort + " " + connection.state());
    }
  }
}
