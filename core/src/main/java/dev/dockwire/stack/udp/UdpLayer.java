package dev.dockwire.stack.udp;

import dev.dockwire.frame.DropReason;
import dev.dockwire.frame.IcmpView;
import dev.dockwire.frame.Ipv4View;
import dev.dockwire.frame.UdpView;
import dev.dockwire.stack.HostStack;
import dev.dockwire.stack.SendResult;
import dev.dockwire.stack.icmp.ErrorReceiver;
import dev.dockwire.stack.icmp.ErrorSender;
import dev.dockwire.stack.icmp.IcmpError;
import dev.dockwire.stack.ip.DontFragment;
import dev.dockwire.stack.ip.InboundPacket;
import dev.dockwire.stack.ip.Ipv4Layer;
import dev.dockwire.stack.ip.Ipv4Output;

/**
 * UDP (RFC 768; RFC 1122, section 4.1): checks datagrams and hands them to the socket that the
 * {@link UdpTable} has for them; tells a sender that a port is closed, unless it sent to everybody.
 */
public final class UdpLayer implements ErrorReceiver {

  /** The largest payload that fits a packet with both headers. */
  public static final int MAX_PAYLOAD = 65_535 - Ipv4View.HEADER_LENGTH - UdpView.HEADER_LENGTH;

  private final HostStack stack;
  private final UdpView datagram = new UdpView();
  private final UdpTable table = new UdpTable();

  public UdpLayer(HostStack stack) {
    this.stack = stack;
  }

  /** Takes a whole packet for this host. */
  public void receive(InboundPacket packet, long now) {
    Ipv4View header = packet.header();
    int source = header.source();
    int destination = header.destination();
    if (!datagram.wrap(
        packet.bytes(), header.payloadOffset(), header.payloadLength(), source, destination)) {
      stack.drop(datagram.problem());
      return;
    }
    int sourcePort = datagram.sourcePort();
    UdpBinding binding = table.find(destination, datagram.destinationPort(), source, sourcePort);
    if (binding == null) {
      if (!isForGate(packet) || !stack.gate().onDatagram(packet, datagram, now)) {
        refuse(packet, now);
      }
    } else if (!binding.receiver.onDatagram(
        source,
        sourcePort,
        destination,
        packet.bytes(),
        datagram.payloadOffset(),
        datagram.payloadLength(),
        now)) {
      stack.drop(DropReason.UDP_QUEUE_FULL);
    }
  }

  private boolean isForGate(InboundPacket packet) {
    return stack.gate() != null && !packet.isToGroup();
  }

  private void refuse(InboundPacket packet, long now) {
    stack.drop(DropReason.UDP_NO_PORT);
    stack
        .icmp()
        .errors()
        .send(packet, IcmpView.DESTINATION_UNREACHABLE, ErrorSender.PORT_UNREACHABLE, 0, now);
  }

  @Override
  public boolean onError(IcmpError error, long now) {
    UdpBinding binding =
        table.find(
            error.source(), error.sourcePort(), error.destination(), error.destinationPort());
    if (binding == null) {
      return false;
    }
    if (error.isTooBig()) {
      stack.ip().pathMtus().narrow(error, now);
    }
    binding.receiver.onError(error, now);
    return true;
  }

  /**
   * Sends a datagram, always with a checksum. It may not be fragmented on its way unless it is too
   * big for its first link or its known path.
   *
   * @param source this host's address to send from; 0 for the route's
   */
  public SendResult send(
      int source,
      int sourcePort,
      int destination,
      int destinationPort,
      int timeToLive,
      byte[] payload,
      int offset,
      int length,
      long now) {
    if (length > MAX_PAYLOAD) {
      return SendResult.MESSAGE_TOO_LONG;
    }
    Ipv4Output output = stack.ip().output();
    int datagramLength = UdpView.HEADER_LENGTH + length;
    SendResult opened =
        output.open(destination, source, null, datagramLength, DontFragment.WHEN_IT_FITS, now);
    if (opened != SendResult.SENT) {
      return opened;
    }
    int start = output.payloadOffset();
    System.arraycopy(payload, offset, output.bytes(), start + UdpView.HEADER_LENGTH, length);
    UdpView.emitHeader(
        output.bytes(),
        start,
        datagramLength,
        output.source(),
        destination,
        sourcePort,
        destinationPort);
    int ttl = timeToLive == 0 ? Ipv4Layer.DEFAULT_TTL : timeToLive;
    return output.send(Ipv4View.PROTOCOL_UDP, ttl, 0, now);
  }

  /** Who has which port. */
  public UdpTable table() {
    return table;
  }
}
