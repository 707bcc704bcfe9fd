package dev.dockwire.engine;

import dev.dockwire.engine.spec.Attachment;
import dev.dockwire.engine.spec.ContainerSpec;
import dev.dockwire.frame.Ipv4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Checks whether a container may be attached to a network at all, and what the attachment asks for
 * of it, with Docker's words.
 */
final class AttachmentCheck {

  private static final String USER_NETWORKS_ONLY =
      "user specified IP address is supported on user defined networks only";
  private static final String USER_SUBNETS_ONLY =
      "user specified IP address is supported only when connecting to networks with user configured"
          + " subnets";
  private static final String NO_ALIASES =
      "network-scoped alias is supported only for containers in user defined networks";

  private AttachmentCheck() {}

  /**
   * Checks what a new container asks for of the networks that exist.
   *
   * @throws EngineException 400
   */
  static void check(ContainerSpec spec, Networks networks) {
    for (Attachment attachment : spec.networks()) {
      Optional<Network> network = networks.tryFind(attachment.network());
      try {
        network.ifPresent(found -> check(found, attachment));
      } catch (EngineException e) {
        throw new EngineException(
            e.status(),
            "invalid config for network " + attachment.network() + ": " + e.getMessage());
      }
    }
  }

  /**
   * Checks an address and aliases.
   *
   * @throws EngineException 400 with every problem
   */
  static void check(Network network, Attachment attachment) {
    List<String> problems = new ArrayList<>();
    if (network.isPredefined() && !attachment.aliases().isEmpty()) {
      problems.add(NO_ALIASES);
    }
    attachment.address().ifPresent(text -> checkAddress(network, text, problems));
    if (!problems.isEmpty()) {
      throw EngineException.badRequest("invalid endpoint settings", problems);
    }
  }

  private static void checkAddress(Network network, String text, List<String> problems) {
    if (network.isPredefined()) {
      problems.add(USER_NETWORKS_ONLY);
    }
    if (network.spec().subnets().isEmpty()) {
      problems.add(USER_SUBNETS_ONLY);
    } else if (!Ipv4Address.isAddress(text)) {
      problems.add("invalid IPv4 address: " + text);
    } else if (!contains(network, Ipv4Address.parse(text))) {
      problems.add("no configured subnet or ip-range contain the IP address " + text);
    }
  }

  private static boolean contains(Network network, Ipv4Address address) {
    return network.segment().orElseThrow().subnet().contains(address.value());
  }

  /**
   * Checks that what a container is on goes together with one more network.
   *
   * @throws EngineException 400
   */
  static void checkModes(Container container, Network network, Compat compat) {
    Network.Driver mode = modeOf(container);
    if (mode == Network.Driver.HOST || container.spec().networkContainer().isPresent()) {
      throw new EngineException(
          EngineException.BAD_REQUEST,
          "container sharing network namespace with another container or host cannot be connected"
              + " to any other network");
    }
    if (network.driver() == Network.Driver.HOST) {
      throw new EngineException(EngineException.BAD_REQUEST, compat.cannotJoinHost());
    }
    boolean attached = !container.attachments().isEmpty();
    if (attached && (mode == Network.Driver.NULL || network.driver() == Network.Driver.NULL)) {
      throw new EngineException(
          EngineException.BAD_REQUEST,
          "container cannot be connected to multiple networks with one of the networks in private"
              + " (none) mode");
    }
  }

  /** What kind of network a container is on at all; a bridge if it is on none. */
  private static Network.Driver modeOf(Container container) {
    for (Attachment attachment : container.attachments()) {
      if (attachment.network().equals("host")) {
        return Network.Driver.HOST;
      }
      if (attachment.network().equals("none")) {
        return Network.Driver.NULL;
      }
    }
    return Network.Driver.BRIDGE;
  }
}
