package dev.dockwire.frame;

import java.util.Arrays;
import java.util.Locale;

/**
 * An Ethernet II frame as a value, with at most one IEEE 802.1Q tag.
 *
 * @param tag the tag control information, or {@link #UNTAGGED}
 * @param payload everything behind the ether type, padding included; nothing is padded here
 */
public record EthernetFrame(
    MacAddress destination, MacAddress source, int tag, int etherType, byte[] payload)
    implements WireValue {

  public static final int UNTAGGED = -1;

  public EthernetFrame {
    if (tag == UNTAGGED && etherType == EthernetView.TYPE_VLAN) {
      throw new IllegalArgumentException("a tag's ether type, but no tag");
    }
    payload = payload.clone();
  }

  /** An untagged frame. */
  public EthernetFrame(MacAddress destination, MacAddress source, int etherType, byte[] payload) {
    this(destination, source, UNTAGGED, etherType, payload);
  }

  /**
   * @throws IllegalArgumentException with the reason {@link EthernetView} refuses the bytes for
   */
  public static EthernetFrame parse(byte[] bytes, int offset, int length) {
    EthernetView view = new EthernetView();
    if (!view.wrap(bytes, offset, length)) {
      throw WireValue.refused(view.problem());
    }
    int start = view.payloadOffset();
    return new EthernetFrame(
        new MacAddress(view.destination()),
        new MacAddress(view.source()),
        view.isTagged() ? view.tagControl() : UNTAGGED,
        view.etherType(),
        Arrays.copyOfRange(bytes, start, start + view.payloadLength()));
  }

  public boolean isTagged() {
    return tag != UNTAGGED;
  }

  @Override
  public byte[] payload() {
    return payload.clone();
  }

  private int headerLength() {
    return EthernetView.HEADER_LENGTH + (isTagged() ? EthernetView.TAG_LENGTH : 0);
  }

  @Override
  public int length() {
    return headerLength() + payload.length;
  }

  @Override
  public int emit(byte[] bytes, int offset) {
    int firstType = isTagged() ? EthernetView.TYPE_VLAN : etherType;
    int at = offset;
    at += EthernetView.emitHeader(bytes, at, destination.value(), source.value(), firstType);
    if (isTagged()) {
      NetworkOrder.short16(bytes, at, tag);
      NetworkOrder.short16(bytes, at + 2, etherType);
      at += EthernetView.TAG_LENGTH;
    }
    System.arraycopy(payload, 0, bytes, at, payload.length);
    return length();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EthernetFrame frame && Arrays.equals(toBytes(), frame.toBytes());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(toBytes());
  }

  /**
   * For example {@code 02:42:ac:11:00:02 > ff:ff:ff:ff:ff:ff, ethertype ARP (0x0806), length 42}.
   */
  @Override
  public String toString() {
    String type =
        switch (etherType) {
          case EthernetView.TYPE_IPV4 -> "IPv4";
          case EthernetView.TYPE_ARP -> "ARP";
          case EthernetView.TYPE_VLAN -> "802.1Q";
          case EthernetView.TYPE_IPV6 -> "IPv6";
          default -> "Unknown";
        };
    String vlan =
        isTagged() ? String.format(Locale.ROOT, ", vlan %d, p %d", tag & 0xfff, tag >>> 13) : "";
    return String.format(
        Locale.ROOT,
        "%s > %s%s, ethertype %s (0x%04x), length %d",
        source,
        destination,
        vlan,
        type,
        etherType,
        length());
  }
}
