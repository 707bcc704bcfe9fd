package dev.dockwire.tools.docker;

import dev.dockwire.engine.Link;
import java.util.ArrayList;
import java.util.List;

/** The values of {@code --link}: {@code NAME} or {@code NAME:ALIAS}. */
final class LinkOption {

  private LinkOption() {}

  /** The links asked for; one with an empty alias is left out, as docker leaves it out. */
  static List<Link> parse(List<String> values) throws UsageException {
    List<Link> links = new ArrayList<>();
    for (String value : values) {
      String[] parts = value.split(":", -1);
      if (parts.length > 2 || parts[0].isEmpty()) {
        throw new UsageException("bad format for links: " + value);
      }
      String alias = parts.length == 2 ? parts[1] : parts[0];
      if (!alias.isEmpty()) {
        links.add(new Link(parts[0], alias));
      }
    }
    return links;
  }
}
