package dev.dockwire.tools.docker;

import dev.dockwire.engine.Engine;
import dev.dockwire.engine.EngineException;
import dev.dockwire.host.Process;
import dev.dockwire.host.SystemCallException;
import dev.dockwire.tools.docker.flag.Flags;
import dev.dockwire.tools.docker.flag.UsageException;
import java.util.List;

/** One command of docker, such as {@code docker run}: its grammar and what it does. */
abstract class DockerCommand {

  /** The exit status of a command that the engine refused. */
  static final int FAILED = 1;

  private final String name;
  private final List<String> aliases;
  private final String arguments;
  private final String summary;
  private final int minArguments;
  private final int maxArguments;

  /**
   * @param aliases every way to call the command, as its help lists them; empty for a single one
   * @param arguments what follows the name in the usage line
   */
  DockerCommand(
      String name,
      List<String> aliases,
      String arguments,
      String summary,
      int minArguments,
      int maxArguments) {
    this.name = name;
    this.aliases = aliases;
    this.arguments = arguments;
    this.summary = summary;
    this.minArguments = minArguments;
    this.maxArguments = maxArguments;
  }

  /** The command's flags, not parsed yet. */
  abstract Flags flags();

  /** Does what the command says; returns docker's exit status. */
  abstract int execute(Process self, Engine engine, Flags flags);

  /** Whether flags may follow the first argument. */
  boolean interspersed() {
    return true;
  }

  /** The exit status for a command line that does not fit the grammar. */
  int usageStatus() {
    return 125;
  }

  /**
   * Runs the command.
   *
   * @param path how the user called it: {@code run}, or {@code container run}
   * @param line what follows the path
   */
  final int run(Process self, Engine engine, String path, List<String> line) {
    if (line.contains("--help") && helpAskedFor(line)) {
      self.print(help(path));
      return 0;
    }
    Flags flags = flags();
    try {
      flags.parse(line, interspersed());
    } catch (UsageException e) {
      self.printError(
          e.getMessage()
              + "\n\n"
              + usage(path)
              + "\n\nRun 'docker "
              + path
              + " --help' for more information\n");
      return usageStatus();
    }
    int given = flags.positional().size();
    if (given < minArguments || given > maxArguments) {
      self.printError(
          "docker: 'docker "
              + path
              + "' "
              + requirement()
              + "\n\n"
              + usage(path)
              + "\n\n"
              + pointer()
              + " 'docker "
              + path
              + " --help' for more information\n");
      return FAILED;
    }
    try {
      return execute(self, engine, flags);
    } catch (EngineException | SystemCallException e) {
      self.printError("Error response from daemon: " + e.getMessage() + "\n");
      return FAILED;
    }
  }

  private boolean helpAskedFor(List<String> line) {
    Flags flags = flags().bool("help", (char) 0, "");
    try {
      flags.parse(line, interspersed());
    } catch (UsageException _) {
      return false;
    }
    return flags.isSet("help");
  }

  private String requirement() {
    if (maxArguments == 0) {
      return "accepts no arguments";
    }
    if (maxArguments == Integer.MAX_VALUE) {
      return "requires at least " + arguments(minArguments);
    }
    if (minArguments == maxArguments) {
      return "requires " + arguments(minArguments);
    }
    return minArguments == 0
        ? "requires at most " + arguments(maxArguments)
        : "requires at least " + minArguments + " and at most " + arguments(maxArguments);
  }

  private static String arguments(int count) {
    return count + " argument" + (count == 1 ? "" : "s");
  }

  /** Docker's words, the odd third one included. */
  private String pointer() {
    if (maxArguments == Integer.MAX_VALUE) {
      return "See";
    }
    return minArguments == 0 && maxArguments > 0 ? "SRun" : "Run";
  }

  private String usage(String path) {
    return "Usage:  docker " + path + " " + arguments;
  }

  private String help(String path) {
    return usage(path)
        + "\n\n"
        + description()
        + (aliases.isEmpty() ? "" : "\n\nAliases:\n  " + String.join(", ", aliases))
        + (flags().isEmpty() ? "\n" : "\n\nOptions:\n" + flags().usages());
  }

  String name() {
    return name;
  }

  /** What the help says at its beginning. */
  String description() {
    return summary;
  }

  String summary() {
    return summary;
  }
}
