package dev.dockwire.engine;

import dev.dockwire.engine.address.AddressPool;
import dev.dockwire.engine.address.AddressPools;
import dev.dockwire.frame.Ipv4Prefix;
import java.util.List;
import java.util.Optional;

/**
 * How an engine is set up, as dockerd is by its options; {@code core/docs/compat.md} explains each.
 *
 * @param compat which engine is imitated where they differ
 * @param icc whether containers of the default bridge reach each other
 * @param defaultAddressPools where the subnets of networks that ask for none come from
 * @param bip the address of docker0, and with it the default bridge's subnet; the first of the
 *     default pools if empty
 * @param userlandProxy whether published ports have a proxy for who cannot be translated
 */
public record EngineSettings(
    Compat compat,
    boolean icc,
    List<AddressPool> defaultAddressPools,
    Optional<Ipv4Prefix> bip,
    boolean userlandProxy) {

  /** What dockerd does when nothing is said. */
  public static final EngineSettings DEFAULT =
      new EngineSettings(Compat.DEFAULT, true, AddressPools.DEFAULTS, Optional.empty(), true);

  public EngineSettings {
    defaultAddressPools = List.copyOf(defaultAddressPools);
  }

  public EngineSettings withCompat(Compat wanted) {
    return new EngineSettings(wanted, icc, defaultAddressPools, bip, userlandProxy);
  }

  public EngineSettings withIcc(boolean wanted) {
    return new EngineSettings(compat, wanted, defaultAddressPools, bip, userlandProxy);
  }

  public EngineSettings withDefaultAddressPools(List<AddressPool> pools) {
    return new EngineSettings(compat, icc, pools, bip, userlandProxy);
  }

  public EngineSettings withBip(Ipv4Prefix address) {
    return new EngineSettings(
        compat, icc, defaultAddressPools, Optional.of(address), userlandProxy);
  }

  public EngineSettings withUserlandProxy(boolean wanted) {
    return new EngineSettings(compat, icc, defaultAddressPools, bip, wanted);
  }
}
