package dev.dockwire.frame;

import java.util.HexFormat;

/** An Ethernet address (IEEE 802 EUI-48) as a value; the data path uses the bare 48-bit long. */
public record MacAddress(long value) implements Comparable<MacAddress> {

  public static final MacAddress ZERO = new MacAddress(0);
  public static final MacAddress BROADCAST = new MacAddress(0xffff_ffff_ffffL);

  private static final long GROUP_BIT = 0x0100_0000_0000L;
  private static final HexFormat COLONS = HexFormat.ofDelimiter(":");

  public MacAddress {
    if (value >>> 48 != 0) {
      throw new IllegalArgumentException("a MAC address has 48 bits: " + Long.toHexString(value));
    }
  }

  /**
   * Reads six hexadecimal octets joined by colons, as in {@code 02:42:ac:11:00:02}.
   *
   * @throws IllegalArgumentException if the text is anything else
   */
  public static MacAddress parse(String text) {
    byte[] octets = COLONS.parseHex(text);
    if (octets.length != 6) {
      throw new IllegalArgumentException("a MAC address has six octets: " + text);
    }
    long value = 0;
    for (byte octet : octets) {
      value = value << 8 | octet & 0xff;
    }
    return new MacAddress(value);
  }

  /** The address that Docker derives from an IPv4 address: 02:42 and its four octets. */
  public static MacAddress fromIpv4(Ipv4Address address) {
    return new MacAddress(0x0242_0000_0000L | address.value() & 0xffff_ffffL);
  }

  /** Whether the group bit is set: a multicast address or broadcast. */
  public static boolean isGroup(long mac) {
    return (mac & GROUP_BIT) != 0;
  }

  public static boolean isBroadcast(long mac) {
    return mac == 0xffff_ffff_ffffL;
  }

  @Override
  public int compareTo(MacAddress other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(17);
    for (int shift = 40; shift >= 0; shift -= 8) {
      text.append(HexFormat.of().toHexDigits((byte) (value >>> shift)));
      if (shift > 0) {
        text.append(':');
      }
    }
    return text.toString();
  }
}
