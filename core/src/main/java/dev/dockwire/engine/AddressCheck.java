package dev.dockwire.engine;

import dev.dockwire.engine.spec.Attachment;
import dev.dockwire.frame.Ipv4Address;
import java.util.ArrayList;
import java.util.List;

/** Checks what an attachment asks for against its network, with Docker's words. */
final class AddressCheck {

  private static final String USER_NETWORKS_ONLY =
      "user specified IP address is supported on user defined networks only";
  private static final String USER_SUBNETS_ONLY =
      "user specified IP address is supported only when connecting to networks with user configured"
          + " subnets";
  private static final String NO_ALIASES =
      "network-scoped alias is supported only for containers in user defined networks";

  private AddressCheck() {}

  /**
   * Checks.
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
}
