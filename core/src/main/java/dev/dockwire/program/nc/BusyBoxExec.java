package dev.dockwire.program.nc;

import java.util.ArrayList;
import java.util.List;

/** {@code -e PROG ARGS}, which ends the options, alone or behind letters that take no value. */
final class BusyBoxExec {

  private static final String LONE = "-[nuvlkz]*e";

  private BusyBoxExec() {}

  /** Where the option stands among the arguments; -1 if nowhere. */
  static int indexIn(List<String> arguments) {
    for (int i = 1; i < arguments.size() - 1; i++) {
      if (arguments.get(i).matches(LONE)) {
        return i;
      }
    }
    return -1;
  }

  /** The arguments before the program to run. */
  static List<String> ownArguments(List<String> arguments, int execAt) {
    if (execAt < 0) {
      return arguments;
    }
    List<String> own = new ArrayList<>(arguments.subList(0, execAt));
    String letters = arguments.get(execAt);
    if (letters.length() > 2) {
      own.add(letters.substring(0, letters.length() - 1));
    }
    return own;
  }
}
