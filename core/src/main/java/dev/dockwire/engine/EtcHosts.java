package dev.dockwire.engine;

import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.host.FileTree;
import java.util.List;
import java.util.stream.Collectors;

/**
 * {@code /etc/hosts} in a container, line by line as Docker writes it: the fixed block, the user's
 * lines, those of links (see {@link LinkLines}), and one for each address of the container's own.
 */
final class EtcHosts {

  private static final String PATH = "/etc/hosts";

  /** The fixed block of a container without IPv6. */
  private static final String FIXED = "127.0.0.1\tlocalhost\n";

  /** What old engines wrote next, IPv6 or not. */
  private static final String IPV6_FIXED =
      """
      ::1\tlocalhost ip6-localhost ip6-loopback
      fe00::0\tip6-localnet
      ff00::0\tip6-mcastprefix
      ff02::1\tip6-allnodes
      ff02::2\tip6-allrouters
      """;

  private EtcHosts() {}

  /** Writes all of it. */
  static void write(
      FileTree files,
      boolean ipv6,
      String usersLines,
      String linkLines,
      List<Ipv4Address> addresses,
      String ownNames) {
    StringBuilder text = new StringBuilder(FIXED);
    text.append(ipv6 ? IPV6_FIXED : "").append(usersLines).append(linkLines);
    addresses.forEach(address -> text.append(address + "\t" + ownNames + "\n"));
    files.write(PATH, text.toString());
  }

  /** Replaces that of a container that runs. */
  static void update(FileTree files, String text) {
    ContainerFiles.ifPossible(() -> files.write(PATH, text));
  }

  /** Adds a line for a further address. */
  static void addOwnLine(FileTree files, Ipv4Address address, String ownNames) {
    update(files, files.readText(PATH) + address + "\t" + ownNames + "\n");
  }

  /** Takes out the line of an address that the container has no more. */
  static void removeOwnLine(FileTree files, Ipv4Address address, String ownNames) {
    String line = address + "\t" + ownNames + "\n";
    update(files, files.readText(PATH).replace(line, ""));
  }

  /** Takes out the lines of all addresses that the container itself has or had. */
  static void removeOwnLines(FileTree files, String ownNames) {
    update(
        files,
        files
            .readText(PATH)
            .lines()
            .filter(line -> !line.endsWith("\t" + ownNames))
            .map(line -> line + "\n")
            .collect(Collectors.joining()));
  }
}
