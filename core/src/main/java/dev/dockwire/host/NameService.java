package dev.dockwire.host;

import dev.dockwire.frame.Ipv4Address;
import java.util.Optional;

/** Knows addresses by name, beside what a host's files say: its DNS server. */
@FunctionalInterface
public interface NameService {

  /** Knows nothing. */
  NameService NONE = name -> Optional.empty();

  Optional<Ipv4Address> lookup(String name);
}
