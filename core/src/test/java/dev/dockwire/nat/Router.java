package dev.dockwire.nat;

import static dev.dockwire.stack.Frames.address;
import static dev.dockwire.stack.Frames.ethernet;
import static dev.dockwire.stack.Frames.macOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.frame.EthernetView;
import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.frame.Ipv4View;
import dev.dockwire.frame.NetworkOrder;
import dev.dockwire.frame.TcpView;
import dev.dockwire.frame.UdpView;
import dev.dockwire.stack.Frames;
import dev.dockwire.stack.Tcpdump;
import dev.dockwire.stack.Wire;
import dev.dockwire.stack.Wire.Segment;
import dev.dockwire.time.Seed;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A Docker host between a bridge, 172.17.0.0/16, and the outside, 10.0.2.0/24, that masquerades;
 * the test is everybody on both sides.
 */
final class Router {

  static final String A = "172.17.0.2";
  static final String B = "172.17.0.3";
  static final String GATEWAY = "172.17.0.1";
  static final String HOST = "10.0.2.15";
  static final String SERVER = "10.0.2.2";

  final Wire wire = new Wire(HOST + "/24");
  final Segment bridge = wire.addSegment("docker0", GATEWAY + "/16", 1500);
  final Netfilter netfilter;
  private final Set<String> known = new HashSet<>();

  Router() {
    this(Conntrack.MAX_FLOWS);
  }

  Router(int maxFlows) {
    netfilter = new Netfilter(wire.stack, new Seed(1).generator("nat"), maxFlows);
    wire.stack.forwarding(true);
    wire.stack.packetFilter(netfilter);
    rule("-t nat -A POSTROUTING -s 172.17.0.0/16 ! -o docker0 -j MASQUERADE");
    for (String neighbour : new String[] {A, B}) {
      wire.know(neighbour, bridge.via());
    }
    for (String neighbour : new String[] {SERVER, "10.0.2.3", "10.0.2.4"}) {
      wire.know(neighbour, wire.eth0);
    }
  }

  void rule(String command) {
    netfilter.rules().apply(command);
  }

  /** Publishes A's port as Docker does. */
  void publish(String protocol, int hostPort, int containerPort) {
    rule("-t nat -N DOCKER");
    rule("-t nat -A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER");
    rule("-t nat -A OUTPUT ! -d 127.0.0.0/8 -m addrtype --dst-type LOCAL -j DOCKER");
    rule("-t nat -A DOCKER -i docker0 -j RETURN");
    rule(
        "-t nat -A DOCKER ! -i docker0 -p %s -m %s --dport %d -j DNAT --to-destination %s:%d"
            .formatted(protocol, protocol, hostPort, A, containerPort));
    int number = protocol.equals("udp") ? Ipv4View.PROTOCOL_UDP : Ipv4View.PROTOCOL_TCP;
    netfilter.proxies().add(new Proxies.Proxy(number, 0, hostPort, address(A), containerPort));
  }

  void fromBridge(byte[] packet) {
    bridge.send(frame(packet, bridge.via().nic().mac().toString()));
  }

  void fromOutside(byte[] packet) {
    wire.send(frame(packet, wire.eth0.nic().mac().toString()));
  }

  private static byte[] frame(byte[] packet, String to) {
    String source = Ipv4Address.toString(NetworkOrder.int32(packet, 12));
    return ethernet(to, macOf(source), EthernetView.TYPE_IPV4, packet);
  }

  /** What left to the outside next, in words. */
  void expectOutside(String line) {
    assertThat(describe(wire.next())).isEqualTo(line);
  }

  /** What left to the bridge next, in words. */
  void expectBridge(String line) {
    assertThat(bridge.frames()).as("frames to the bridge when expecting: " + line).isNotEmpty();
    assertThat(describe(bridge.frames().remove())).isEqualTo(line);
  }

  void expectNothing() {
    wire.expectNothing();
    bridge.expectNothing();
  }

  /** Throws all away that has left so far. */
  void ignore() {
    wire.count();
    bridge.frames().clear();
  }

  void afterSeconds(long seconds) {
    wire.at(TimeUnit.NANOSECONDS.toMillis(wire.now()) + seconds * 1_000);
  }

  /** A frame in words; fails if any checksum in it is wrong. */
  static String describe(byte[] frame) {
    Ipv4View ip = new Ipv4View();
    int offset = EthernetView.HEADER_LENGTH;
    assertThat(ip.wrap(frame, offset, frame.length - offset)).as("IPv4").isTrue();
    if (ip.isFragment()) {
      return Tcpdump.line(frame);
    }
    String from = Ipv4Address.toString(ip.source()) + ":";
    String to = Ipv4Address.toString(ip.destination()) + ":";
    int start = ip.payloadOffset();
    switch (ip.protocol()) {
      case Ipv4View.PROTOCOL_TCP -> {
        TcpView tcp = new TcpView();
        assertThat(tcp.wrap(frame, start, ip.payloadLength(), ip.source(), ip.destination()))
            .as("TCP checksum")
            .isTrue();
        return "tcp %s%d > %s%d %s"
            .formatted(from, tcp.sourcePort(), to, tcp.destinationPort(), flags(tcp));
      }
      case Ipv4View.PROTOCOL_UDP -> {
        UdpView udp = new UdpView();
        assertThat(udp.wrap(frame, start, ip.payloadLength(), ip.source(), ip.destination()))
            .as("UDP checksum")
            .isTrue();
        return "udp %s%d > %s%d".formatted(from, udp.sourcePort(), to, udp.destinationPort());
      }
      default -> {
        return Tcpdump.line(frame);
      }
    }
  }

  private static String flags(TcpView tcp) {
    return (tcp.isSyn() ? "S" : "")
        + (tcp.isFin() ? "F" : "")
        + (tcp.isRst() ? "R" : "")
        + (tcp.isAck() ? "." : "");
  }

  static byte[] udp(String from, int sourcePort, String to, int destinationPort) {
    return udp(from, sourcePort, to, destinationPort, 4);
  }

  static byte[] udp(String from, int sourcePort, String to, int destinationPort, int payload) {
    byte[] datagram = new byte[UdpView.HEADER_LENGTH + payload];
    UdpView.emitHeader(
        datagram, 0, datagram.length, address(from), address(to), sourcePort, destinationPort);
    return Frames.packet(from, to, Ipv4View.PROTOCOL_UDP, datagram);
  }

  static byte[] tcp(
      String from, int sourcePort, String to, int destinationPort, int flags, int seq, int ack) {
    return tcp(from, sourcePort, to, destinationPort, flags, seq, ack, 1_000, 0);
  }

  static byte[] tcp(
      String from,
      int sourcePort,
      String to,
      int destinationPort,
      int flags,
      int seq,
      int ack,
      int window,
      int payload) {
    byte[] segment = new byte[TcpView.HEADER_LENGTH + payload];
    TcpView.emitHeader(
        segment,
        0,
        segment.length,
        address(from),
        address(to),
        sourcePort,
        destinationPort,
        seq,
        ack,
        TcpView.HEADER_LENGTH,
        flags,
        window,
        0);
    return Frames.packet(from, to, Ipv4View.PROTOCOL_TCP, segment);
  }

  static byte[] echo(String from, String to, int type, int identifier) {
    return Frames.packet(from, to, Ipv4View.PROTOCOL_ICMP, Frames.echo(type, identifier, 1, 8));
  }
}
