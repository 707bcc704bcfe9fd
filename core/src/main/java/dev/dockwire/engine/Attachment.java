package dev.dockwire.engine;

import dev.dockwire.frame.MacAddress;
import java.util.List;
import java.util.Optional;

/**
 * What a container wants of a network, running or not: the options of {@code docker network
 * connect}, or of {@code --network} with {@code docker run}.
 *
 * @param network its name, or what the user called it by
 * @param address the static address as the user wrote it
 * @param aliases further names of the container on that network
 */
public record Attachment(
    String network, Optional<String> address, Optional<MacAddress> mac, List<String> aliases) {

  /** A network with nothing special asked for. */
  public static Attachment to(String network) {
    return new Attachment(network, Optional.empty(), Optional.empty(), List.of());
  }
}
