package dev.dockwire.engine;

import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.frame.Ipv4Prefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Checks the subnets asked for, with Docker's words for all that is wrong with them. */
final class IpamCheck {

  private final Compat compat;
  private final List<String> problems = new ArrayList<>();

  private IpamCheck(Compat compat) {
    this.compat = compat;
  }

  /**
   * Checks.
   *
   * @throws EngineException 400 with every problem
   */
  static void check(List<IpamConfig> subnets, Compat compat) {
    IpamCheck check = new IpamCheck(compat);
    subnets.forEach(check::checkSubnet);
    if (!check.problems.isEmpty()) {
      throw new EngineException(
          EngineException.BAD_REQUEST, "invalid network config:\n" + joined(check.problems));
    }
  }

  /** One problem stands alone; several are a list. */
  static String joined(List<String> problems) {
    return problems.size() == 1 ? problems.getFirst() : "* " + String.join("\n* ", problems);
  }

  private void checkSubnet(IpamConfig config) {
    if (!isCidr(config.subnet())) {
      problems.add("invalid subnet " + config.subnet() + ": invalid CIDR block notation");
      return;
    }
    Ipv4Prefix subnet = Ipv4Prefix.parse(config.subnet());
    if (!subnet.equals(subnet.network()) && !compat.masksSubnets()) {
      problems.add("invalid subnet " + subnet + ": it should be " + subnet.network());
    }
    config.range().ifPresent(range -> checkRange(range, subnet));
    config.gateway().ifPresent(gateway -> checkAddress("gateway", gateway, gateway, subnet));
    for (Map.Entry<String, String> named : config.auxiliaryAddresses().entrySet()) {
      checkAddress("auxiliary address", named.getKey(), named.getValue(), subnet);
    }
  }

  private void checkRange(String text, Ipv4Prefix subnet) {
    String subject = "invalid ip-range " + text + ": ";
    if (!isCidr(text)) {
      problems.add(subject + "invalid CIDR block notation");
      return;
    }
    Ipv4Prefix range = Ipv4Prefix.parse(text);
    if (range.length() < subnet.length()) {
      problems.add(subject + "CIDR block is bigger than its parent subnet " + subnet.network());
    } else if (!range.equals(range.network())) {
      problems.add(subject + "it should be " + range.network());
    }
    if (!subnet.contains(range.address().value())) {
      problems.add(subject + "parent subnet " + subnet.network() + " doesn't contain ip-range");
    }
  }

  private void checkAddress(String what, String shown, String text, Ipv4Prefix subnet) {
    if (!Ipv4Address.isAddress(text)) {
      problems.add("invalid " + what + " " + shown + ": invalid address");
    } else if (!subnet.contains(Ipv4Address.parse(text).value())) {
      problems.add(
          "invalid "
              + what
              + " "
              + shown
              + ": parent subnet "
              + subnet.network()
              + " doesn't contain this address");
    }
  }

  private static boolean isCidr(String text) {
    try {
      Ipv4Prefix.parse(text);
      return true;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
