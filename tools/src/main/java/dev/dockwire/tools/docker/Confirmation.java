package dev.dockwire.tools.docker;

import dev.dockwire.host.Process;
import dev.dockwire.tools.docker.flag.Flags;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The user's answer to a question that ends in {@code [y/N]}. */
final class Confirmation {

  private Confirmation() {}

  /** Warns of what will be removed and asks; true with {@code --force}, or after y or Y. */
  static boolean given(Process self, Flags flags, String what) {
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
