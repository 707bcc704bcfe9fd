package dev.dockwire.frame;

import static dev.dockwire.frame.NetworkOrder.int32;
import static dev.dockwire.frame.NetworkOrder.octet;
import static dev.dockwire.frame.NetworkOrder.short16;

/**
 * A view of a TCP segment (RFC 9293, section 3.1). The addresses of the packet around it are part
 * of its checksum, so {@code wrap} wants them too. Options are only located, not understood.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |          Source Port          |       Destination Port        |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                        Sequence Number                        |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                    Acknowledgment Number                      |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |  Data |       |C|E|U|A|P|R|S|F|                               |
 * | Offset| Rsrvd |W|C|R|C|S|S|Y|I|            Window             |
 * |       |       |R|E|G|K|H|T|N|N|                               |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |           Checksum            |         Urgent Pointer        |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                    Options, 0 to 40 octets ...
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
public final class TcpView extends HeaderView {

  /** Without options. */
  public static final int HEADER_LENGTH = 20;

  public static final int FIN = 0x01;
  public static final int SYN = 0x02;
  public static final int RST = 0x04;
  public static final int PSH = 0x08;
  public static final int ACK = 0x10;
  public static final int URG = 0x20;
  public static final int ECE = 0x40;
  public static final int CWR = 0x80;

  private static final int SOURCE_PORT = 0;
  private static final int DESTINATION_PORT = 2;
  private static final int SEQUENCE_NUMBER = 4;
  private static final int ACKNOWLEDGMENT_NUMBER = 8;
  private static final int DATA_OFFSET = 12;
  private static final int FLAGS = 13;
  private static final int WINDOW = 14;
  private static final int CHECKSUM = 16;
  private static final int URGENT_POINTER = 18;

  private int dataOffset;

  /** Checks that the header lies in the segment, and the checksum. */
  public boolean wrap(byte[] bytes, int offset, int length, int source, int destination) {
    if (!wrapVerified(bytes, offset, length)) {
      return false;
    }
    if (compute(bytes, offset, length, source, destination) != 0) {
      return refuse(DropReason.TCP_BAD_CSUM);
    }
    return true;
  }

  /** Takes a segment whose checksum is known to be right. */
  public boolean wrapVerified(byte[] bytes, int offset, int length) {
    point(bytes, offset, length);
    if (length < HEADER_LENGTH) {
      return refuse(DropReason.TCP_BAD_OFFSET);
    }
    dataOffset = octet(bytes, offset + DATA_OFFSET) >>> 4 << 2;
    if (dataOffset < HEADER_LENGTH || dataOffset > length) {
      return refuse(DropReason.TCP_BAD_OFFSET);
    }
    return accept();
  }

  public int sourcePort() {
    return short16(bytes, offset + SOURCE_PORT);
  }

  public TcpView sourcePort(int tcpPort) {
    short16(bytes, offset + SOURCE_PORT, tcpPort);
    return this;
  }

  public int destinationPort() {
    return short16(bytes, offset + DESTINATION_PORT);
  }

  public TcpView destinationPort(int tcpPort) {
    short16(bytes, offset + DESTINATION_PORT, tcpPort);
    return this;
  }

  public int sequenceNumber() {
    return int32(bytes, offset + SEQUENCE_NUMBER);
  }

  public TcpView sequenceNumber(int sequenceNumber) {
    int32(bytes, offset + SEQUENCE_NUMBER, sequenceNumber);
    return this;
  }

  public int acknowledgmentNumber() {
    return int32(bytes, offset + ACKNOWLEDGMENT_NUMBER);
  }

  public TcpView acknowledgmentNumber(int acknowledgmentNumber) {
    int32(bytes, offset + ACKNOWLEDGMENT_NUMBER, acknowledgmentNumber);
    return this;
  }

  /** The length of the header in octets, 20 to 60. */
  public int dataOffset() {
    return dataOffset;
  }

  /** The eight control bits from {@link #CWR} to {@link #FIN}. */
  public int flags() {
    return octet(bytes, offset + FLAGS);
  }

  public TcpView flags(int flags) {
    octet(bytes, offset + FLAGS, flags);
    return this;
  }

  public boolean isFin() {
    return (flags() & FIN) != 0;
  }

  public boolean isSyn() {
    return (flags() & SYN) != 0;
  }

  public boolean isRst() {
    return (flags() & RST) != 0;
  }

  public boolean isPsh() {
    return (flags() & PSH) != 0;
  }

  public boolean isAck() {
    return (flags() & ACK) != 0;
  }

  public boolean isUrg() {
    return (flags() & URG) != 0;
  }

  public boolean isEce() {
    return (flags() & ECE) != 0;
  }

  public boolean isCwr() {
    return (flags() & CWR) != 0;
  }

  /** As it stands in the header, not scaled (RFC 7323). */
  public int window() {
    return short16(bytes, offset + WINDOW);
  }

  public TcpView window(int window) {
    short16(bytes, offset + WINDOW, window);
    return this;
  }

  public int checksum() {
    return short16(bytes, offset + CHECKSUM);
  }

  public TcpView checksum(int checksum) {
    short16(bytes, offset + CHECKSUM, checksum);
    return this;
  }

  /** Computes the checksum of the whole segment anew. */
  public TcpView updateChecksum(int source, int destination) {
    checksum(0);
    return checksum(compute(bytes, offset, length, source, destination));
  }

  public int urgentPointer() {
    return short16(bytes, offset + URGENT_POINTER);
  }

  public TcpView urgentPointer(int urgentPointer) {
    short16(bytes, offset + URGENT_POINTER, urgentPointer);
    return this;
  }

  /** Index of the options in the array. */
  public int optionsOffset() {
    return offset + HEADER_LENGTH;
  }

  public int optionsLength() {
    return dataOffset - HEADER_LENGTH;
  }

  /** Index of the payload in the array. */
  public int payloadOffset() {
    return offset + dataOffset;
  }

  public int payloadLength() {
    return length - dataOffset;
  }

  /**
   * Writes the header, with the checksum, around options and before a payload that are already in
   * place, and returns the data offset.
   *
   * @param length octets of the whole segment
   * @param dataOffset octets of the header with its options, a multiple of four
   */
  public static int emitHeader(
      byte[] bytes,
      int offset,
      int length,
      int source,
      int destination,
      int sourcePort,
      int destinationPort,
      int sequenceNumber,
      int acknowledgmentNumber,
      int dataOffset,
      int flags,
      int window,
      int urgentPointer) {
    short16(bytes, offset + SOURCE_PORT, sourcePort);
    short16(bytes, offset + DESTINATION_PORT, destinationPort);
    int32(bytes, offset + SEQUENCE_NUMBER, sequenceNumber);
    int32(bytes, offset + ACKNOWLEDGMENT_NUMBER, acknowledgmentNumber);
    octet(bytes, offset + DATA_OFFSET, dataOffset >>> 2 << 4);
    octet(bytes, offset + FLAGS, flags);
    short16(bytes, offset + WINDOW, window);
    short16(bytes, offset + CHECKSUM, 0);
    short16(bytes, offset + URGENT_POINTER, urgentPointer);
    short16(bytes, offset + CHECKSUM, compute(bytes, offset, length, source, destination));
    return dataOffset;
  }

  private static int compute(byte[] bytes, int offset, int length, int source, int destination) {
    int pseudo = InternetChecksum.pseudoHeader(source, destination, Ipv4View.PROTOCOL_TCP, length);
    return InternetChecksum.compute(bytes, offset, length, pseudo);
  }
}
