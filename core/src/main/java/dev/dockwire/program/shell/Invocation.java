package dev.dockwire.program.shell;

import dev.dockwire.host.FileTree;
import dev.dockwire.host.Process;
import dev.dockwire.host.SystemCallException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a shell was called.
 *
 * @param name what {@code $0} is
 * @param script the whole script; without one, lines are read from standard input
 * @param numbersLines whether messages name the line
 * @param firstLine the number of the first line
 */
record Invocation(
    String name,
    List<String> parameters,
    Optional<String> script,
    boolean numbersLines,
    int firstLine,
    boolean interactive,
    boolean exitOnError,
    boolean trace) {

  /** The letters that are options; {@code -l} means nothing: there are no profiles to read. */
  private static final String LETTERS = "cisexl";

  /**
   * Reads the arguments of a shell, and the script if they name one.
   *
   * @throws ShellException if they are wrong
   */
  static Invocation of(Process self) {
    List<String> arguments = new ArrayList<>(self.arguments());
    String name = arguments.removeFirst();
    String options = options(arguments);
    boolean exitOnError = options.contains("e");
    boolean trace = options.contains("x");
    boolean interactive = options.contains("i");
    if (options.contains("c")) {
      if (arguments.isEmpty()) {
        throw new ShellException("-c requires an argument", 2);
      }
      Optional<String> script = Optional.of(arguments.removeFirst());
      boolean named = !arguments.isEmpty();
      String zero = named ? arguments.removeFirst() : name;
      return new Invocation(zero, arguments, script, named, 0, interactive, exitOnError, trace);
    }
    if (!arguments.isEmpty() && !options.contains("s")) {
      String file = arguments.removeFirst();
      Optional<String> script = Optional.of(read(self, file));
      return new Invocation(file, arguments, script, true, 1, interactive, exitOnError, trace);
    }
    interactive |= self.stdio().in().tty().isPresent() && self.stdio().err().tty().isPresent();
    return new Invocation(
        name, arguments, Optional.empty(), false, 1, interactive, exitOnError, trace);
  }

  /** Takes the options from the front of the arguments; returns their letters. */
  private static String options(List<String> arguments) {
    StringBuilder letters = new StringBuilder();
    while (!arguments.isEmpty() && arguments.getFirst().matches("-.+")) {
      String option = arguments.removeFirst();
      if (option.equals("--")) {
        break;
      }
      for (char letter : option.substring(1).toCharArray()) {
        if (LETTERS.indexOf(letter) < 0) {
          throw new ShellException("illegal option -" + letter, 2);
        }
        letters.append(letter);
      }
    }
    return letters.toString();
  }

  private static String read(Process self, String file) {
    try {
      byte[] content = self.host().files().read(FileTree.resolve(self.workingDirectory(), file));
      return new String(content, StandardCharsets.UTF_8);
    } catch (SystemCallException failed) {
      throw new ShellException("can't open '" + file + "': " + failed.getMessage(), 2);
    }
  }
}
