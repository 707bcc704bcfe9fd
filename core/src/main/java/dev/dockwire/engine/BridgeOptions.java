package dev.dockwire.engine;

import dev.dockwire.engine.spec.NetworkSpec;
import dev.dockwire.frame.Ipv4Address;

/** What the options of a network of driver {@code bridge} say, and Docker's complaints about it. */
final class BridgeOptions {

  static final String NAME = "com.docker.network.bridge.name";
  static final String DEFAULT_BRIDGE = "com.docker.network.bridge.default_bridge";
  static final String ICC = "com.docker.network.bridge.enable_icc";
  static final String MASQUERADE = "com.docker.network.bridge.enable_ip_masquerade";
  static final String HOST_BINDING = "com.docker.network.bridge.host_binding_ipv4";
  static final String MTU = "com.docker.network.driver.mtu";

  /** The least that a link with IPv4 may have (RFC 791). */
  private static final int LEAST_MTU = 68;

  private BridgeOptions() {}

  /**
   * Checks what is said.
   *
   * @throws EngineException 400 for a value that cannot be read, 500 for an MTU that cannot be
   */
  static void check(NetworkSpec spec, int largestMtu) {
    mtu(spec, largestMtu);
    icc(spec);
    masquerades(spec);
    hostBinding(spec);
  }

  /** The MTU of a network's wires; the largest there can be if nothing is said. */
  static int mtu(NetworkSpec spec, int largest) {
    String text = spec.options().getOrDefault(MTU, Integer.toString(largest));
    if (!text.matches("[0-9]{1,9}")) {
      throw unreadable(MTU, text, parsing("strconv.Atoi", text));
    }
    int mtu = Integer.parseInt(text);
    if (mtu < LEAST_MTU || mtu > largest) {
      throw new EngineException(EngineException.INTERNAL, "invalid argument");
    }
    return mtu;
  }

  /** Whether the containers of a network reach each other. */
  static boolean icc(NetworkSpec spec) {
    return isTrue(spec, ICC);
  }

  /** Whether what leaves a network leaves under the host's address. */
  static boolean masquerades(NetworkSpec spec) {
    return isTrue(spec, MASQUERADE);
  }

  /** Where on the host ports are published if nobody says; IPv6 is none, there is none here. */
  static Ipv4Address hostBinding(NetworkSpec spec) {
    String text = spec.options().getOrDefault(HOST_BINDING, "0.0.0.0");
    if (!Ipv4Address.isAddress(text)) {
      throw unreadable(HOST_BINDING, text, "nil ip");
    }
    return Ipv4Address.parse(text);
  }

  private static boolean isTrue(NetworkSpec spec, String option) {
    String text = spec.options().getOrDefault(option, "true");
    return switch (text) {
      case "1", "t", "T", "TRUE", "true", "True" -> true;
      case "0", "f", "F", "FALSE", "false", "False" -> false;
      default -> throw unreadable(option, text, parsing("strconv.ParseBool", text));
    };
  }

  /** Go's words of what one of its readers cannot read. */
  private static String parsing(String reader, String text) {
    return "%s: parsing \"%s\": invalid syntax".formatted(reader, text);
  }

  private static EngineException unreadable(String option, String text, String reason) {
    return new EngineException(
        EngineException.BAD_REQUEST,
        "failed to parse %s value: %s (%s)".formatted(option, text, reason));
  }
}
