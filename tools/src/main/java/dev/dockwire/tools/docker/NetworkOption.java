package dev.dockwire.tools.docker;

import dev.dockwire.engine.Attachment;
import dev.dockwire.frame.MacAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code --network} with the options that say more about it, as {@code docker run} has them. */
final class NetworkOption {

  private static final Set<String> PREDEFINED = Set.of("default", "bridge", "host", "none");

  private NetworkOption() {}

  /** The attachments asked for; empty if nothing was. */
  static List<Attachment> attachments(Flags flags) throws UsageException {
    List<String> names = new ArrayList<>(flags.list("network"));
    boolean saysMore =
        flags.isSet("ip") || flags.isSet("mac-address") || flags.isSet("network-alias");
    if (names.isEmpty() && saysMore) {
      names.add("default");
    }
    check(names, flags);
    List<Attachment> attachments = new ArrayList<>();
    for (String name : names) {
      String network = name.equals("default") ? "bridge" : name;
      attachments.add(
          attachments.isEmpty()
              ? new Attachment(network, flags.string("ip"), mac(flags), flags.list("network-alias"))
              : Attachment.to(network));
    }
    return attachments;
  }

  private static void check(List<String> names, Flags flags) throws UsageException {
    for (int i = 0; i < names.size(); i++) {
      if (names.indexOf(names.get(i)) != i) {
        throw new UsageException("network \"" + names.get(i) + "\" is specified multiple times");
      }
    }
    boolean predefined = names.stream().anyMatch(PREDEFINED::contains);
    if (predefined && !names.stream().allMatch(PREDEFINED::contains)) {
      throw new UsageException(
          "conflicting options: cannot attach both user-defined and non-user-defined"
              + " network-modes");
    }
    if (predefined && flags.isSet("network-alias")) {
      throw new UsageException(
          "network-scoped aliases are only supported for user-defined networks");
    }
  }

  private static Optional<MacAddress> mac(Flags flags) throws UsageException {
    if (!flags.isSet("mac-address")) {
      return Optional.empty();
    }
    String text = flags.string("mac-address").orElseThrow();
    try {
      return Optional.of(MacAddress.parse(text));
    } catch (IllegalArgumentException _) {
      throw new UsageException(text + " is not a valid mac address");
    }
  }
}
