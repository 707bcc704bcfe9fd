package dev.dockwire.program;

import dev.dockwire.host.FileTree;
import dev.dockwire.host.Process;
import dev.dockwire.host.Program;
import dev.dockwire.program.applet.Cat;
import dev.dockwire.program.applet.Echo;
import dev.dockwire.program.applet.Env;
import dev.dockwire.program.applet.Kill;
import dev.dockwire.program.applet.Printf;
import dev.dockwire.program.applet.Sleep;
import dev.dockwire.program.applet.Test;
import dev.dockwire.program.shell.Shell;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The programs that every image has, and their places, which are those of Alpine's BusyBox. */
public final class Applets {

  private static final Map<String, Program> BY_PATH = new TreeMap<>();

  static {
    Program shell = new Shell();
    BY_PATH.put("/bin/ash", shell);
    BY_PATH.put("/bin/sh", shell);
    BY_PATH.put("/bin/cat", new Cat());
    BY_PATH.put("/bin/echo", new Echo());
    BY_PATH.put("/bin/kill", Kill.PROGRAM);
    BY_PATH.put("/bin/pwd", Applets::printDirectory);
    BY_PATH.put("/bin/sleep", new Sleep());
    BY_PATH.put("/bin/true", _ -> 0);
    BY_PATH.put("/bin/false", _ -> 1);
    BY_PATH.put("/usr/bin/[", Test.PROGRAM);
    BY_PATH.put("/usr/bin/env", new Env());
    BY_PATH.put("/usr/bin/printf", Printf.PROGRAM);
    BY_PATH.put("/usr/bin/test", Test.PROGRAM);
  }

  private Applets() {}

  /** Puts all of them, and the directories they are in, into a tree. */
  public static void install(FileTree files) {
    BY_PATH.forEach(
        (path, program) -> {
          files.makeDirectories(path.substring(0, path.lastIndexOf('/')));
          files.install(path, program);
        });
  }

  /** The program of that name. */
  public static Optional<Program> find(String name) {
    return BY_PATH.entrySet().stream()
        .filter(entry -> entry.getKey().endsWith("/" + name))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private static int printDirectory(Process self) {
    self.print(self.workingDirectory() + "\n");
    return 0;
  }
}
