package dev.dockwire.frame;

import static dev.dockwire.frame.NetworkOrder.int32;
import static dev.dockwire.frame.NetworkOrder.long64;
import static dev.dockwire.frame.NetworkOrder.mac48;
import static dev.dockwire.frame.NetworkOrder.short16;

/**
 * A view of an Ethernet II frame, without preamble and frame check sequence, with at most one IEEE
 * 802.1Q tag. A second tag, if there is one, is payload with ether type {@link #TYPE_VLAN}.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                      Destination Address                      |
 * +                               +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                               |                               |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+                               +
 * |                        Source Address                         |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |        [ 0x8100               | PCP |D|       VLAN ID     ]   |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |          Ether Type           |            Payload ...
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
public final class EthernetView extends HeaderView {

  public static final int HEADER_LENGTH = 14;
  public static final int TAG_LENGTH = 4;

  public static final int TYPE_IPV4 = 0x0800;
  public static final int TYPE_ARP = 0x0806;
  public static final int TYPE_VLAN = 0x8100;
  public static final int TYPE_IPV6 = 0x86dd;

  private static final int DESTINATION = 0;
  private static final int SOURCE = 6;
  private static final int TYPE = 12;
  private static final int TAG_CONTROL = 14;

  private int headerLength;

  /** Refuses what is shorter than its header, a cut tag included, as a runt. */
  public boolean wrap(byte[] bytes, int offset, int length) {
    point(bytes, offset, length);
    if (length < HEADER_LENGTH) {
      return refuse(DropReason.PORT_RUNT);
    }
    boolean tagged = isTagged(bytes, offset);
    headerLength = tagged ? HEADER_LENGTH + TAG_LENGTH : HEADER_LENGTH;
    return length < headerLength ? refuse(DropReason.PORT_RUNT) : accept();
  }

  public long destination() {
    return destination(bytes, offset);
  }

  public EthernetView destination(long mac) {
    mac48(bytes, offset + DESTINATION, mac);
    return this;
  }

  public long source() {
    return source(bytes, offset);
  }

  public EthernetView source(long mac) {
    mac48(bytes, offset + SOURCE, mac);
    return this;
  }

  public boolean isTagged() {
    return headerLength != HEADER_LENGTH;
  }

  /** Whether the frame that begins at {@code offset} carries an 802.1Q tag. */
  public static boolean isTagged(byte[] bytes, int offset) {
    return short16(bytes, offset + TYPE) == TYPE_VLAN;
  }

  /** The tag control information: priority, drop eligibility and VLAN in 16 bits; 0 untagged. */
  public int tagControl() {
    return isTagged() ? short16(bytes, offset + TAG_CONTROL) : 0;
  }

  /** The VLAN, 0 to 4095; 0, which names no VLAN, for an untagged frame too. */
  public int vlanId() {
    return tagControl() & 0xfff;
  }

  /** The priority code point, 0 to 7; 0 for an untagged frame. */
  public int priority() {
    return tagControl() >>> 13;
  }

  /** What the payload is: the type behind the tag where there is one. */
  public int etherType() {
    return short16(bytes, offset + headerLength - 2);
  }

  public EthernetView etherType(int type) {
    short16(bytes, offset + headerLength - 2, type);
    return this;
  }

  /** Index of the payload in the array. */
  public int payloadOffset() {
    return offset + headerLength;
  }

  /** Octets behind the header, padding included. */
  public int payloadLength() {
    return length - headerLength;
  }

  /** The destination of a frame known to have a whole header. */
  public static long destination(byte[] bytes, int offset) {
    return long64(bytes, offset + DESTINATION) >>> 16;
  }

  /** The source of a frame known to have a whole header. */
  public static long source(byte[] bytes, int offset) {
    return long64(bytes, offset + SOURCE) >>> 16;
  }

  /** Writes an untagged header and returns its length. */
  public static int emitHeader(
      byte[] bytes, int offset, long destination, long source, int etherType) {
    long64(bytes, offset, destination << 16 | source >>> 32);
    int32(bytes, offset + 8, (int) source);
    short16(bytes, offset + TYPE, etherType);
    return HEADER_LENGTH;
  }
}
