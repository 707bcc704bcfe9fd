package dev.dockwire.tools.docker;

import dev.dockwire.host.Process;
import dev.dockwire.tools.docker.filter.PruneFilter;
import dev.dockwire.tools.docker.flag.Flags;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The options of the prune commands: what is meant, and not to be asked. */
final class PruneOptions {

  private PruneOptions() {}

  static Flags flags() {
    return new Flags()
        .filter("filter", (char) 0, PruneFilter.USAGE)
        .bool("force", 'f', "Do not prompt for confirmation");
  }

  /** Warns of what will be removed and asks; true with {@code --force}, or after y or Y. */
  static boolean isConfirmed(Process self, Flags flags, String what) {
    if (flags.isTrue("force")) {
      return true;
    }
    self.print(
        "WARNING! This will remove " + what + ".\nAre you sure you want to continue? [y/N] ");
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    byte[] key = new byte[1];
    while (self.stdio().in().read(self, key, 0, 1) > 0 && key[0] != '\n') {
      line.write(key[0]);
    }
    return line.toString(StandardCharsets.UTF_8).strip().equalsIgnoreCase("y");
  }
}
