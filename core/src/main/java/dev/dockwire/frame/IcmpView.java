package dev.dockwire.frame;

import static dev.dockwire.frame.NetworkOrder.int32;
import static dev.dockwire.frame.NetworkOrder.octet;
import static dev.dockwire.frame.NetworkOrder.short16;

/**
 * A view of an ICMP message (RFC 792). Identifier and sequence are what the rest of the header
 * holds in queries; errors keep other things there.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |     Type      |     Code      |          Checksum             |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |      Rest of header, in queries: Identifier, Sequence Number  |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                           Payload ...
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
public final class IcmpView extends HeaderView {

  public static final int HEADER_LENGTH = 8;

  public static final int ECHO_REPLY = 0;
  public static final int DESTINATION_UNREACHABLE = 3;
  public static final int SOURCE_QUENCH = 4;
  public static final int REDIRECT = 5;
  public static final int ECHO_REQUEST = 8;
  public static final int TIME_EXCEEDED = 11;
  public static final int PARAMETER_PROBLEM = 12;
  public static final int TIMESTAMP = 13;
  public static final int TIMESTAMP_REPLY = 14;

  private static final int TYPE = 0;
  private static final int CODE = 1;
  private static final int CHECKSUM = 2;
  private static final int REST_OF_HEADER = 4;
  private static final int IDENTIFIER = 4;
  private static final int SEQUENCE = 6;

  /** Takes any type and code whose length and checksum are right. */
  public boolean wrap(byte[] bytes, int offset, int length) {
    point(bytes, offset, length);
    if (length < HEADER_LENGTH) {
      return refuse(DropReason.ICMP_BAD_LEN);
    }
    if (InternetChecksum.compute(bytes, offset, length) != 0) {
      return refuse(DropReason.ICMP_BAD_CSUM);
    }
    return accept();
  }

  public int type() {
    return octet(bytes, offset + TYPE);
  }

  public IcmpView type(int type) {
    octet(bytes, offset + TYPE, type);
    return this;
  }

  public int code() {
    return octet(bytes, offset + CODE);
  }

  public IcmpView code(int code) {
    octet(bytes, offset + CODE, code);
    return this;
  }

  public int checksum() {
    return short16(bytes, offset + CHECKSUM);
  }

  public IcmpView checksum(int checksum) {
    short16(bytes, offset + CHECKSUM, checksum);
    return this;
  }

  /** Computes the checksum of the whole message anew. */
  public IcmpView updateChecksum() {
    checksum(0);
    return checksum(InternetChecksum.compute(bytes, offset, length));
  }

  public int restOfHeader() {
    return int32(bytes, offset + REST_OF_HEADER);
  }

  public IcmpView restOfHeader(int value) {
    int32(bytes, offset + REST_OF_HEADER, value);
    return this;
  }

  public int identifier() {
    return short16(bytes, offset + IDENTIFIER);
  }

  public IcmpView identifier(int identifier) {
    short16(bytes, offset + IDENTIFIER, identifier);
    return this;
  }

  public int sequence() {
    return short16(bytes, offset + SEQUENCE);
  }

  public IcmpView sequence(int sequence) {
    short16(bytes, offset + SEQUENCE, sequence);
    return this;
  }

  /** Index of the payload in the array. */
  public int payloadOffset() {
    return offset + HEADER_LENGTH;
  }

  public int payloadLength() {
    return length - HEADER_LENGTH;
  }

  /**
   * Writes the header, with the checksum, before a payload that is already in place, and returns
   * the header's length.
   *
   * @param length octets of the whole message
   */
  public static int emitHeader(
      byte[] bytes, int offset, int length, int type, int code, int restOfHeader) {
    octet(bytes, offset + TYPE, type);
    octet(bytes, offset + CODE, code);
    short16(bytes, offset + CHECKSUM, 0);
    int32(bytes, offset + REST_OF_HEADER, restOfHeader);
    short16(bytes, offset + CHECKSUM, InternetChecksum.compute(bytes, offset, length));
    return HEADER_LENGTH;
  }
}
