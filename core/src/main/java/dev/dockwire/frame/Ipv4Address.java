package dev.dockwire.frame;

/** An IPv4 address as a value; the data path uses the bare 32-bit int in network byte order. */
public record Ipv4Address(int value) implements Comparable<Ipv4Address> {

  public static final Ipv4Address ANY = new Ipv4Address(0);
  public static final Ipv4Address BROADCAST = new Ipv4Address(0xffff_ffff);
  public static final Ipv4Address LOOPBACK = new Ipv4Address(0x7f00_0001);

  /**
   * Reads dotted-decimal text such as {@code 172.17.0.2}.
   *
   * @throws IllegalArgumentException if the text is anything else
   */
  public static Ipv4Address parse(String text) {
    if (!isAddress(text)) {
      throw new IllegalArgumentException("invalid IPv4 address: " + text);
    }
    int value = 0;
    for (String octet : text.split("\\.")) {
      value = value << 8 | Integer.parseInt(octet);
    }
    return new Ipv4Address(value);
  }

  /** Whether the text is four decimal octets, without leading zeros, joined by dots. */
  public static boolean isAddress(String text) {
    String[] octets = text.split("\\.", -1);
    if (octets.length != 4) {
      return false;
    }
    for (String octet : octets) {
      if (!octet.matches("0|[1-9][0-9]{0,2}") || Integer.parseInt(octet) > 255) {
        return false;
      }
    }
    return true;
  }

  /** 127.0.0.0/8 (RFC 1122, section 3.2.1.3). */
  public static boolean isLoopback(int address) {
    return address >>> 24 == 127;
  }

  /** 224.0.0.0/4. */
  public static boolean isMulticast(int address) {
    return address >>> 28 == 0xe;
  }

  /** 240.0.0.0/4, the limited broadcast address included. */
  public static boolean isReserved(int address) {
    return address >>> 28 == 0xf;
  }

  /** 0.0.0.0/8. */
  public static boolean isThisNetwork(int address) {
    return address >>> 24 == 0;
  }

  public static String toString(int address) {
    return (address >>> 24)
        + "."
        + (address >>> 16 & 0xff)
        + "."
        + (address >>> 8 & 0xff)
        + "."
        + (address & 0xff);
  }

  @Override
  public int compareTo(Ipv4Address other) {
    return Integer.compareUnsigned(value, other.value);
  }

  @Override
  public String toString() {
    return toString(value);
  }
}
