package dev.dockwire.tools.daemon;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which unix socket the daemon and its clients meet at. */
final class SocketOption {

  @Option(
      names = "--socket",
      paramLabel = "PATH",
      description =
          "The daemon's unix socket, for its owner alone. Default: dockwire.sock in"
              + " XDG_RUNTIME_DIR, or in the current folder.")
  private Path path;

  Path path() {
    return (path == null ? defaultPath() : path).toAbsolutePath().normalize();
  }

  private static Path defaultPath() {
    String folder = System.getenv("XDG_RUNTIME_DIR");
    return Path.of(folder == null || folder.isEmpty() ? "." : folder, "dockwire.sock");
  }
}
