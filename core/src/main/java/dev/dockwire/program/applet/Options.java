package dev.dockwire.program.applet;

import dev.dockwire.host.Process;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The options of a command line, read as musl's getopt does: options may stand anywhere before
 * {@code --}, letters may be joined, a value may follow its letter directly.
 */
public final class Options {

  private final Process self;
  private final Usage usage;
  private final Map<Character, List<String>> values = new LinkedHashMap<>(4);
  private final Map<Character, Integer> counts = new LinkedHashMap<>(4);
  private final List<String> operands = new ArrayList<>(2);

  private Options(Process self, Usage usage) {
    this.self = self;
    this.usage = usage;
  }

  /**
   * Reads the process's arguments. What is wrong with them is printed with the usage, and the
   * process ends with status 1.
   *
   * @param letters the letters that are options, each with a colon after it if it has a value; a
   *     plus sign before them has the first operand end the options
   */
  public static Options parse(Process self, Usage usage, String letters) {
    return parse(self, self.arguments(), usage, letters);
  }

  /** Reads only some of the process's arguments, after the first. */
  public static Options parse(Process self, List<String> arguments, Usage usage, String letters) {
    Options options = new Options(self, usage);
    if (arguments.size() == 2 && arguments.get(1).equals("--help")) {
      usage.show(self, 0);
    }
    options.parse(arguments, letters);
    return options;
  }

  private void parse(List<String> arguments, String letters) {
    for (int i = 1; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (argument.equals("--")) {
        operands.addAll(arguments.subList(i + 1, arguments.size()));
        return;
      }
      if (argument.length() < 2 || argument.charAt(0) != '-') {
        if (letters.startsWith("+")) {
          operands.addAll(arguments.subList(i, arguments.size()));
          return;
        }
        operands.add(argument);
      } else if (argument.startsWith("--")) {
        reject("unrecognized option: " + argument.substring(2));
      } else {
        i = parseLetters(arguments, i, letters);
      }
    }
  }

  /** Reads the letters in one argument; returns the index of the last argument they took. */
  private int parseLetters(List<String> arguments, int index, String letters) {
    String argument = arguments.get(index);
    for (int i = 1; i < argument.length(); i++) {
      char letter = argument.charAt(i);
      int known = letter == ':' || letter == '+' ? -1 : letters.indexOf(letter);
      if (known < 0) {
        reject("unrecognized option: " + letter);
      }
      List<String> given = values.computeIfAbsent(letter, _ -> new ArrayList<>(1));
      counts.merge(letter, 1, Integer::sum);
      if (known + 1 < letters.length() && letters.charAt(known + 1) == ':') {
        if (i + 1 < argument.length()) {
          given.add(argument.substring(i + 1));
          return index;
        }
        if (index + 1 == arguments.size()) {
          reject("option requires an argument: " + letter);
        }
        given.add(arguments.get(index + 1));
        return index + 1;
      }
    }
    return index;
  }

  private void reject(String message) {
    usage.complain(self, message);
    usage.show(self, 1);
  }

  public boolean has(char letter) {
    return values.containsKey(letter);
  }

  /** How often an option was given. */
  public int count(char letter) {
    return counts.getOrDefault(letter, 0);
  }

  /** The last value that an option was given. */
  public Optional<String> value(char letter) {
    return has(letter) ? Optional.of(values.get(letter).getLast()) : Optional.empty();
  }

  /** All values that an option was given. */
  public List<String> values(char letter) {
    return values.getOrDefault(letter, List.of());
  }

  /** The value of an option as a number of at least 0; a bad one ends the process. */
  public long number(char letter, long otherwise, long max) {
    return value(letter).map(text -> number(text, max)).orElse(otherwise);
  }

  public long number(String text, long max) {
    if (!text.matches("[0-9]{1,18}")) {
      usage.fail(self, "invalid number '" + text + "'");
    }
    long number = Long.parseLong(text);
    if (number > max) {
      usage.fail(self, "number " + text + " is not in 0.." + max + " range");
    }
    return number;
  }

  public List<String> operands() {
    return operands;
  }
}
