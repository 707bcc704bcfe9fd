package dev.dockwire.program.applet;

import dev.dockwire.host.Errno;
import dev.dockwire.host.Process;

/** Whether a program may change the network's settings: not in an ordinary container. */
final class Privilege {

  /** What the kernel says to those who may not. */
  static final String REFUSAL = Errno.EPERM.text();

  private Privilege() {}

  /** Ends the program with a complaint about a system call that it may not make. */
  static void require(Process self, Usage usage, String call) {
    if (!self.host().isNetworkAdmin()) {
      usage.fail(self, call + ": " + REFUSAL);
    }
  }
}
