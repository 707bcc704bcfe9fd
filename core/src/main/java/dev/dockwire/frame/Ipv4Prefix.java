package dev.dockwire.frame;

/**
 * An IPv4 address with a prefix length, as in {@code 172.17.0.1/16}: an interface's address with
 * its network, or, where the host bits are zero, a network alone (RFC 4632).
 */
public record Ipv4Prefix(Ipv4Address address, int length) {

  public Ipv4Prefix {
    if (length < 0 || length > 32) {
      throw new IllegalArgumentException("invalid prefix length: " + length);
    }
  }

  /**
   * Reads CIDR notation.
   *
   * @throws IllegalArgumentException if the text is anything else
   */
  public static Ipv4Prefix parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0 || !text.substring(slash + 1).matches("[0-9]{1,2}")) {
      throw new IllegalArgumentException("invalid CIDR address: " + text);
    }
    return new Ipv4Prefix(
        Ipv4Address.parse(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
  }

  public int mask() {
    return length == 0 ? 0 : -1 << (32 - length);
  }

  /** The prefix with its host bits cleared. */
  public Ipv4Prefix network() {
    return new Ipv4Prefix(new Ipv4Address(address.value() & mask()), length);
  }

  /** The directed broadcast address (RFC 919); only meaningful up to /30. */
  public Ipv4Address broadcast() {
    return new Ipv4Address(address.value() | ~mask());
  }

  public boolean contains(int other) {
    return ((other ^ address.value()) & mask()) == 0;
  }

  public boolean overlaps(Ipv4Prefix other) {
    return length <= other.length
        ? contains(other.address.value())
        : other.contains(address.value());
  }

  @Override
  public String toString() {
    return address + "/" + length;
  }
}
