package dev.dockwire.engine.address;

import dev.dockwire.engine.EngineException;
import dev.dockwire.engine.spec.IpamConfig;
import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.frame.Ipv4Prefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Checks the subnets asked for, with Docker's words for all that is wrong with them. */
public final class IpamCheck {

  private final boolean masksSubnets;
  private final List<String> problems = new ArrayList<>();

  private IpamCheck(boolean masksSubnets) {
    this.masksSubnets = masksSubnets;
  }

  /**
   * Checks.
   *
   * @param masksSubnets whether a subnet such as 192.168.1.5/24 is taken for 192.168.1.0/24
   * @throws EngineException 400 with every problem
   */
  public static void check(List<IpamConfig> subnets, boolean masksSubnets) {
    IpamCheck check = new IpamCheck(masksSubnets);
    subnets.forEach(check::checkSubnet);
    if (!check.problems.isEmpty()) {
      throw EngineException.badRequest("invalid network config", check.problems);
    }
  }

  private void checkSubnet(IpamConfig config) {
    if (!isCidr(config.subnet())) {
      problems.add("invalid subnet " + config.subnet() + ": invalid CIDR block notation");
      return;
    }
    Ipv4Prefix subnet = Ipv4Prefix.parse(config.subnet());
    if (!subnet.equals(subnet.network()) && !masksSubnets) {
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
