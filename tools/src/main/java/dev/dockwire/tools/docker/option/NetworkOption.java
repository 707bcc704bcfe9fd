package dev.dockwire.tools.docker.option;

import dev.dockwire.engine.spec.Attachment;
import dev.dockwire.frame.MacAddress;
import dev.dockwire.tools.docker.flag.Flags;
import dev.dockwire.tools.docker.flag.UsageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * {@code --network} with the options that say more about it, as {@code docker run} has them: in the
 * long form {@code name=n1,alias=db,ip=10.0.0.9,mac-address=...,gw-priority=1}, or as options of
 * their own for the first network.
 */
final class NetworkOption {

  private static final Set<String> PREDEFINED = Set.of("default", "bridge", "host", "none");
  private static final Pattern LONG_FORM = Pattern.compile("\\w+=\\w+(,\\w+=\\w+)*");

  /** One value; its MAC address is looked at only when all options have been read. */
  private record Request(Attachment attachment, Optional<String> mac) {

    Attachment toAttachment() throws UsageException {
      return mac.isEmpty()
          ? attachment
          : attachment.withMac(Optional.of(NetworkOption.mac(mac.get())));
    }
  }

  private NetworkOption() {}

  /** Looks at a value in the long form while the options are read. */
  static void check(String value) throws UsageException {
    parse(value);
  }

  /** The attachments asked for; empty if nothing was. */
  static List<Attachment> attachments(Flags flags) throws UsageException {
    List<Attachment> attachments = new ArrayList<>();
    for (String value : flags.list("network")) {
      attachments.add(parse(value).toAttachment());
    }
    boolean saysMore =
        flags.isSet("ip") || flags.isSet("mac-address") || flags.isSet("network-alias");
    if (attachments.isEmpty() && saysMore) {
      attachments.add(Attachment.to("default"));
    }
    check(attachments, flags);
    if (!attachments.isEmpty()) {
      attachments.set(0, withOptions(attachments.getFirst(), flags));
    }
    attachments.replaceAll(
        attachment ->
            attachment.network().equals("default") ? attachment.withNetwork("bridge") : attachment);
    return attachments;
  }

  private static Request parse(String value) throws UsageException {
    if (!LONG_FORM.matcher(value).find()) {
      return new Request(Attachment.to(value), Optional.empty());
    }
    Attachment attachment = Attachment.to("");
    Optional<String> mac = Optional.empty();
    List<String> aliases = new ArrayList<>();
    for (String field : value.toLowerCase(Locale.ROOT).split(",")) {
      String[] parts = field.split("=", 2);
      if (parts.length < 2 || parts[0].isEmpty()) {
        throw new UsageException("invalid field " + field);
      }
      String text = parts[1].strip();
      switch (parts[0].strip()) {
        case "name" -> attachment = attachment.withNetwork(text);
        case "alias" -> aliases.add(text);
        case "ip" -> attachment = attachment.withAddress(Optional.of(text));
        case "mac-address" -> mac = Optional.of(text);
        case "gw-priority" -> attachment = attachment.withGatewayPriority(priority(text));
        default -> throw new UsageException("invalid field key " + parts[0].strip());
      }
    }
    if (attachment.network().isEmpty()) {
      throw new UsageException("network name/id is not specified");
    }
    return new Request(attachment.withAliases(aliases), mac);
  }

  private static int priority(String text) throws UsageException {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException _) {
      throw new UsageException("invalid gw-priority (" + text + "): invalid syntax");
    }
  }

  private static Attachment withOptions(Attachment first, Flags flags) throws UsageException {
    Attachment attachment = first;
    if (flags.isSet("network-alias")) {
      refuseTwice(!first.aliases().isEmpty(), "--network-alias and per-network alias");
      attachment = attachment.withAliases(flags.list("network-alias"));
    }
    if (flags.isSet("ip")) {
      refuseTwice(first.address().isPresent(), "--ip and per-network IPv4 address");
      attachment = attachment.withAddress(flags.string("ip"));
    }
    if (flags.isSet("mac-address")) {
      refuseTwice(first.mac().isPresent(), "--mac-address and per-network MAC address");
      attachment = attachment.withMac(Optional.of(mac(flags.string("mac-address").orElseThrow())));
    }
    return attachment;
  }

  private static void refuseTwice(boolean twice, String options) throws UsageException {
    if (twice) {
      throw new UsageException("conflicting options: cannot specify both " + options);
    }
  }

  private static void check(List<Attachment> attachments, Flags flags) throws UsageException {
    List<String> names = attachments.stream().map(Attachment::network).toList();
    for (int i = 0; i < names.size(); i++) {
      if (names.indexOf(names.get(i)) != i) {
        throw new UsageException("network \"" + names.get(i) + "\" is specified multiple times");
      }
    }
    boolean predefined = names.stream().anyMatch(NetworkOption::isPredefined);
    if (predefined && !names.stream().allMatch(NetworkOption::isPredefined)) {
      throw new UsageException(
          "conflicting options: cannot attach both user-defined and non-user-defined"
              + " network-modes");
    }
    boolean aliases =
        flags.isSet("network-alias")
            || attachments.stream().anyMatch(attachment -> !attachment.aliases().isEmpty());
    if (predefined && aliases) {
      throw new UsageException(
          "network-scoped aliases are only supported for user-defined networks");
    }
  }

  private static boolean isPredefined(String network) {
    return PREDEFINED.contains(network) || network.startsWith("container:");
  }

  private static MacAddress mac(String text) throws UsageException {
    try {
      return MacAddress.parse(text);
    } catch (IllegalArgumentException _) {
      throw new UsageException(text + " is not a valid mac address");
    }
  }
}
