package dev.dockwire.program.shell;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A shell's variables, which of them its children get, and its positional parameters. */
final class Variables {

  static final String DEFAULT_IFS = " \t\n";

  /**
   * The most characters that a value, what a command substitution prints, or the arguments of one
   * command may have together: a script that doubles a variable for ever must not take the memory
   * of all other hosts.
   */
  static final int MAX_LENGTH = 1 << 20;

  private final Map<String, String> values;
  private final Set<String> exported;
  private List<String> positional = List.of();

  /** Begins with an environment, all of which is exported. */
  Variables(Map<String, String> environment) {
    values = new LinkedHashMap<>(environment);
    exported = new LinkedHashSet<>(environment.keySet());
  }

  /** A subshell's own copy. */
  Variables(Variables other) {
    values = new LinkedHashMap<>(other.values);
    exported = new LinkedHashSet<>(other.exported);
    positional = other.positional;
  }

  static boolean isName(String text) {
    if (text.isEmpty() || Character.isDigit(text.charAt(0))) {
      return false;
    }
    return text.chars().allMatch(c -> isNamePart((char) c));
  }

  static boolean isNamePart(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_';
  }

  Optional<String> get(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /**
   * Sets a variable.
   *
   * @throws ShellException if the value is too long
   */
  void set(String name, String value) {
    if (value.length() > MAX_LENGTH) {
      throw ShellException.outOfMemory();
    }
    values.put(name, value);
  }

  void export(String name) {
    exported.add(name);
  }

  void unset(String name) {
    values.remove(name);
    exported.remove(name);
  }

  boolean isExported(String name) {
    return exported.contains(name);
  }

  List<String> positional() {
    return positional;
  }

  void positional(List<String> parameters) {
    positional = List.copyOf(parameters);
  }

  /** What a child gets, in the order of setting. */
  Map<String, String> environment() {
    Map<String, String> environment = new LinkedHashMap<>();
    values.forEach(
        (name, value) -> {
          if (exported.contains(name)) {
            environment.put(name, value);
          }
        });
    return environment;
  }

  /** All of them by name. */
  Map<String, String> sorted() {
    return new TreeMap<>(values);
  }
}
