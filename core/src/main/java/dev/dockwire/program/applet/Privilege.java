package dev.dockwire.program.applet;

import dev.dockwire.host.Errno;
import dev.dockwire.host.Process;

/** Whether a program may change the network's settings: not in an ordinary container. */
public final class Privilege {

  /** What the kernel says to those who may not. */
  public static final String REFUSAL = Errno.EPERM.text();

  private Privilege() {}

  /** Ends the program with a complaint about a system call that it may not make. */
  public static void require(Process self, Usage usage, String call) {
    if (!self.host().isNetworkAdmin()) {
      usage.fail(self, call + ": " + REFUSAL);
    }
  }
}
