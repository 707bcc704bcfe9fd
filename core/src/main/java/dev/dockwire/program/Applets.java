package dev.dockwire.program;

import dev.dockwire.host.FileTree;

/** Stand-in. */
public final class Applets {

  private Applets() {}

  public static void install(FileTree files) {}
}
