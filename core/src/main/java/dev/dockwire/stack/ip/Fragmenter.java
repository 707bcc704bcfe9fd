package dev.dockwire.stack.ip;

import static dev.dockwire.frame.NetworkOrder.octet;
import static dev.dockwire.frame.NetworkOrder.short16;

import dev.dockwire.frame.InternetChecksum;
import dev.dockwire.frame.Ipv4View;
import dev.dockwire.stack.SendResult;
import dev.dockwire.stack.StackInterface;
import dev.dockwire.stack.arp.LinkOutput;

/**
 * Cuts a packet that is too big for a link into fragments (RFC 791, section 3.2) and sends them, in
 * order. The packet lies in a buffer of this class that only big packets make it keep; it may be a
 * fragment itself.
 */
final class Fragmenter {

  private static final int TOTAL_LENGTH = 2;
  private static final int FRAGMENT = 6;
  private static final int CHECKSUM = 10;
  private static final int MORE_FRAGMENTS = 0x2000;
  private static final int OFFSET_MASK = 0x1fff;
  private static final int MAX_HEADER_LENGTH = 60;

  private final LinkOutput link;
  private byte[] packet = {};
  private byte[] laterHeader;

  Fragmenter(LinkOutput link) {
    this.link = link;
  }

  /** The buffer to write a packet of {@code length} bytes into, from index 0. */
  byte[] packet(int length) {
    if (packet.length < length) {
      packet = new byte[length];
    }
    return packet;
  }

  /**
   * Sends the packet in the buffer, in pieces of at most {@code mtu} octets; stops at the first
   * fragment that cannot be sent.
   */
  SendResult send(StackInterface via, int nextHop, int mtu, long now) {
    int headerLength = (octet(packet, 0) & 0xf) << 2;
    int length = short16(packet, TOTAL_LENGTH) - headerLength;
    int fragment = short16(packet, FRAGMENT);
    int base = (fragment & OFFSET_MASK) << 3;
    byte[] header = packet;
    SendResult result = SendResult.SENT;
    for (int at = 0; at < length && result == SendResult.SENT; ) {
      int room = mtu - headerLength & ~7;
      int piece = Math.min(room, length - at);
      boolean last = at + piece == length;
      boolean more = !last || (fragment & MORE_FRAGMENTS) != 0;
      result = link.open(via, nextHop, headerLength + piece, now);
      if (result == SendResult.SENT) {
        byte[] bytes = link.bytes();
        int offset = link.offset();
        int source = short16(packet, TOTAL_LENGTH) - length + at;
        System.arraycopy(header, 0, bytes, offset, headerLength);
        System.arraycopy(packet, source, bytes, offset + headerLength, piece);
        int place = base + at >>> 3 | (more ? MORE_FRAGMENTS : 0);
        finishHeader(bytes, offset, headerLength, piece, place);
        result = link.send(false, now);
      }
      at += piece;
      if (header == packet && headerLength > Ipv4View.HEADER_LENGTH) {
        header = headerOfLaterFragments(headerLength);
        headerLength = (octet(header, 0) & 0xf) << 2;
      }
    }
    return result;
  }

  private static void finishHeader(
      byte[] bytes, int offset, int headerLength, int payloadLength, int place) {
    short16(bytes, offset + TOTAL_LENGTH, headerLength + payloadLength);
    short16(bytes, offset + FRAGMENT, place);
    short16(bytes, offset + CHECKSUM, 0);
    short16(bytes, offset + CHECKSUM, InternetChecksum.compute(bytes, offset, headerLength));
  }

  private byte[] headerOfLaterFragments(int headerLength) {
    if (laterHeader == null) {
      laterHeader = new byte[MAX_HEADER_LENGTH];
    }
    int fixed = Ipv4View.HEADER_LENGTH;
    System.arraycopy(packet, 0, laterHeader, 0, fixed);
    int options = Ipv4Options.copyForFragments(packet, fixed, headerLength, laterHeader, fixed);
    octet(laterHeader, 0, 0x40 | fixed + options >>> 2);
    return laterHeader;
  }
}
