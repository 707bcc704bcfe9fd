package dev.dockwire.tools.dump;

import dev.dockwire.frame.ArpView;
import dev.dockwire.frame.EthernetView;
import dev.dockwire.frame.IcmpView;
import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.frame.Ipv4View;
import dev.dockwire.frame.MacAddress;
import dev.dockwire.frame.TcpView;
import dev.dockwire.frame.UdpView;
import java.util.Arrays;
import java.util.HexFormat;

/** Frames between 172.17.0.2 and 172.17.0.3, made by Dockwire's own codecs. */
final class Frames {

  static final Ipv4Address A = Ipv4Address.parse("172.17.0.2");
  static final Ipv4Address B = Ipv4Address.parse("172.17.0.3");

  private static final int IP = EthernetView.HEADER_LENGTH;
  private static final int TRANSPORT = IP + Ipv4View.HEADER_LENGTH;

  private Frames() {}

  static byte[] hex(String... text) {
    return HexFormat.of().parseHex(String.join("", text).replace(" ", ""));
  }

  static byte[] arp(int operation, Ipv4Address from, long targetHardware, Ipv4Address to) {
    byte[] frame = new byte[IP + ArpView.LENGTH];
    long sender = MacAddress.fromIpv4(from).value();
    long destination = operation == 1 ? MacAddress.BROADCAST.value() : targetHardware;
    EthernetView.emitHeader(frame, 0, destination, sender, EthernetView.TYPE_ARP);
    ArpView.emit(frame, IP, operation, sender, from.value(), targetHardware, to.value());
    return frame;
  }

  static byte[] icmp(int type, int code, int rest, byte[] payload) {
    byte[] frame = ip(1, IcmpView.HEADER_LENGTH + payload.length, A, B);
    System.arraycopy(payload, 0, frame, TRANSPORT + IcmpView.HEADER_LENGTH, payload.length);
    int length = IcmpView.HEADER_LENGTH + payload.length;
    IcmpView.emitHeader(frame, TRANSPORT, length, type, code, rest);
    return frame;
  }

  static byte[] udp(int fromPort, int toPort, int length) {
    byte[] frame = ip(17, UdpView.HEADER_LENGTH + length, A, B);
    UdpView.emitHeader(
        frame, TRANSPORT, UdpView.HEADER_LENGTH + length, A.value(), B.value(), fromPort, toPort);
    return frame;
  }

  /** A segment from A's port 40000 to B's port 80, or back. */
  static byte[] tcp(boolean back, int flags, int seq, int ack, String options, int length) {
    byte[] optionBytes = hex(options);
    int header = TcpView.HEADER_LENGTH + optionBytes.length;
    Ipv4Address from = back ? B : A;
    Ipv4Address to = back ? A : B;
    byte[] frame = ip(6, header + length, from, to);
    System.arraycopy(optionBytes, 0, frame, TRANSPORT + TcpView.HEADER_LENGTH, optionBytes.length);
    TcpView.emitHeader(
        frame,
        TRANSPORT,
        header + length,
        from.value(),
        to.value(),
        back ? 80 : 40_000,
        back ? 40_000 : 80,
        seq,
        ack,
        header,
        flags,
        64_240,
        0);
    return frame;
  }

  static byte[] ip(int protocol, int length, Ipv4Address from, Ipv4Address to) {
    return fragment(protocol, length, from, to, false, 0);
  }

  static byte[] fragment(
      int protocol, int length, Ipv4Address from, Ipv4Address to, boolean more, int offset) {
    byte[] frame = new byte[TRANSPORT + length];
    EthernetView.emitHeader(
        frame,
        0,
        MacAddress.fromIpv4(to).value(),
        MacAddress.fromIpv4(from).value(),
        EthernetView.TYPE_IPV4);
    Ipv4View.emitHeader(
        frame,
        IP,
        Ipv4View.HEADER_LENGTH + length,
        7,
        false,
        more,
        offset,
        64,
        protocol,
        from.value(),
        to.value());
    return frame;
  }

  /** The IPv4 packet in a frame, cut to its header and eight octets, as an ICMP error quotes it. */
  static byte[] quoted(byte[] frame) {
    return Arrays.copyOfRange(frame, IP, TRANSPORT + 8);
  }

  static byte[] tagged(byte[] frame, int vlan) {
    byte[] tagged = new byte[frame.length + EthernetView.TAG_LENGTH];
    System.arraycopy(frame, 0, tagged, 0, 12);
    System.arraycopy(hex("8100", String.format("%04x", vlan)), 0, tagged, 12, 4);
    System.arraycopy(frame, 12, tagged, 16, frame.length - 12);
    return tagged;
  }
}
