package dev.dockwire.frame;

import static dev.dockwire.frame.NetworkOrder.int32;
import static dev.dockwire.frame.NetworkOrder.octet;
import static dev.dockwire.frame.NetworkOrder.short16;

/**
 * A view of an IPv4 packet (RFC 791). Lengths and offsets are octets, not the header's units.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |Version|  IHL  |Type of Service|          Total Length         |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |         Identification        |0|D|M|     Fragment Offset     |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |  Time to Live |    Protocol   |        Header Checksum        |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                         Source Address                        |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                       Destination Address                     |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                    Options, 0 to 40 octets ...
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * <p>Setters leave the checksum alone; call {@link #updateChecksum}, or set what {@link
 * InternetChecksum#update32} says.
 */
public final class Ipv4View extends HeaderView {

  /** Without options. */
  public static final int HEADER_LENGTH = 20;

  public static final int PROTOCOL_ICMP = 1;
  public static final int PROTOCOL_TCP = 6;
  public static final int PROTOCOL_UDP = 17;

  private static final int VERSION_IHL = 0;
  private static final int TYPE_OF_SERVICE = 1;
  private static final int TOTAL_LENGTH = 2;
  private static final int IDENTIFICATION = 4;
  private static final int FRAGMENT = 6;
  private static final int TIME_TO_LIVE = 8;
  private static final int PROTOCOL = 9;
  private static final int CHECKSUM = 10;
  private static final int SOURCE = 12;
  private static final int DESTINATION = 16;

  private static final int DONT_FRAGMENT = 0x4000;
  private static final int MORE_FRAGMENTS = 0x2000;
  private static final int FRAGMENT_OFFSET_MASK = 0x1fff;

  private int headerLength;
  private int payloadLength;

  /**
   * Checks version, header length, total length and checksum; bytes behind the total length are
   * Ethernet padding and ignored.
   */
  public boolean wrap(byte[] bytes, int offset, int length) {
    if (!wrapHeader(bytes, offset, length)) {
      return false;
    }
    int totalLength = totalLength();
    if (totalLength < headerLength || totalLength > length) {
      return refuse(DropReason.IP_BAD_LEN);
    }
    if (headerChecksum(bytes, offset, headerLength) != 0) {
      return refuse(DropReason.IP_BAD_CSUM);
    }
    payloadLength = totalLength - headerLength;
    return accept();
  }

  /**
   * Takes a packet quoted in an ICMP error (RFC 792): its end is usually cut off and its checksum
   * may be that of another hop, so neither is checked. The payload is what is left of it.
   */
  public boolean wrapQuoted(byte[] bytes, int offset, int length) {
    if (!wrapHeader(bytes, offset, length)) {
      return false;
    }
    if (totalLength() < headerLength) {
      return refuse(DropReason.IP_BAD_LEN);
    }
    payloadLength = Math.min(totalLength(), length) - headerLength;
    return accept();
  }

  private boolean wrapHeader(byte[] bytes, int offset, int length) {
    point(bytes, offset, length);
    if (length < HEADER_LENGTH) {
      return refuse(DropReason.IP_BAD_LEN);
    }
    int versionAndIhl = octet(bytes, offset + VERSION_IHL);
    if (versionAndIhl >>> 4 != 4) {
      return refuse(DropReason.IP_BAD_VERSION);
    }
    headerLength = (versionAndIhl & 0xf) << 2;
    if (headerLength < HEADER_LENGTH || headerLength > length) {
      return refuse(DropReason.IP_BAD_IHL);
    }
    return true;
  }

  public int version() {
    return octet(bytes, offset + VERSION_IHL) >>> 4;
  }

  /** The Internet header length in octets, 20 to 60. */
  public int headerLength() {
    return headerLength;
  }

  public int typeOfService() {
    return octet(bytes, offset + TYPE_OF_SERVICE);
  }

  public Ipv4View typeOfService(int typeOfService) {
    octet(bytes, offset + TYPE_OF_SERVICE, typeOfService);
    return this;
  }

  public int totalLength() {
    return short16(bytes, offset + TOTAL_LENGTH);
  }

  public int identification() {
    return short16(bytes, offset + IDENTIFICATION);
  }

  public Ipv4View identification(int identification) {
    short16(bytes, offset + IDENTIFICATION, identification);
    return this;
  }

  public boolean dontFragment() {
    return (short16(bytes, offset + FRAGMENT) & DONT_FRAGMENT) != 0;
  }

  public boolean moreFragments() {
    return (short16(bytes, offset + FRAGMENT) & MORE_FRAGMENTS) != 0;
  }

  /** Where the payload belongs in the whole packet, in octets. */
  public int fragmentOffset() {
    return (short16(bytes, offset + FRAGMENT) & FRAGMENT_OFFSET_MASK) << 3;
  }

  /** Whether this is a part of a packet only: the first, the last or one between. */
  public boolean isFragment() {
    return (short16(bytes, offset + FRAGMENT) & (MORE_FRAGMENTS | FRAGMENT_OFFSET_MASK)) != 0;
  }

  public int timeToLive() {
    return octet(bytes, offset + TIME_TO_LIVE);
  }

  public Ipv4View timeToLive(int timeToLive) {
    octet(bytes, offset + TIME_TO_LIVE, timeToLive);
    return this;
  }

  public int protocol() {
    return octet(bytes, offset + PROTOCOL);
  }

  public Ipv4View protocol(int protocol) {
    octet(bytes, offset + PROTOCOL, protocol);
    return this;
  }

  public int headerChecksum() {
    return short16(bytes, offset + CHECKSUM);
  }

  public Ipv4View headerChecksum(int checksum) {
    short16(bytes, offset + CHECKSUM, checksum);
    return this;
  }

  /** Computes the header checksum anew. */
  public Ipv4View updateChecksum() {
    headerChecksum(0);
    return headerChecksum(InternetChecksum.compute(bytes, offset, headerLength));
  }

  public int source() {
    return int32(bytes, offset + SOURCE);
  }

  public Ipv4View source(int address) {
    int32(bytes, offset + SOURCE, address);
    return this;
  }

  public int destination() {
    return int32(bytes, offset + DESTINATION);
  }

  public Ipv4View destination(int address) {
    int32(bytes, offset + DESTINATION, address);
    return this;
  }

  public boolean hasOptions() {
    return headerLength > HEADER_LENGTH;
  }

  /** Index of the options in the array. */
  public int optionsOffset() {
    return offset + HEADER_LENGTH;
  }

  public int optionsLength() {
    return headerLength - HEADER_LENGTH;
  }

  /** Index of the payload in the array. */
  public int payloadOffset() {
    return offset + headerLength;
  }

  public int payloadLength() {
    return payloadLength;
  }

  /** Writes the header of a whole packet, without options, and returns its length. */
  public static int emitHeader(
      byte[] bytes,
      int offset,
      int totalLength,
      int identification,
      boolean dontFragment,
      int timeToLive,
      int protocol,
      int source,
      int destination) {
    return emitHeader(
        bytes,
        offset,
        totalLength,
        identification,
        dontFragment,
        false,
        0,
        timeToLive,
        protocol,
        source,
        destination);
  }

  /**
   * Writes the header of a fragment, without options, and returns its length.
   *
   * @param fragmentOffset in octets, a multiple of eight
   */
  public static int emitHeader(
      byte[] bytes,
      int offset,
      int totalLength,
      int identification,
      boolean dontFragment,
      boolean moreFragments,
      int fragmentOffset,
      int timeToLive,
      int protocol,
      int source,
      int destination) {
    return emitHeader(
        bytes,
        offset,
        HEADER_LENGTH,
        totalLength,
        0,
        identification,
        dontFragment,
        moreFragments,
        fragmentOffset,
        timeToLive,
        protocol,
        source,
        destination);
  }

  /**
   * Writes any header around options that are already in place, and returns its length.
   *
   * @param headerLength octets of the header with its options, a multiple of four
   */
  public static int emitHeader(
      byte[] bytes,
      int offset,
      int headerLength,
      int totalLength,
      int typeOfService,
      int identification,
      boolean dontFragment,
      boolean moreFragments,
      int fragmentOffset,
      int timeToLive,
      int protocol,
      int source,
      int destination) {
    octet(bytes, offset + VERSION_IHL, 4 << 4 | headerLength >>> 2);
    octet(bytes, offset + TYPE_OF_SERVICE, typeOfService);
    short16(bytes, offset + TOTAL_LENGTH, totalLength);
    short16(bytes, offset + IDENTIFICATION, identification);
    int flags = (dontFragment ? DONT_FRAGMENT : 0) | (moreFragments ? MORE_FRAGMENTS : 0);
    short16(bytes, offset + FRAGMENT, flags | fragmentOffset >>> 3);
    octet(bytes, offset + TIME_TO_LIVE, timeToLive);
    octet(bytes, offset + PROTOCOL, protocol);
    short16(bytes, offset + CHECKSUM, 0);
    int32(bytes, offset + SOURCE, source);
    int32(bytes, offset + DESTINATION, destination);
    short16(bytes, offset + CHECKSUM, headerChecksum(bytes, offset, headerLength));
    return headerLength;
  }

  private static int headerChecksum(byte[] bytes, int offset, int headerLength) {
    return headerLength == HEADER_LENGTH
        ? ~InternetChecksum.sum20(bytes, offset) & 0xffff
        : InternetChecksum.compute(bytes, offset, headerLength);
  }
}
