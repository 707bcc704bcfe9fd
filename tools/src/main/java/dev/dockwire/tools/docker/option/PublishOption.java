package dev.dockwire.tools.docker.option;

import dev.dockwire.engine.spec.PortBinding;
import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.tools.docker.flag.UsageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads {@code -p [[IP:][HOST-PORT[-END]]:]PORT[-END][/PROTOCOL]} and {@code --expose}. */
public final class PublishOption {

  private static final int MAX_PORT = 65_535;

  private PublishOption() {}

  /** A first and a last port. */
  private record Range(int first, int last) {

    int size() {
      return last - first + 1;
    }
  }

  public static List<PortBinding> bindings(List<String> values) throws UsageException {
    List<PortBinding> bindings = new ArrayList<>();
    for (String value : values) {
      bindings.addAll(parse(value));
    }
    return bindings;
  }

  private static List<PortBinding> parse(String value) throws UsageException {
    String[] parts = value.split(":", -1);
    String container = parts[parts.length - 1];
    String host = parts.length > 1 ? parts[parts.length - 2] : "";
    String address =
        parts.length > 2 ? String.join(":", List.of(parts).subList(0, parts.length - 2)) : "";
    int slash = container.indexOf('/');
    String protocol = slash < 0 ? "tcp" : container.substring(slash + 1).toLowerCase(Locale.ROOT);
    String containerPorts = slash < 0 ? container : container.substring(0, slash);
    checkProtocol(protocol);
    if (!address.isEmpty() && !Ipv4Address.isAddress(address)) {
      throw new UsageException("invalid IP address: " + address);
    }
    if (containerPorts.isEmpty()) {
      throw new UsageException("no port specified: " + value + "<empty>");
    }
    Range inside = range(containerPorts, "invalid containerPort: " + containerPorts);
    Range outside = host.isEmpty() ? new Range(0, 0) : range(host, "invalid hostPort: " + host);
    if (!host.isEmpty() && inside.size() != outside.size() && inside.size() != 1) {
      throw new UsageException(
          "invalid ranges specified for container and host Ports: "
              + containerPorts
              + " and "
              + host);
    }
    return spread(inside, outside, protocol, address);
  }

  /** A range of the host for one port of the container means any of it. */
  private static List<PortBinding> spread(
      Range inside, Range outside, String protocol, String address) {
    if (inside.size() == 1) {
      return List.of(
          new PortBinding(inside.first(), protocol, address, outside.first(), outside.last()));
    }
    List<PortBinding> bindings = new ArrayList<>();
    for (int i = 0; i < inside.size(); i++) {
      int hostPort = outside.first() == 0 ? 0 : outside.first() + i;
      bindings.add(new PortBinding(inside.first() + i, protocol, address, hostPort, hostPort));
    }
    return bindings;
  }

  private static void checkProtocol(String protocol) throws UsageException {
    if (!protocol.equals("tcp") && !protocol.equals("udp")) {
      throw new UsageException("invalid proto: " + protocol);
    }
  }

  private static Range range(String text, String complaint) throws UsageException {
    String[] ends = text.split("-", -1);
    if (ends.length > 2 || !isPort(ends[0]) || !isPort(ends[ends.length - 1])) {
      throw new UsageException(complaint);
    }
    Range range = new Range(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]));
    if (range.size() < 1) {
      throw new UsageException(complaint);
    }
    return range;
  }

  private static boolean isPort(String text) {
    return text.matches("[0-9]{1,5}") && Integer.parseInt(text) <= MAX_PORT;
  }

  /** The ports of {@code --expose}, as in {@code 80/tcp}. */
  static List<String> exposed(List<String> values) throws UsageException {
    List<String> exposed = new ArrayList<>();
    for (String value : values) {
      if (value.contains(":")) {
        throw new UsageException("invalid port format for --expose: " + value);
      }
      String[] parts = value.split("/", 2);
      String protocol = parts.length < 2 ? "tcp" : parts[1].toLowerCase(Locale.ROOT);
      Range range =
          range(
              parts[0],
              "invalid range format for --expose: "
                  + value
                  + ", error: invalid start port '"
                  + parts[0]
                  + "': invalid syntax");
      for (int port = range.first(); port <= range.last(); port++) {
        exposed.add(port + "/" + protocol);
      }
    }
    return exposed;
  }
}
