package dev.dockwire.stack.tcp;

import dev.dockwire.frame.DropReason;
import dev.dockwire.frame.Ipv4View;
import dev.dockwire.frame.TcpView;
import dev.dockwire.stack.HostStack;
import dev.dockwire.stack.icmp.ErrorReceiver;
import dev.dockwire.stack.icmp.IcmpError;
import dev.dockwire.stack.ip.InboundPacket;
import java.util.List;

/**
 * Takes segments from {@code ip.Ipv4Layer}, checks them and hands them to their connection, or a
 * SYN to the port that listens; refuses the rest with a reset (RFC 9293, section 3.10.7.1).
 */
public final class TcpLayer implements ErrorReceiver {

  /**
   * What those are told who want one socket too many: ENFILE, because it is the host's limit and
   * not that of one process.
   */
  public static final String NO_ROOM = "Too many open files in system";

  private static final int SEND_BUFFER = 256 * 1024;
  private static final int RECEIVE_BUFFER = 128 * 1024;
  private static final int LARGEST_RECEIVE_BUFFER = 6 * 1024 * 1024;
  private static final int MAX_SOCKETS = 65_536;
  private static final long LEAST_MINIMUM_RTO_NANOS = 1_000_000;
  private static final long LARGEST_MINIMUM_RTO_NANOS = 1_000_000_000;

  private final HostStack stack;
  private final TcpView segment = new TcpView();
  private final TcpOptions options = new TcpOptions();
  private final TcpOutput output;
  private final Demultiplexer connections = new Demultiplexer();
  private final Listeners listeners = new Listeners();
  private final PassiveOpen passiveOpen;
  private final TimeWaitTable timeWaits;
  private HeldSyns heldSyns;
  private IsnGenerator isns;
  private int sendBuffer = SEND_BUFFER;
  private int receiveBuffer = RECEIVE_BUFFER;
  private int largestReceiveBuffer = LARGEST_RECEIVE_BUFFER;
  private String congestionControl = "cubic";
  private Ecn.Use ecn = Ecn.Use.ANSWER;
  private long minimumRtoNanos = RttEstimator.USUAL_MINIMUM;

  public TcpLayer(HostStack stack) {
    this.stack = stack;
    this.output = new TcpOutput(stack);
    this.timeWaits = new TimeWaitTable(stack, output);
    this.passiveOpen = new PassiveOpen(stack, this, options);
  }

  /** Takes a whole packet for this host. */
  public void receive(InboundPacket packet, long now) {
    Ipv4View header = packet.header();
    int source = header.source();
    int destination = header.destination();
    if (!wrap(packet)) {
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
      connection.ecn().arrived(header.typeOfService());
      connection.receive(packet.bytes(), segment, options, now);
      return;
    }
    ListenQueue queue = listeners.find(destination, localPort);
    TimeWait ended = timeWaits.find(destination, localPort, source, remotePort);
    if (ended != null) {
      receiveEnded(ended, queue, packet, now);
    } else if (queue != null) {
      passiveOpen.receive(queue, packet, segment, now);
    } else if (stack.gate() == null || !hold(packet, nextIsn(packet, now), now)) {
      stack.drop(DropReason.TCP_NO_CONN);
      output.refuse(packet, segment, now);
    }
  }

  private boolean wrap(InboundPacket packet) {
    Ipv4View header = packet.header();
    byte[] bytes = packet.bytes();
    int offset = header.payloadOffset();
    int length = header.payloadLength();
    return packet.isVerified()
        ? segment.wrapVerified(bytes, offset, length)
        : segment.wrap(bytes, offset, length, header.source(), header.destination());
  }

  private int nextIsn(InboundPacket packet, long now) {
    Ipv4View header = packet.header();
    return isns()
        .next(
            header.destination(),
            segment.destinationPort(),
            header.source(),
            segment.sourcePort(),
            now);
  }

  /** Leaves the segment in hand to the gate; false if that does not want it. */
  private boolean hold(InboundPacket packet, int isn, long now) {
    if (heldSyns == null) {
      heldSyns = new HeldSyns(stack);
    }
    return heldSyns.receive(packet, segment, isn, now);
  }

  private void receiveEnded(TimeWait ended, ListenQueue queue, InboundPacket packet, long now) {
    options.parse(packet.bytes(), segment);
    if (queue != null && ended.givesWayTo(segment, options, now)) {
      timeWaits.remove(ended);
      passiveOpen.reopen(queue, packet, segment, ended.nextIsn(), now);
    } else if (queue == null
        && stack.gate() != null
        && ended.givesWayTo(segment, options, now)
        && hold(packet, ended.nextIsn(), now)) {
      timeWaits.remove(ended);
    } else {
      timeWaits.receive(ended, segment, options, now);
    }
  }

  /** A connection between the two ends of a segment that came. */
  TcpConnection add(InboundPacket packet, TcpView from, SocketOptions socketOptions) {
    Ipv4View header = packet.header();
    TcpConnection connection =
        new TcpConnection(
            stack,
            socketOptions,
            header.destination(),
            from.destinationPort(),
            header.source(),
            from.sourcePort());
    connections.add(connection);
    return connection;
  }

  /** Makes the connection that a SYN wants which was held: the answer goes out. */
  TcpConnection accept(InboundPacket packet, TcpView syn, int isn, TcpOwner owner, long now) {
    TcpConnection connection = add(packet, syn, SocketOptions.DEFAULT);
    connection.owner(owner);
    options.parse(packet.bytes(), syn);
    connection.accept(null, syn, options, isn, now);
    return connection;
  }

  /** Opens a connection: the SYN goes out before this returns. */
  public TcpConnection connect(
      int localAddress,
      int localPort,
      int remoteAddress,
      int remotePort,
      SocketOptions socketOptions,
      TcpOwner owner,
      long now) {
    TcpConnection connection =
        new TcpConnection(stack, socketOptions, localAddress, localPort, remoteAddress, remotePort);
    connections.add(connection);
    connection.connect(owner, now);
    return connection;
  }

  /** Whether there could be a connection between these. */
  public boolean isFree(int localAddress, int localPort, int remoteAddress, int remotePort) {
    return connections.find(localAddress, localPort, remoteAddress, remotePort) == null
        && timeWaits.find(localAddress, localPort, remoteAddress, remotePort) == null
        && !listeners.isTaken(localPort);
  }

  /**
   * Whether somebody could bind this to listen there; 0 stands for all addresses. A connection, be
   * it one in TIME-WAIT, keeps its port to itself unless both sides want to share: SO_REUSEADDR.
   */
  public boolean canListen(int address, int tcpPort, SocketOptions wanted) {
    return listeners.isFree(address, tcpPort)
        && connections.none(
            each ->
                each.localPort == tcpPort
                    && overlap(address, each.localAddress)
                    && !(wanted.reuseAddress && each.socketOptions().reuseAddress))
        && timeWaits.none(
            each ->
                each.localPort == tcpPort
                    && overlap(address, each.localAddress)
                    && !(wanted.reuseAddress && each.reuseAddress));
  }

  private static boolean overlap(int address, int other) {
    return address == 0 || other == 0 || address == other;
  }

  /** Listens on an address and port that are free. */
  public ListenQueue listen(
      int address, int tcpPort, int backlog, SocketOptions socketOptions, Runnable onReady) {
    ListenQueue queue = new ListenQueue(this, address, tcpPort, backlog, socketOptions, onReady);
    listeners.add(queue);
    return queue;
  }

  void unlisten(ListenQueue queue) {
    listeners.remove(queue);
  }

  @Override
  public boolean onError(IcmpError error, long now) {
    TcpConnection connection =
        connections.find(
            error.source(), error.sourcePort(), error.destination(), error.destinationPort());
    return connection != null && connection.receiveError(error, now);
  }

  /** Whether all that was to be sent is acknowledged and both directions of everything closed. */
  public boolean isQuiet() {
    return connections.size() == 0;
  }

  void remove(TcpConnection connection) {
    connections.remove(connection);
  }

  /** A connection is over, and this stays of it. */
  void retire(TcpConnection connection, TimeWait rest, long now) {
    connections.remove(connection);
    timeWaits.add(rest, now);
  }

  boolean isWaiting(TcpConnection ended) {
    return timeWaits.find(
            ended.localAddress, ended.localPort, ended.remoteAddress, ended.remotePort)
        != null;
  }

  /**
   * How much connections made from now on hold for each direction, without growing, unless their
   * owners say.
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

  CongestionControl congestionControl(SocketOptions wanted) {
    return CongestionControl.named(
        wanted.congestionControl == null ? congestionControl : wanted.congestionControl);
  }

  /**
   * Whether connections made from now on use congestion notification: net.ipv4.tcp_ecn.
   *
   * @param use 0 never, 1 when they connect and when they are asked, 2 when they are asked
   */
  public void ecn(int use) {
    ecn =
        switch (use) {
          case 0 -> Ecn.Use.NEVER;
          case 1 -> Ecn.Use.ASK;
          case 2 -> Ecn.Use.ANSWER;
          default -> throw new IllegalArgumentException("Invalid argument");
        };
  }

  Ecn.Use ecn() {
    return ecn;
  }

  /** What a connection holds at first; it grows with what its application reads. */
  int receiveBuffer(SocketOptions wanted) {
    return wanted.receiveBuffer == 0 ? receiveBuffer : wanted.receiveBuffer;
  }

  int largestReceiveBuffer(SocketOptions wanted) {
    return wanted.receiveBuffer == 0 ? largestReceiveBuffer : wanted.receiveBuffer;
  }

  int sendBuffer(SocketOptions wanted) {
    return wanted.sendBuffer == 0 ? sendBuffer : wanted.sendBuffer;
  }

  /** The least retransmission time-out of connections made from now on: 1 ms to 1 s. */
  public void minimumRtoNanos(long nanos) {
    minimumRtoNanos = Math.clamp(nanos, LEAST_MINIMUM_RTO_NANOS, LARGEST_MINIMUM_RTO_NANOS);
  }

  long minimumRtoNanos() {
    return minimumRtoNanos;
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
    return listeners.list();
  }

  /** All connections but those in TIME-WAIT, by their addresses and ports. */
  public List<TcpConnection> connections() {
    return connections.list();
  }

  /** What is left of connections in TIME-WAIT, the oldest first. */
  public List<TimeWait> timeWaits() {
    return timeWaits.list();
  }

  /** Whether the host may have one more socket. */
  public boolean hasRoom() {
    int opening = heldSyns == null ? 0 : heldSyns.size();
    return connections.size() + listeners.size() + opening < MAX_SOCKETS;
  }

  /** How many connections there are, those in TIME-WAIT included. */
  public int size() {
    return connections.size() + timeWaits.size();
  }
}
