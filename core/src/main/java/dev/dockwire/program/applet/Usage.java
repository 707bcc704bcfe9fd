package dev.dockwire.program.applet;

import dev.dockwire.host.Process;

/**
 * What an applet says about itself.
 *
 * @param text the command line and the description, as they follow {@code Usage: }
 */
public record Usage(String applet, String text) {

  private static final String VERSION =
      "BusyBox v1.36.1 (2024-06-10 07:11:47 UTC) multi-call binary.";

  /** Prints the usage and ends the process with a status. */
  public void show(Process self, int status) {
    self.printError(VERSION + "\n\nUsage: " + text.strip() + "\n");
    self.exit(status);
  }

  /** Prints a message after the applet's name. */
  public void complain(Process self, String message) {
    self.printError(applet + ": " + message + "\n");
  }

  /** Prints a message after the applet's name and ends the process with status 1. */
  public void fail(Process self, String message) {
    complain(self, message);
    self.exit(1);
  }
}
