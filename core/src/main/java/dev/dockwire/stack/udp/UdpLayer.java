package dev.dockwire.stack.udp;

import dev.dockwire.frame.DropReason;
import dev.dockwire.frame.IcmpView;
import dev.dockwire.frame.Ipv4View;
import dev.dockwire.frame.UdpView;
import dev.dockwire.stack.HostStack;
import dev.dockwire.stack.icmp.ErrorSender;
import dev.dockwire.stack.ip.InboundPacket;

/**
 * UDP without sockets: a datagram is checked (RFC 768; RFC 1122, section 4.1) and its sender told
 * that the port is closed, unless it was sent to everybody.
 */
public final class UdpLayer {

  private final HostStack stack;
  private final UdpView datagram = new UdpView();

  public UdpLayer(HostStack stack) {
    this.stack = stack;
  }

  /** Takes a whole packet for this host. */
  public void receive(InboundPacket packet, long now) {
    Ipv4View header = packet.header();
    if (!datagram.wrap(
        packet.bytes(),
        header.payloadOffset(),
        header.payloadLength(),
        header.source(),
        header.destination())) {
      stack.drop(datagram.problem());
      return;
    }
    stack.drop(DropReason.UDP_NO_PORT);
    stack
        .icmp()
        .errors()
        .send(packet, IcmpView.DESTINATION_UNREACHABLE, ErrorSender.PORT_UNREACHABLE, 0, now);
  }
}
