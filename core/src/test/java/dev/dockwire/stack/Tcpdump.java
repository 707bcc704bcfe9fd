package dev.dockwire.stack;

import dev.dockwire.frame.ArpView;
import dev.dockwire.frame.EthernetView;
import dev.dockwire.frame.IcmpView;
import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.frame.Ipv4View;
import dev.dockwire.frame.MacAddress;
import dev.dockwire.frame.NetworkOrder;
import dev.dockwire.frame.UdpView;

/** Says what a frame is in one line; throws if anything in it is not as it should be. */
public final class Tcpdump {

  private Tcpdump() {}

  public static String line(byte[] frame) {
    EthernetView ethernet = new EthernetView();
    valid(ethernet.wrap(frame, 0, frame.length), "Ethernet");
    int offset = ethernet.payloadOffset();
    int length = ethernet.payloadLength();
    String to = new MacAddress(ethernet.destination()).toString();
    return switch (ethernet.etherType()) {
      case EthernetView.TYPE_ARP -> arp(frame, offset, length) + " [" + to + "]";
      case EthernetView.TYPE_IPV4 -> ipv4(frame, offset, length);
      default -> "ether type " + Integer.toHexString(ethernet.etherType());
    };
  }

  private static String arp(byte[] frame, int offset, int length) {
    ArpView arp = new ArpView();
    valid(arp.wrap(frame, offset, length), "ARP");
    String sender = Ipv4Address.toString(arp.senderProtocol());
    String target = Ipv4Address.toString(arp.targetProtocol());
    return arp.operation() == ArpView.REQUEST
        ? "who-has " + target + " tell " + sender
        : sender + " is-at " + new MacAddress(arp.senderHardware());
  }

  private static String ipv4(byte[] frame, int offset, int length) {
    Ipv4View ip = new Ipv4View();
    valid(ip.wrap(frame, offset, length), "IPv4");
    String ends =
        Ipv4Address.toString(ip.source()) + " > " + Ipv4Address.toString(ip.destination());
    if (ip.isFragment()) {
      String more = ip.moreFragments() ? "+" : "";
      return ends + " frag " + ip.payloadLength() + "@" + ip.fragmentOffset() + more;
    }
    return switch (ip.protocol()) {
      case Ipv4View.PROTOCOL_ICMP -> ends + " " + icmp(frame, ip);
      case Ipv4View.PROTOCOL_UDP -> ends + " udp " + (ip.payloadLength() - UdpView.HEADER_LENGTH);
      default -> ends + " protocol " + ip.protocol();
    };
  }

  private static String icmp(byte[] frame, Ipv4View ip) {
    IcmpView icmp = new IcmpView();
    valid(icmp.wrap(frame, ip.payloadOffset(), ip.payloadLength()), "ICMP");
    String data = " length " + icmp.payloadLength();
    switch (icmp.type()) {
      case IcmpView.DESTINATION_UNREACHABLE,
          IcmpView.REDIRECT,
          IcmpView.TIME_EXCEEDED,
          IcmpView.PARAMETER_PROBLEM ->
          deservesError(frame, icmp);
      default -> {
        // Quotes nothing.
      }
    }
    String query = " id " + icmp.identifier() + " seq " + icmp.sequence() + data;
    return switch (icmp.type()) {
      case IcmpView.ECHO_REQUEST -> "echo request" + query;
      case IcmpView.ECHO_REPLY -> "echo reply" + query;
      case IcmpView.TIMESTAMP_REPLY -> "timestamp reply" + query;
      case IcmpView.DESTINATION_UNREACHABLE ->
          "unreachable " + icmp.code() + (icmp.code() == 4 ? " mtu " + icmp.restOfHeader() : "");
      case IcmpView.TIME_EXCEEDED -> "time exceeded " + icmp.code();
      case IcmpView.PARAMETER_PROBLEM ->
          "parameter problem " + icmp.code() + " at " + (icmp.restOfHeader() >>> 24);
      case IcmpView.REDIRECT ->
          "redirect " + icmp.code() + " to " + Ipv4Address.toString(icmp.restOfHeader());
      default -> "icmp " + icmp.type();
    };
  }

  /** RFC 1122, section 3.2.2: what no host may send an error about. */
  private static void deservesError(byte[] frame, IcmpView error) {
    Ipv4View quoted = new Ipv4View();
    int length = error.payloadLength();
    valid(length <= 548 && quoted.wrapQuoted(frame, error.payloadOffset(), length), "quote");
    valid(quoted.fragmentOffset() == 0, "error about a later fragment");
    valid(!Ipv4Address.isMulticast(quoted.destination()), "error about a multicast");
    valid(!Ipv4Address.isReserved(quoted.destination()), "error about a broadcast");
    valid(!Ipv4Address.isThisNetwork(quoted.source()), "error to nobody");
    if (quoted.protocol() == Ipv4View.PROTOCOL_ICMP) {
      int type = NetworkOrder.octet(frame, quoted.payloadOffset());
      valid(type == 0 || type == 8 || type == 13 || type == 14, "error about an error");
    }
  }

  private static void valid(boolean valid, String what) {
    if (!valid) {
      throw new AssertionError("not right in what the stack sent: " + what);
    }
  }
}
