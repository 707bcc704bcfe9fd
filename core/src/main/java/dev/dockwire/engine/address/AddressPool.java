package dev.dockwire.engine.address;

import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.frame.Ipv4Prefix;

/** A block of addresses cut into subnets of one size, for networks that ask for none. */
public record AddressPool(Ipv4Prefix base, int subnetLength) {

  public AddressPool {
    if (subnetLength < base.length() || subnetLength > 32) {
      throw new IllegalArgumentException("a pool's subnets are smaller than its base");
    }
  }

  /** As in {@code 10.0.0.0/8} cut into subnets of length 24. */
  public static AddressPool of(String base, int subnetLength) {
    return new AddressPool(Ipv4Prefix.parse(base), subnetLength);
  }

  long subnets() {
    return 1L << subnetLength - base.length();
  }

  Ipv4Prefix subnet(long index) {
    int start = base.network().address().value() + (int) (index << 32 - subnetLength);
    return new Ipv4Prefix(new Ipv4Address(start), subnetLength);
  }
}
