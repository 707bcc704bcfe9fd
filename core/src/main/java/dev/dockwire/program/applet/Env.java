package dev.dockwire.program.applet;

import dev.dockwire.host.Process;
import dev.dockwire.host.ProcessSpec;
import dev.dockwire.host.Program;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code env}: prints the environment in its order, or runs a program in a changed one. */
public final class Env implements Program {

  private static final Usage USAGE =
      new Usage(
          "env",
          """
          env [-i0] [-u NAME]... [-] [NAME=VALUE]... [PROG ARGS]

          Print current environment or run PROG after setting up environment

          \t-, -i\tStart with empty environment
          \t-0\tNUL terminated output
          \t-u NAME\tRemove variable from environment
          """);

  @Override
  public int run(Process self) {
    Options options = Options.parse(self, USAGE, "+i0u:");
    List<String> words = new ArrayList<>(options.operands());
    Map<String, String> environment = new LinkedHashMap<>(self.environment());
    boolean dash = !words.isEmpty() && words.getFirst().equals("-");
    if (dash) {
      words.removeFirst();
    }
    if (dash || options.has('i')) {
      environment.clear();
    }
    options.values('u').forEach(environment::remove);
    while (!words.isEmpty() && words.getFirst().indexOf('=') > 0) {
      String[] assignment = words.removeFirst().split("=", 2);
      environment.put(assignment[0], assignment[1]);
    }
    if (words.isEmpty()) {
      String end = options.has('0') ? "\0" : "\n";
      environment.forEach((name, value) -> self.print(name + "=" + value + end));
      return 0;
    }
    Optional<Program> program = PathSearch.find(self, environment, words.getFirst());
    if (program.isEmpty()) {
      USAGE.complain(self, "can't execute '" + words.getFirst() + "': No such file or directory");
      return 127;
    }
    self.exec(
        program.get(), new ProcessSpec(words, environment, self.workingDirectory(), self.stdio()));
    return 0;
  }
}
