package dev.dockwire.stack.icmp;

import dev.dockwire.frame.IcmpView;
import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.frame.Ipv4View;
import dev.dockwire.frame.NetworkOrder;
import dev.dockwire.stack.HostStack;
import dev.dockwire.stack.SendResult;
import dev.dockwire.stack.ip.DontFragment;
import dev.dockwire.stack.ip.InboundPacket;
import dev.dockwire.stack.ip.Ipv4Layer;
import dev.dockwire.stack.ip.Ipv4Output;

/**
 * Tells senders what went wrong with their packets, quoting them (RFC 792; RFC 1812, section
 * 4.3.2). Never about errors, later fragments, packets to everybody or from nobody (RFC 1122,
 * section 3.2.2), and never more often than {@link ErrorRateLimit} says; what stays on the host
 * itself is not limited.
 */
public final class ErrorSender {

  /** Codes of destination unreachable. */
  public static final int NETWORK_UNREACHABLE = 0;

  public static final int HOST_UNREACHABLE = 1;
  public static final int PROTOCOL_UNREACHABLE = 2;
  public static final int PORT_UNREACHABLE = 3;
  public static final int FRAGMENTATION_NEEDED = 4;
  public static final int PROHIBITED = 13;

  /** Code of time exceeded. */
  public static final int REASSEMBLY_TIMEOUT = 1;

  private static final int REDIRECT_HOST = 1;

  /** The packet that carries the error is at most this long (RFC 1812, section 4.3.2.3). */
  private static final int MAX_PACKET = 576;

  private static final int MAX_QUOTE = MAX_PACKET - Ipv4View.HEADER_LENGTH - IcmpView.HEADER_LENGTH;

  /** Internetwork control (RFC 1812, section 4.3.2.5). */
  private static final int PRECEDENCE = 0xc0;

  private static final int PRECEDENCE_MASK = 0xe0;

  private final HostStack stack;
  private final ErrorRateLimit limit;
  private boolean sendRedirects;

  ErrorSender(HostStack stack) {
    this.stack = stack;
    this.limit = new ErrorRateLimit(stack);
  }

  /** Sends an error about a packet to its source, if one may be sent. */
  public void send(InboundPacket packet, int type, int code, int restOfHeader, long now) {
    if (!deservesError(packet)) {
      return;
    }
    Ipv4View header = packet.header();
    int to = header.source();
    if (!stack.isLocal(to) && !limit.allow(to, now)) {
      return;
    }
    int quote = Math.min(header.headerLength() + header.payloadLength(), MAX_QUOTE);
    int length = IcmpView.HEADER_LENGTH + quote;
    int from = speaksFor(header.destination(), code) ? header.destination() : 0;
    Ipv4Output output = stack.ip().output();
    SendResult result = output.open(to, from, null, length, DontFragment.NEVER, now);
    if (result == SendResult.SENT) {
      byte[] bytes = output.bytes();
      int offset = output.payloadOffset();
      int quoteOffset = offset + IcmpView.HEADER_LENGTH;
      System.arraycopy(packet.bytes(), packet.offset(), bytes, quoteOffset, quote);
      IcmpView.emitHeader(bytes, offset, length, type, code, restOfHeader);
      int typeOfService = header.typeOfService() & ~PRECEDENCE_MASK | PRECEDENCE;
      result = output.send(Ipv4View.PROTOCOL_ICMP, Ipv4Layer.DEFAULT_TTL, typeOfService, now);
    }
    stack.icmp().countUnsent(result);
  }

  /** A closed port is the destination's own error, what is on the way there a router's. */
  private boolean speaksFor(int destination, int code) {
    return stack.isLocal(destination) || code == PORT_UNREACHABLE && stack.answersFor(destination);
  }

  /** Tells a sender that {@code gateway} on its own wire is the better next hop. */
  public void redirect(InboundPacket packet, int gateway, long now) {
    if (sendRedirects) {
      send(packet, IcmpView.REDIRECT, REDIRECT_HOST, gateway, now);
    }
  }

  /** Whether {@link #redirect} does anything; off unless asked for. */
  public void sendRedirects(boolean nowSending) {
    sendRedirects = nowSending;
  }

  private boolean deservesError(InboundPacket packet) {
    Ipv4View header = packet.header();
    return !packet.isGroupFrame()
        && !packet.isToGroup()
        && header.fragmentOffset() == 0
        && isOneHost(header.source(), packet)
        && !isIcmpError(packet);
  }

  private boolean isOneHost(int source, InboundPacket packet) {
    return !Ipv4Address.isThisNetwork(source)
        && !Ipv4Address.isMulticast(source)
        && !Ipv4Address.isReserved(source)
        && (!Ipv4Address.isLoopback(source) || packet.in().isLoopback())
        && !stack.isBroadcast(source);
  }

  /** Types that are not known to be queries or their answers count as errors. */
  private static boolean isIcmpError(InboundPacket packet) {
    Ipv4View header = packet.header();
    if (header.protocol() != Ipv4View.PROTOCOL_ICMP) {
      return false;
    }
    if (header.payloadLength() == 0) {
      return true;
    }
    return switch (NetworkOrder.octet(packet.bytes(), header.payloadOffset())) {
      case IcmpView.ECHO_REQUEST,
          IcmpView.ECHO_REPLY,
          IcmpView.TIMESTAMP,
          IcmpView.TIMESTAMP_REPLY ->
          false;
      default -> true;
    };
  }
}
