package dev.dockwire.dns;

import dev.dockwire.frame.Ipv4Address;
import java.util.List;
import java.util.Optional;

/** The names a server answers for itself, as they are at the moment of the question. */
public interface Zone {

  /** Knows nothing. */
  Zone EMPTY =
      new Zone() {
        @Override
        public List<Ipv4Address> addresses(String name) {
          return List.of();
        }

        @Override
        public Optional<String> name(Ipv4Address address) {
          return Optional.empty();
        }
      };

  /** All addresses of a name, whatever its case; none if the name is not known here. */
  List<Ipv4Address> addresses(String name);

  /** The full name of the host with an address, without the last dot. */
  Optional<String> name(Ipv4Address address);
}
