package dev.dockwire.engine.spec;

import java.util.ArrayList;
import java.util.List;

/**
 * What a user says of a container's name resolution: {@code --dns}, {@code --dns-search} and {@code
 * --dns-option}. Each replaces what the Docker host's {@code /etc/resolv.conf} says of it.
 */
public record DnsConfig(List<String> servers, List<String> search, List<String> options) {

  public boolean isEmpty() {
    return servers.isEmpty() && search.isEmpty() && options.isEmpty();
  }

  /** Whether the user has said how many dots make a name complete. */
  public boolean setsDots() {
    return options.stream().anyMatch(option -> option.startsWith("ndots:"));
  }

  /** Whether a line of the host's file is replaced. */
  public boolean replaces(String line) {
    return !servers.isEmpty() && line.startsWith("nameserver ")
        || !search.isEmpty() && line.startsWith("search ")
        || !options.isEmpty() && line.startsWith("options ");
  }

  /** What is replaced, in the words of the comment that Docker writes. */
  public String overrides() {
    List<String> overridden = new ArrayList<>();
    if (!servers.isEmpty()) {
      overridden.add("nameservers");
    }
    if (!search.isEmpty()) {
      overridden.add("search");
    }
    if (!options.isEmpty()) {
      overridden.add("options");
    }
    return String.join(" ", overridden);
  }
}
