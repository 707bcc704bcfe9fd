package dev.dockwire.stack.tcp;

import dev.dockwire.frame.DropReason;
import dev.dockwire.frame.Ipv4View;
import dev.dockwire.frame.TcpView;
import dev.dockwire.stack.HostStack;
import dev.dockwire.stack.icmp.ErrorReceiver;
import dev.dockwire.stack.icmp.IcmpError;
import dev.dockwire.stack.ip.InboundPacket;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes segments from {@code ip.Ipv4Layer}, checks them and hands them to their connection, or a
 * SYN to the port that listens; refuses the rest with a reset (RFC 9293, section 3.10.7.1).
 */
public final class TcpLayer implements ErrorReceiver {

  private static final int SEND_BUFFER = 256 * 1024;
  private static final int RECEIVE_BUFFER = 128 * 1024;
  private static final int LARGEST_RECEIVE_BUFFER = 6 * 1024 * 1024;

  private final HostStack stack;
  private final TcpView segment = new TcpView();
  private final TcpOptions options = new TcpOptions();
  private final TcpOutput output;
  private final Demultiplexer connections = new Demultiplexer();
  private Map<Integer, List<ListenQueue>> listening = Map.of();
  private IsnGenerator isns;
  private int sendBuffer = SEND_BUFFER;
  private int receiveBuffer = RECEIVE_BUFFER;
  private int largestReceiveBuffer = LARGEST_RECEIVE_BUFFER;
  private String congestionControl = "cubic";

  public TcpLayer(HostStack stack) {
    this.stack = stack;
    this.output = new TcpOutput(stack);
  }

  /** Takes a whole packet for this host. */
  public void receive(InboundPacket packet, long now) {
    Ipv4View header = packet.header();
    int source = header.source();
    int destination = header.destination();
    if (!segment.wrap(
        packet.bytes(), header.payloadOffset(), header.payloadLength(), source, destination)) {
      stack.drop(segment.problem());
      return;
    }
    if (packet.isToGroup()) {
      stack.drop(DropReason.TCP_NO_CONN);
      return;
    }
    int localPort = segment.destinationPort();
    int remotePort = segment.sourcePort();
    TcpConnection connection = connections.find(destination, localPort, source, remotePort);
    if (connection != null) {
      options.parse(packet.bytes(), segment);
      if (connection.givesWayTo(segment, options, now)) {
        connection.end(CloseReason.ORDERLY, now);
        connection = null;
      }
    }
    if (connection != null) {
      connection.receive(packet.bytes(), segment, options, now);
      return;
    }
    ListenQueue queue = listener(destination, localPort);
    if (queue == null) {
      stack.drop(DropReason.TCP_NO_CONN);
      output.refuse(packet, segment, now);
    } else {
      receiveListening(queue, packet, now);
    }
  }

  private void receiveListening(ListenQueue queue, InboundPacket packet, long now) {
    int flags = segment.flags();
    if ((flags & (TcpView.RST | TcpView.ACK)) == TcpView.ACK) {
      stack.drop(DropReason.TCP_NO_CONN);
      output.refuse(packet, segment, now);
    } else if ((flags & (TcpView.RST | TcpView.SYN | TcpView.FIN)) != TcpView.SYN) {
      stack.drop(DropReason.TCP_NO_CONN);
    } else if (!queue.mayStart()) {
      stack.drop(DropReason.TCP_LISTEN_OVERFLOW);
    } else {
      options.parse(packet.bytes(), segment);
      Ipv4View header = packet.header();
      TcpConnection child =
          new TcpConnection(
              stack,
              header.destination(),
              segment.destinationPort(),
              header.source(),
              segment.sourcePort());
      connections.add(child);
      queue.started(child);
      child.accept(queue, segment, options, now);
    }
  }

  private ListenQueue listener(int address, int tcpPort) {
    ListenQueue any = null;
    for (ListenQueue each : listening.getOrDefault(tcpPort, List.of())) {
      if (each.localAddress() == address) {
        return each;
      }
      any = each.localAddress() == 0 ? each : any;
    }
    return any;
  }

  /** Opens a connection: the SYN goes out before this returns. */
  public TcpConnection connect(
      int localAddress,
      int localPort,
      int remoteAddress,
      int remotePort,
      TcpConnection.Owner owner,
      long now) {
    TcpConnection connection =
        new TcpConnection(stack, localAddress, localPort, remoteAddress, remotePort);
    connections.add(connection);
    connection.connect(owner, now);
    return connection;
  }

  /** Whether there could be a connection between these. */
  public boolean isFree(int localAddress, int localPort, int remoteAddress, int remotePort) {
    return connections.find(localAddress, localPort, remoteAddress, remotePort) == null
        && !listening.containsKey(localPort);
  }

  /** Whether somebody could listen there; 0 stands for all addresses. */
  public boolean canListen(int address, int tcpPort) {
    return listening.getOrDefault(tcpPort, List.of()).stream()
        .allMatch(
            each -> address != 0 && each.localAddress() != 0 && each.localAddress() != address);
  }

  /** Listens on an address and port that are free. */
  public ListenQueue listen(int address, int tcpPort, int backlog, Runnable onReady) {
    ListenQueue queue = new ListenQueue(this, address, tcpPort, backlog, onReady);
    if (listening.isEmpty()) {
      listening = new HashMap<>();
    }
    listening.computeIfAbsent(tcpPort, any -> new ArrayList<>(1)).add(queue);
    return queue;
  }

  void unlisten(ListenQueue queue) {
    List<ListenQueue> there = listening.get(queue.localPort());
    if (there != null && there.remove(queue) && there.isEmpty()) {
      listening.remove(queue.localPort());
    }
  }

  @Override
  public boolean onError(IcmpError error, long now) {
    TcpConnection connection =
        connections.find(
            error.source(), error.sourcePort(), error.destination(), error.destinationPort());
    return connection != null && connection.receiveError(error, now);
  }

  void remove(TcpConnection connection) {
    connections.remove(connection);
  }

  /**
   * How much connections made from now on hold for each direction, without growing.
   *
   * @param octets a power of two
   */
  public void bufferSize(int octets) {
    sendBuffer = octets;
    receiveBuffer = octets;
    largestReceiveBuffer = octets;
  }

  /**
   * How connections made from now on share the path: net.ipv4.tcp_congestion_control.
   *
   * @param name "cubic", "reno" or "bbr"
   * @throws IllegalArgumentException for any other
   */
  public void congestionControl(String name) {
    congestionControl = CongestionControl.named(name).name();
  }

  public String congestionControl() {
    return congestionControl;
  }

  int sendBuffer() {
    return sendBuffer;
  }

  /** What a connection holds at first; it grows with what its application reads. */
  int receiveBuffer() {
    return receiveBuffer;
  }

  int largestReceiveBuffer() {
    return largestReceiveBuffer;
  }

  TcpOutput output() {
    return output;
  }

  IsnGenerator isns() {
    if (isns == null) {
      isns = new IsnGenerator(stack.random());
    }
    return isns;
  }

  /** Who listens, by port, then by address. */
  public List<ListenQueue> listeners() {
    return listening.values().stream()
        .flatMap(List::stream)
        .sorted(
            Comparator.comparingInt(ListenQueue::localPort)
                .thenComparing(ListenQueue::localAddress, Integer::compareUnsigned))
        .toList();
  }

  /** All connections, in any state, by their addresses and ports. */
  public List<TcpConnection> connections() {
    return connections.list();
  }

  /** How many connections there are, in any state. */
  public int size() {
    return connections.size();
  }
}
