package dev.dockwire.host.resolver;

import dev.dockwire.frame.Ipv4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What {@code /etc/hosts} says: addresses with their names (hosts(5)). */
public record HostsFile(List<Line> lines) {

  /** One address with its names; the first name is the canonical one. */
  public record Line(String address, List<String> names) {}

  /** Reads the file; comments and lines without a name are passed over. */
  public static HostsFile parse(String text) {
    List<Line> lines = new ArrayList<>();
    for (String line : text.split("\n")) {
      String[] words = line.replaceFirst("#.*", "").strip().split("\\s+");
      if (words.length > 1) {
        lines.add(new Line(words[0], List.of(words).subList(1, words.length)));
      }
    }
    return new HostsFile(lines);
  }

  /** The first IPv4 address with that name; case does not matter. */
  public Optional<Ipv4Address> addressOf(String name) {
    return lines.stream()
        .filter(line -> Ipv4Address.isAddress(line.address()))
        .filter(line -> line.names().stream().anyMatch(name::equalsIgnoreCase))
        .map(line -> Ipv4Address.parse(line.address()))
        .findFirst();
  }

  /** The canonical name of an address. */
  public Optional<String> nameOf(Ipv4Address address) {
    return lines.stream()
        .filter(line -> line.address().equals(address.toString()))
        .map(line -> line.names().getFirst())
        .findFirst();
  }
}
