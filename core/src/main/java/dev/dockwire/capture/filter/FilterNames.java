package dev.dockwire.capture.filter;

import java.util.List;
import java.util.OptionalInt;

/** What the names in an expression stand for. */
public interface FilterNames {

  /** No names at all. */
  FilterNames NONE = new FilterNames() {};

  /** The addresses of a host; none if nobody knows it. */
  default List<Integer> hosts(String name) {
    return List.of();
  }

  default OptionalInt tcpPort(String service) {
    return OptionalInt.empty();
  }

  default OptionalInt udpPort(String service) {
    return OptionalInt.empty();
  }

  /** The mask of the network listened at, for {@code ip broadcast}; 0 if it has none. */
  default int networkMask() {
    return 0;
  }
}
