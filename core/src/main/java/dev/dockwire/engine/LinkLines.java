package dev.dockwire.engine;

import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.host.FileTree;

/**
 * The lines in {@code /etc/hosts} by which the programs of a linked container find its targets:
 * address, alias, hostname, and the target's name if the alias is another.
 */
final class LinkLines {

  private LinkLines() {}

  /** The line for one link. */
  static String of(Links.Resolved link, Ipv4Address address) {
    String names = link.alias() + " " + link.target().hostname();
    boolean named = link.alias().equals(link.target().name());
    return address + "\t" + (named ? names : names + " " + link.target().name()) + "\n";
  }

  /** Only the address changes: a target's new name comes with the source's next start. */
  static void readdress(FileTree files, String alias, Ipv4Address address) {
    StringBuilder changed = new StringBuilder();
    for (String line : lines(files)) {
      boolean meant = isLineOf(line, alias);
      changed.append(meant ? address + line.substring(line.indexOf('\t')) : line);
    }
    EtcHosts.update(files, changed.toString());
  }

  /** Takes out the line of a link that is removed. */
  static void remove(FileTree files, String alias) {
    StringBuilder rest = new StringBuilder();
    for (String line : lines(files)) {
      rest.append(isLineOf(line, alias) ? "" : line);
    }
    EtcHosts.update(files, rest.toString());
  }

  private static String[] lines(FileTree files) {
    return files.readText("/etc/hosts").split("(?<=\n)");
  }

  /** In a link's line the alias comes first, and the target's hostname after it. */
  private static boolean isLineOf(String line, String alias) {
    return line.contains("\t" + alias + " ");
  }
}
