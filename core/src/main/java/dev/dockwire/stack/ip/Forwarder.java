package dev.dockwire.stack.ip;

import static dev.dockwire.frame.NetworkOrder.octet;
import static dev.dockwire.frame.NetworkOrder.short16;

import dev.dockwire.frame.DropReason;
import dev.dockwire.frame.IcmpView;
import dev.dockwire.frame.InternetChecksum;
import dev.dockwire.frame.Ipv4View;
import dev.dockwire.stack.HostStack;
import dev.dockwire.stack.SendResult;
import dev.dockwire.stack.StackInterface;
import dev.dockwire.stack.arp.LinkOutput;
import dev.dockwire.stack.icmp.ErrorSender;

/**
 * Passes packets on that are for others (RFC 1812, section 5.2): one hop less to live, in fragments
 * if the next link is small, and an error to the sender where that cannot be. Never broadcasts (RFC
 * 2644); those are delivered here and go no further.
 */
final class Forwarder {

  private static final int TIME_TO_LIVE = 8;
  private static final int CHECKSUM = 10;

  private final HostStack stack;
  private final LinkOutput link;
  private final Fragmenter fragmenter;
  private final Ipv4Options options;

  Forwarder(HostStack stack, Fragmenter fragmenter, Ipv4Options options) {
    this.stack = stack;
    this.link = stack.arp().output();
    this.fragmenter = fragmenter;
    this.options = options;
  }

  /**
   * Takes a packet that was checked, options too, and goes to none of this host's addresses.
   *
   * @param destination where it goes, which the filter may have changed
   * @param filter decides whether it may, and translates what leaves; null for neither
   */
  void forward(InboundPacket packet, int destination, PacketFilter filter, long now) {
    Ipv4View header = packet.header();
    Route route = stack.routes().lookup(destination);
    if (!route.exists()) {
      refuse(packet, DropReason.IP_NO_ROUTE, ErrorSender.NETWORK_UNREACHABLE, 0, now);
      return;
    }
    if (header.timeToLive() <= 1) {
      stack.drop(DropReason.IP_TTL);
      stack.icmp().errors().send(packet, IcmpView.TIME_EXCEEDED, 0, 0, now);
      return;
    }
    if (filter != null && !filter.forward(packet, route.via(), now)) {
      return;
    }
    int nextHop = route.nextHop(destination);
    int mtu = route.via().nic().mtu();
    if (header.totalLength() > mtu && header.dontFragment()) {
      refuse(packet, DropReason.IP_TOO_BIG, ErrorSender.FRAGMENTATION_NEEDED, mtu, now);
      return;
    }
    if (route.via() == packet.in() && packet.in().isOnLink(header.source())) {
      stack.icmp().errors().redirect(packet, nextHop, now);
    }
    SendResult result =
        relay(packet, filter, route.via(), nextHop, header.totalLength() > mtu, now);
    if (result == SendResult.HOST_UNREACHABLE) {
      refuse(packet, DropReason.ARP_UNRESOLVED, ErrorSender.HOST_UNREACHABLE, 0, now);
    }
  }

  private SendResult relay(
      InboundPacket packet,
      PacketFilter filter,
      StackInterface via,
      int nextHop,
      boolean inFragments,
      long now) {
    int length = packet.header().totalLength();
    if (inFragments) {
      copy(packet, filter, fragmenter.packet(length), 0, via, now);
      return fragmenter.send(via, nextHop, via.nic().mtu(), now);
    }
    SendResult opened = link.open(via, nextHop, length, now);
    if (opened != SendResult.SENT) {
      return opened;
    }
    copy(packet, filter, link.bytes(), link.offset(), via, now);
    return link.send(packet.isVerified(), now);
  }

  private void copy(
      InboundPacket packet,
      PacketFilter filter,
      byte[] bytes,
      int offset,
      StackInterface via,
      long now) {
    Ipv4View header = packet.header();
    System.arraycopy(packet.bytes(), packet.offset(), bytes, offset, header.totalLength());
    int old = short16(bytes, offset + TIME_TO_LIVE);
    octet(bytes, offset + TIME_TO_LIVE, header.timeToLive() - 1);
    int checksum = InternetChecksum.update16(header.headerChecksum(), old, old - 0x100);
    if (header.hasOptions()) {
      options.record(bytes, offset + Ipv4View.HEADER_LENGTH, via.addressValue(), now);
      short16(bytes, offset + CHECKSUM, 0);
      checksum = InternetChecksum.compute(bytes, offset, header.headerLength());
    }
    short16(bytes, offset + CHECKSUM, checksum);
    if (filter != null) {
      filter.translate(bytes, offset);
    }
  }

  private void refuse(InboundPacket packet, DropReason reason, int code, int rest, long now) {
    stack.drop(reason);
    stack.icmp().errors().send(packet, IcmpView.DESTINATION_UNREACHABLE, code, rest, now);
  }
}
