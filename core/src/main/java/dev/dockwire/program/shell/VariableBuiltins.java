package dev.dockwire.program.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The builtins that set, show and forget variables, arguments and options of the shell. */
final class VariableBuiltins {

  private VariableBuiltins() {}

  static int export(Interpreter shell, List<String> words) {
    Variables variables = shell.state().variables;
    List<String> arguments = words.subList(1, words.size());
    if (arguments.isEmpty() || arguments.equals(List.of("-p"))) {
      variables.sorted().entrySet().stream()
          .filter(entry -> variables.isExported(entry.getKey()))
          .forEach(entry -> shell.print("export " + shown(entry)));
      return 0;
    }
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      String name = equals < 0 ? argument : argument.substring(0, equals);
      requireName(name);
      if (equals >= 0) {
        variables.set(name, argument.substring(equals + 1));
      }
      variables.export(name);
    }
    return 0;
  }

  private static String shown(Map.Entry<String, String> variable) {
    return variable.getKey() + "='" + variable.getValue().replace("'", "'\"'\"'") + "'\n";
  }

  private static void requireName(String name) {
    if (!Variables.isName(name)) {
      throw new ShellException(name + ": bad variable name", 2);
    }
  }

  static int set(Interpreter shell, List<String> words) {
    if (words.size() == 1) {
      shell.state().variables.sorted().entrySet().forEach(entry -> shell.print(shown(entry)));
      return 0;
    }
    List<String> rest = new ArrayList<>(words.subList(1, words.size()));
    while (!rest.isEmpty() && rest.getFirst().matches("[-+].+") && !rest.getFirst().equals("--")) {
      setFlags(shell.state(), rest.removeFirst());
    }
    boolean explicit = !rest.isEmpty() && rest.getFirst().equals("--");
    if (explicit || !rest.isEmpty()) {
      shell.state().variables.positional(explicit ? rest.subList(1, rest.size()) : rest);
    }
    return 0;
  }

  private static void setFlags(ShellState state, String flags) {
    boolean on = flags.charAt(0) == '-';
    for (char flag : flags.substring(1).toCharArray()) {
      switch (flag) {
        case 'e' -> state.exitOnError = on;
        case 'x' -> state.trace = on;
        default -> throw new ShellException("illegal option " + flags.charAt(0) + flag, 2);
      }
    }
  }

  static int shift(Interpreter shell, List<String> words) {
    List<String> positional = shell.state().variables.positional();
    int count = words.size() > 1 ? Builtin.number(words.get(1)) : 1;
    if (count > positional.size()) {
      return 1;
    }
    shell.state().variables.positional(positional.subList(count, positional.size()));
    return 0;
  }

  static int unset(Interpreter shell, List<String> words) {
    boolean functions = words.contains("-f");
    for (String name : words.subList(1, words.size())) {
      if (name.equals("-f") || name.equals("-v")) {
        continue;
      }
      requireName(name);
      if (functions) {
        shell.state().functions.remove(name);
      } else {
        shell.state().variables.unset(name);
      }
    }
    return 0;
  }

  static int read(Interpreter shell, List<String> words) {
    List<String> names = new ArrayList<>(words.subList(1, words.size()));
    boolean raw = names.remove("-r");
    if (names.size() > 1 && names.getFirst().equals("-p")) {
      shell.printError(names.get(1));
      names = names.subList(2, names.size());
    }
    if (names.isEmpty()) {
      names.add("REPLY");
    }
    for (String name : names) {
      if (!Variables.isName(name)) {
        Builtin.complain(shell, "read: '" + name + "': bad variable name");
        return 1;
      }
    }
    LineReader reader = new LineReader(shell.self(), shell.stdio().in());
    LineReader.Outcome outcome = reader.read();
    if (outcome == LineReader.Outcome.DISTURBED) {
      return 130;
    }
    String line = reader.take();
    boolean whole = line.endsWith("\n");
    line = whole ? line.substring(0, line.length() - 1) : line;
    assign(shell.state().variables, names, raw ? line : line.replaceAll("\\\\(.)", "$1"));
    return whole ? 0 : 1;
  }

  /** The last name gets what is left of the line. */
  private static void assign(Variables variables, List<String> names, String line) {
    String separators = variables.get("IFS").orElse(Variables.DEFAULT_IFS);
    String separator = separators.isEmpty() ? "(?!)" : "[" + Pattern.quote(separators) + "]+";
    String rest = line.replaceAll("^" + separator + "|" + separator + "$", "");
    for (int i = 0; i < names.size() - 1; i++) {
      String[] split = rest.split(separator, 2);
      variables.set(names.get(i), split[0]);
      rest = split.length > 1 ? split[1] : "";
    }
    variables.set(names.getLast(), rest);
  }
}
