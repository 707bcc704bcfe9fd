package dev.dockwire.frame;

import static dev.dockwire.frame.NetworkOrder.short16;

/**
 * A view of a UDP datagram (RFC 768). The addresses of the packet around it are part of its
 * checksum, so {@code wrap} wants them too.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |          Source Port          |       Destination Port        |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |            Length             |           Checksum            |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                           Payload ...
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
public final class UdpView extends HeaderView {

  public static final int HEADER_LENGTH = 8;

  private static final int SOURCE_PORT = 0;
  private static final int DESTINATION_PORT = 2;
  private static final int LENGTH = 4;
  private static final int CHECKSUM = 6;

  private int datagramLength;

  /**
   * Checks length and checksum; a checksum of 0 says that the sender made none and is taken. Bytes
   * behind the datagram's own length are ignored.
   */
  public boolean wrap(byte[] bytes, int offset, int length, int source, int destination) {
    point(bytes, offset, length);
    if (length < HEADER_LENGTH) {
      return refuse(DropReason.UDP_BAD_LEN);
    }
    datagramLength = short16(bytes, offset + LENGTH);
    if (datagramLength < HEADER_LENGTH || datagramLength > length) {
      return refuse(DropReason.UDP_BAD_LEN);
    }
    if (checksum() != 0 && compute(bytes, offset, datagramLength, source, destination) != 0) {
      return refuse(DropReason.UDP_BAD_CSUM);
    }
    return accept();
  }

  public int sourcePort() {
    return short16(bytes, offset + SOURCE_PORT);
  }

  public UdpView sourcePort(int udpPort) {
    short16(bytes, offset + SOURCE_PORT, udpPort);
    return this;
  }

  public int destinationPort() {
    return short16(bytes, offset + DESTINATION_PORT);
  }

  public UdpView destinationPort(int udpPort) {
    short16(bytes, offset + DESTINATION_PORT, udpPort);
    return this;
  }

  /** Octets of the datagram, header included. */
  public int length() {
    return datagramLength;
  }

  public int checksum() {
    return short16(bytes, offset + CHECKSUM);
  }

  /** Sets the checksum as it is; who computes one writes 0xffff for 0. */
  public UdpView checksum(int checksum) {
    short16(bytes, offset + CHECKSUM, checksum);
    return this;
  }

  /** Computes the checksum of the whole datagram anew. */
  public UdpView updateChecksum(int source, int destination) {
    emitChecksum(bytes, offset, datagramLength, source, destination);
    return this;
  }

  /** Index of the payload in the array. */
  public int payloadOffset() {
    return offset + HEADER_LENGTH;
  }

  public int payloadLength() {
    return datagramLength - HEADER_LENGTH;
  }

  /**
   * Writes the header, with the checksum, before a payload that is already in place, and returns
   * the header's length.
   *
   * @param length octets of the whole datagram
   */
  public static int emitHeader(
      byte[] bytes,
      int offset,
      int length,
      int source,
      int destination,
      int sourcePort,
      int destinationPort) {
    short16(bytes, offset + SOURCE_PORT, sourcePort);
    short16(bytes, offset + DESTINATION_PORT, destinationPort);
    short16(bytes, offset + LENGTH, length);
    emitChecksum(bytes, offset, length, source, destination);
    return HEADER_LENGTH;
  }

  private static void emitChecksum(
      byte[] bytes, int offset, int length, int source, int destination) {
    short16(bytes, offset + CHECKSUM, 0);
    int checksum = compute(bytes, offset, length, source, destination);
    short16(bytes, offset + CHECKSUM, checksum == 0 ? 0xffff : checksum);
  }

  private static int compute(byte[] bytes, int offset, int length, int source, int destination) {
    int pseudo = InternetChecksum.pseudoHeader(source, destination, Ipv4View.PROTOCOL_UDP, length);
    return InternetChecksum.compute(bytes, offset, length, pseudo);
  }
}
