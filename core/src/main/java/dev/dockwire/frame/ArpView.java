package dev.dockwire.frame;

import static dev.dockwire.frame.NetworkOrder.int32;
import static dev.dockwire.frame.NetworkOrder.mac48;
import static dev.dockwire.frame.NetworkOrder.octet;
import static dev.dockwire.frame.NetworkOrder.short16;

/**
 * A view of an ARP message for IPv4 over Ethernet (RFC 826), the only kind there is here. Whether
 * its addresses make sense is the neighbour cache's question, not this one's.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |       Hardware Type (1)       |    Protocol Type (0x0800)     |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * | HW Length (6) |Pr. Length (4) |           Operation           |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                    Sender Hardware Address                    |
 * +                               +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                               |    Sender Protocol Address    |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |              ...              |                               |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+                               +
 * |                    Target Hardware Address                    |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                    Target Protocol Address                    |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
public final class ArpView extends HeaderView {

  /** The whole message; it has no payload. */
  public static final int LENGTH = 28;

  public static final int HEADER_LENGTH = LENGTH;

  public static final int HARDWARE_ETHERNET = 1;
  public static final int REQUEST = 1;
  public static final int REPLY = 2;

  private static final int HARDWARE_TYPE = 0;
  private static final int PROTOCOL_TYPE = 2;
  private static final int HARDWARE_LENGTH = 4;
  private static final int PROTOCOL_LENGTH = 5;
  private static final int OPERATION = 6;
  private static final int SENDER_HARDWARE = 8;
  private static final int SENDER_PROTOCOL = 14;
  private static final int TARGET_HARDWARE = 18;
  private static final int TARGET_PROTOCOL = 24;

  /** Takes requests and replies; bytes behind the message are Ethernet padding and ignored. */
  public boolean wrap(byte[] bytes, int offset, int length) {
    point(bytes, offset, length);
    if (length < LENGTH) {
      return refuse(DropReason.ARP_BAD_LEN);
    }
    if (hardwareType() != HARDWARE_ETHERNET) {
      return refuse(DropReason.ARP_BAD_HW);
    }
    if (protocolType() != EthernetView.TYPE_IPV4) {
      return refuse(DropReason.ARP_BAD_PROTO);
    }
    if (hardwareLength() != 6 || protocolLength() != 4) {
      return refuse(DropReason.ARP_BAD_LEN);
    }
    if (operation() != REQUEST && operation() != REPLY) {
      return refuse(DropReason.ARP_BAD_OP);
    }
    return accept();
  }

  public int hardwareType() {
    return short16(bytes, offset + HARDWARE_TYPE);
  }

  public int protocolType() {
    return short16(bytes, offset + PROTOCOL_TYPE);
  }

  public int hardwareLength() {
    return octet(bytes, offset + HARDWARE_LENGTH);
  }

  public int protocolLength() {
    return octet(bytes, offset + PROTOCOL_LENGTH);
  }

  public int operation() {
    return short16(bytes, offset + OPERATION);
  }

  public ArpView operation(int operation) {
    short16(bytes, offset + OPERATION, operation);
    return this;
  }

  public long senderHardware() {
    return mac48(bytes, offset + SENDER_HARDWARE);
  }

  public ArpView senderHardware(long mac) {
    mac48(bytes, offset + SENDER_HARDWARE, mac);
    return this;
  }

  public int senderProtocol() {
    return int32(bytes, offset + SENDER_PROTOCOL);
  }

  public ArpView senderProtocol(int address) {
    int32(bytes, offset + SENDER_PROTOCOL, address);
    return this;
  }

  public long targetHardware() {
    return mac48(bytes, offset + TARGET_HARDWARE);
  }

  public ArpView targetHardware(long mac) {
    mac48(bytes, offset + TARGET_HARDWARE, mac);
    return this;
  }

  public int targetProtocol() {
    return int32(bytes, offset + TARGET_PROTOCOL);
  }

  public ArpView targetProtocol(int address) {
    int32(bytes, offset + TARGET_PROTOCOL, address);
    return this;
  }

  /** Writes a whole message and returns its length. */
  public static int emit(
      byte[] bytes,
      int offset,
      int operation,
      long senderHardware,
      int senderProtocol,
      long targetHardware,
      int targetProtocol) {
    short16(bytes, offset + HARDWARE_TYPE, HARDWARE_ETHERNET);
    short16(bytes, offset + PROTOCOL_TYPE, EthernetView.TYPE_IPV4);
    octet(bytes, offset + HARDWARE_LENGTH, 6);
    octet(bytes, offset + PROTOCOL_LENGTH, 4);
    short16(bytes, offset + OPERATION, operation);
    mac48(bytes, offset + SENDER_HARDWARE, senderHardware);
    int32(bytes, offset + SENDER_PROTOCOL, senderProtocol);
    mac48(bytes, offset + TARGET_HARDWARE, targetHardware);
    int32(bytes, offset + TARGET_PROTOCOL, targetProtocol);
    return LENGTH;
  }
}
