package dev.dockwire.edge;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where this machine asks for names: the first name server of {@code resolv.conf(5)}. */
final class Resolver {

  private static final Path FILE = Path.of("/etc/resolv.conf");

  private Resolver() {}

  /** As the C library does: this machine itself if nobody is named. */
  static InetAddress ofThisMachine() {
    try {
      return first(Files.readAllLines(FILE)).orElseGet(InetAddress::getLoopbackAddress);
    } catch (IOException e) {
      return InetAddress.getLoopbackAddress();
    }
  }

  static Optional<InetAddress> first(List<String> lines) {
    return lines.stream()
        .map(line -> line.strip().split("\\s+"))
        .filter(words -> words.length > 1 && words[0].equals("nameserver"))
        .flatMap(words -> address(words[1]).stream())
        .findFirst();
  }

  private static Optional<InetAddress> address(String text) {
    try {
      return Optional.of(InetAddress.ofLiteral(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
