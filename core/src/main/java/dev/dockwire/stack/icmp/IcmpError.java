package dev.dockwire.stack.icmp;

import static dev.dockwire.frame.NetworkOrder.int32;
import static dev.dockwire.frame.NetworkOrder.short16;

import dev.dockwire.frame.IcmpView;
import dev.dockwire.frame.Ipv4View;

/**
 * An error that came back about a packet of this host's, and what it quotes of that packet: the
 * addresses, and the first eight octets behind the header (RFC 792), which in UDP and TCP begin
 * with both ports. Reused; good until the call returns that handed it over.
 */
public final class IcmpError {

  /** Octets of the packet's payload that every error must quote. */
  static final int QUOTED_OCTETS = 8;

  private static final int MTU_MASK = 0xffff;

  private final Ipv4View quoted = new Ipv4View();
  private IcmpView message;
  private byte[] bytes;
  private int reporter;
  private int timeToLive;

  IcmpError() {}

  /** Takes an error; false if it does not quote enough to say what it is about. */
  boolean wrap(byte[] bytes, IcmpView message, int reporter, int timeToLive) {
    this.bytes = bytes;
    this.message = message;
    this.reporter = reporter;
    this.timeToLive = timeToLive;
    return quoted.wrapQuoted(bytes, message.payloadOffset(), message.payloadLength())
        && quoted.fragmentOffset() == 0
        && quoted.payloadLength() >= QUOTED_OCTETS;
  }

  int protocol() {
    return quoted.protocol();
  }

  public int type() {
    return message.type();
  }

  public int code() {
    return message.code();
  }

  /** Who found the error: the destination, or a router before it. */
  public int reporter() {
    return reporter;
  }

  /** What the error's own time to live was when it arrived. */
  public int timeToLive() {
    return timeToLive;
  }

  /** Octets of the message that says so, its header and what it quotes included. */
  public int length() {
    return IcmpView.HEADER_LENGTH + message.payloadLength();
  }

  /** What "fragmentation needed" says of the next hop's MTU (RFC 1191); 0 if it does not say. */
  public int nextHopMtu() {
    return message.restOfHeader() & MTU_MASK;
  }

  /** Whether a router could not forward the packet because it may not be fragmented. */
  public boolean isTooBig() {
    return type() == IcmpView.DESTINATION_UNREACHABLE && code() == ErrorSender.FRAGMENTATION_NEEDED;
  }

  /** The total length of the packet, of which only the beginning is quoted. */
  public int quotedLength() {
    return quoted.totalLength();
  }

  /** The address the packet was sent from. */
  public int source() {
    return quoted.source();
  }

  /** Where the packet was going. */
  public int destination() {
    return quoted.destination();
  }

  public int sourcePort() {
    return short16(bytes, quoted.payloadOffset());
  }

  public int destinationPort() {
    return short16(bytes, quoted.payloadOffset() + 2);
  }

  /** The third and fourth 16 bits behind the header: in TCP the sequence number. */
  public int secondWord() {
    return int32(bytes, quoted.payloadOffset() + 4);
  }

  /**
   * Whether the error will last, so that it ends a connection or fails a call (RFC 1122, sections
   * 4.1.3.3 and 4.2.3.9); the others may pass.
   */
  public boolean isHard() {
    return switch (type()) {
      case IcmpView.DESTINATION_UNREACHABLE ->
          switch (code()) {
            case ErrorSender.NETWORK_UNREACHABLE,
                ErrorSender.HOST_UNREACHABLE,
                ErrorSender.FRAGMENTATION_NEEDED,
                5,
                11,
                12 ->
                false;
            default -> true;
          };
      case IcmpView.PARAMETER_PROBLEM -> true;
      default -> false;
    };
  }
}
