package dev.dockwire.engine;

import dev.dockwire.engine.spec.NetworkSpec;
import java.util.Arrays;

/**
 * What the Docker host is to a network of driver {@code bridge}, as the network's option {@code
 * com.docker.network.bridge.gateway_mode_ipv4} has it since engine 28.
 */
enum GatewayMode {
  /** Hides the containers behind the host's address; from outside only published ports are open. */
  NAT("nat"),

  /** The same, but whoever has a route to a container reaches all of its ports directly. */
  NAT_UNPROTECTED("nat-unprotected"),

  /** Translates nothing: published ports and pings are let through to the container's address. */
  ROUTED("routed"),

  /** Is not there: the bridge has no address. For internal networks only. */
  ISOLATED("isolated");

  static final String OPTION = "com.docker.network.bridge.gateway_mode_ipv4";

  private final String word;

  GatewayMode(String word) {
    this.word = word;
  }

  /**
   * What a new network's options say; engines that do not know the option ignore it.
   *
   * @throws EngineException 400 for a word that is none, 500 for what an open network cannot be
   */
  static GatewayMode of(NetworkSpec spec, Compat compat) {
    String asked = spec.options().get(OPTION);
    if (asked == null || !compat.knowsGatewayModes()) {
      return NAT;
    }
    GatewayMode mode =
        Arrays.stream(values())
            .filter(candidate -> candidate.word.equals(asked))
            .findFirst()
            .orElseThrow(
                () ->
                    new EngineException(
                        EngineException.BAD_REQUEST,
                        "failed to parse %s value: %s (unknown gateway mode %s)"
                            .formatted(OPTION, asked, asked)));
    if (mode == ISOLATED && !spec.internal()) {
      throw new EngineException(
          EngineException.INTERNAL,
          "gateway mode 'isolated' can only be used for an internal network");
    }
    return mode;
  }
}
