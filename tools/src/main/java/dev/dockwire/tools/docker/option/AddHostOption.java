package dev.dockwire.tools.docker.option;

import dev.dockwire.engine.spec.ExtraHost;
import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.tools.docker.flag.UsageException;
import java.util.ArrayList;
import java.util.List;

/**
 * The values of {@code --add-host}: {@code NAME:ADDRESS}, or, on the command line, {@code
 * NAME=ADDRESS}. The name and the address become a line of the container's {@code /etc/hosts}.
 */
public final class AddHostOption {

  private AddHostOption() {}

  static void check(String value) throws UsageException {
    parse(value, "[:=]");
  }

  static List<ExtraHost> hosts(List<String> values) throws UsageException {
    return hosts(values, "[:=]");
  }

  /** Those that a client has sent to the engine, by which time they have a colon. */
  public static List<ExtraHost> sent(List<String> values) throws UsageException {
    return hosts(values, ":");
  }

  private static List<ExtraHost> hosts(List<String> values, String separator)
      throws UsageException {
    List<ExtraHost> hosts = new ArrayList<>();
    for (String value : values) {
      hosts.add(parse(value, separator));
    }
    return hosts;
  }

  private static ExtraHost parse(String value, String separator) throws UsageException {
    String[] parts = value.split(separator, 2);
    if (parts.length < 2 || parts[0].isEmpty()) {
      throw new UsageException("bad format for add-host: \"" + value + "\"");
    }
    if (!parts[1].equals(ExtraHost.HOST_GATEWAY) && !Ipv4Address.isAddress(parts[1])) {
      throw new UsageException("invalid IP address in add-host: \"" + parts[1] + "\"");
    }
    return new ExtraHost(parts[0], parts[1]);
  }
}
