package dev.dockwire.stack.tcp.script;

import static dev.dockwire.stack.Frames.address;

import dev.dockwire.frame.EthernetView;
import dev.dockwire.frame.Ipv4View;
import dev.dockwire.frame.TcpView;
import dev.dockwire.stack.Tcpdump;
import dev.dockwire.stack.Wire;
import dev.dockwire.stack.tcp.InitialNumbers;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The host under test, 10.0.0.1, at one end of a wire and at the other the peer, 10.0.0.2, with
 * their connections; what the host has sent and when; and the trace of all that happened. Times are
 * nanoseconds since the beginning of the scenario.
 */
final class Scene {

  static final String HOST = "10.0.0.1";
  static final String PEER = "10.0.0.2";
  static final int HOST_PORT = 80;
  static final int PEER_PORT = 5000;
  static final int PEER_ISS = 0xffff_ff00;

  /** A frame of the host; its segment if it is one of a connection. */
  record Heard(long at, PeerConnection of, SegmentText segment, String text) {}

  final Wire wire = new Wire(HOST + "/24");

  private final Ipv4View ip = new Ipv4View();
  private final TcpView view = new TcpView();
  private final Map<String, PeerConnection> connections = new LinkedHashMap<>();
  private final Map<String, HostSocket> sockets = new LinkedHashMap<>();
  private final Deque<Heard> heard = new ArrayDeque<>();
  private final List<String> trace = new ArrayList<>();
  private long origin;

  Scene() {
    wire.know(PEER, wire.eth0);
    wire.onFrame(this::receive);
  }

  long now() {
    return wire.now() - origin;
  }

  /** Lets time pass, and everything happen that is due until then. */
  void runUntil(long time) {
    wire.loop.runUntil(origin + time);
  }

  /** Lets everything happen that is due now. */
  void settle() {
    wire.loop.runUntil(wire.now());
  }

  /** Begins when the host's initial number of the first connection will be this. */
  void hostIss(int number) {
    origin =
        InitialNumbers.whenItIs(
            number, wire.stack, address(HOST), HOST_PORT, address(PEER), PEER_PORT, wire.now());
    wire.loop.runUntil(origin);
  }

  PeerConnection connection(String name) {
    return connections.computeIfAbsent(
        name,
        any ->
            new PeerConnection(
                name, HOST, HOST_PORT, PEER, PEER_PORT + connections.size(), PEER_ISS));
  }

  void add(PeerConnection connection) {
    connections.put(connection.name, connection);
  }

  HostSocket socket(String name) {
    return sockets.computeIfAbsent(name, any -> new HostSocket(connection(name)));
  }

  /** A new end for a connection of this name. */
  HostSocket newSocket(String name) {
    sockets.remove(name);
    return socket(name);
  }

  Iterable<HostSocket> sockets() {
    return sockets.values();
  }

  Deque<Heard> heard() {
    return heard;
  }

  private void receive(byte[] frame, long at) {
    Heard frameHeard = describe(frame, at - origin);
    heard.add(frameHeard);
    note(frameHeard.text);
  }

  private Heard describe(byte[] frame, long at) {
    EthernetView ethernet = new EthernetView();
    boolean segment =
        ethernet.wrap(frame, 0, frame.length)
            && ethernet.etherType() == EthernetView.TYPE_IPV4
            && ip.wrap(frame, ethernet.payloadOffset(), ethernet.payloadLength())
            && ip.protocol() == Ipv4View.PROTOCOL_TCP
            && !ip.isFragment();
    if (!segment) {
      return new Heard(at, null, null, "> \"" + Tcpdump.line(frame) + "\"");
    }
    if (!view.wrap(frame, ip.payloadOffset(), ip.payloadLength(), ip.source(), ip.destination())) {
      return new Heard(at, null, null, "> a segment with " + view.problem());
    }
    PeerConnection of = find(ip.destination(), view.destinationPort(), view.sourcePort());
    if (of == null) {
      return new Heard(at, null, null, "> a segment to port " + view.destinationPort());
    }
    SegmentText text = of.describe(frame, ip, view);
    of.checkData(frame, view);
    return new Heard(at, of, text, prefix(of.name) + "> " + text);
  }

  /** Of several with the same addresses and ports the newest. */
  private PeerConnection find(int peer, int peerPort, int hostPort) {
    PeerConnection found = null;
    for (PeerConnection each : connections.values()) {
      if (each.isFor(peer, peerPort, hostPort)) {
        found = each;
      }
    }
    return found;
  }

  static String prefix(String name) {
    return name.isEmpty() ? "" : name + ": ";
  }

  /** Adds a line to the trace. */
  void note(String event) {
    trace.add(seconds(now()) + " " + event);
  }

  String trace() {
    int first = Math.max(trace.size() - 60, 0);
    return String.join("\n", trace.subList(first, trace.size()));
  }

  static String seconds(long nanos) {
    return BigDecimal.valueOf(nanos, 9).stripTrailingZeros().toPlainString();
  }
}
