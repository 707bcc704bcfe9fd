package dev.dockwire.tools.docker.option;

import dev.dockwire.engine.spec.Link;
import dev.dockwire.tools.docker.flag.UsageException;
import java.util.List;

/** The values of {@code --link}: {@code NAME} or {@code NAME:ALIAS}. */
public final class LinkOption {

  private LinkOption() {}

  public static void check(String value) throws UsageException {
    String[] parts = parts(value);
    if (parts.length > 2 || parts[0].isEmpty()) {
      throw new UsageException("bad format for links: " + value);
    }
  }

  /** The links asked for; one with an empty alias is left out, as docker leaves it out. */
  public static List<Link> links(List<String> checkedValues) {
    return checkedValues.stream()
        .map(LinkOption::parts)
        .map(parts -> new Link(parts[0], parts[parts.length - 1]))
        .filter(link -> !link.alias().isEmpty())
        .toList();
  }

  private static String[] parts(String value) {
    return value.split(":", -1);
  }
}
