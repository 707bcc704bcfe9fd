package dev.dockwire.program.shell;

import java.util.List;

/** A command that the shell carries out itself, because it concerns the shell or is quicker so. */
@FunctionalInterface
interface Builtin {

  /**
   * Runs it.
   *
   * @param words its name and arguments
   * @throws ShellException if it fails with a message
   */
  int run(Interpreter shell, List<String> words);

  /** Whether a failure ends a shell that is not interactive (POSIX.1, 2.8.1). */
  default boolean isSpecial() {
    return false;
  }

  static Builtin special(Builtin builtin) {
    return new Builtin() {
      @Override
      public int run(Interpreter shell, List<String> words) {
        return builtin.run(shell, words);
      }

      @Override
      public boolean isSpecial() {
        return true;
      }
    };
  }

  /** Prints a message in the manner of the applet that has been built in. */
  static void complain(Interpreter shell, String message) {
    shell.printError(shell.state().name + ": " + message + "\n");
  }

  /**
   * An argument that is a count or a status.
   *
   * @throws ShellException if it is no number
   */
  static int number(String text) {
    if (!text.matches("[0-9]{1,9}")) {
      throw new ShellException("Illegal number: " + text, 2);
    }
    return Integer.parseInt(text);
  }
}
