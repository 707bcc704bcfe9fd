package dev.dockwire.tools.docker.flag;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The options of one docker command, with the grammar and the error texts of pflag, the Go library
 * that docker uses: {@code --name x}, {@code --name=x}, {@code -e x}, {@code -itd}, {@code --}.
 */
public final class Flags {

  /** What a flag takes. */
  private enum Kind {
    BOOL,
    STRING,
    INT,
    LIST,
    STRINGS,
    FILTER
  }

  /** One flag; {@code shorthand} is 0 if it has none. */
  private record Flag(String name, char shorthand, Kind kind, String type, String usage) {}

  /** Looks at a value before it is taken; the message of its refusal follows the flag's name. */
  @FunctionalInterface
  public interface Check {
    void check(String value) throws UsageException;
  }

  private final Map<String, Check> checks = new LinkedHashMap<>();
  private final Map<String, Flag> byName = new TreeMap<>();
  private final Map<String, String> hiddenNames = new LinkedHashMap<>();
  private final Map<Character, Flag> byShorthand = new LinkedHashMap<>();
  private final Map<String, List<String>> values = new LinkedHashMap<>();
  private final List<String> positional = new ArrayList<>();

  public Flags bool(String name, char shorthand, String usage) {
    return add(new Flag(name, shorthand, Kind.BOOL, "", usage));
  }

  public Flags string(String name, char shorthand, String usage) {
    return add(new Flag(name, shorthand, Kind.STRING, "string", usage));
  }

  public Flags integer(String name, char shorthand, String usage) {
    return add(new Flag(name, shorthand, Kind.INT, "int", usage));
  }

  /** A flag that may be given several times. */
  public Flags list(String name, char shorthand, String usage) {
    return list(name, shorthand, "list", usage);
  }

  /**
   * A flag that may be given several times.
   *
   * @param type what the help calls its value
   */
  public Flags list(String name, char shorthand, String type, String usage) {
    return add(new Flag(name, shorthand, Kind.LIST, type, usage));
  }

  /** A flag that may be given several times, or once with values joined by commas. */
  public Flags strings(String name, char shorthand, String usage) {
    return add(new Flag(name, shorthand, Kind.STRINGS, "strings", usage));
  }

  /** Has the values of a flag looked at while they are read. */
  public Flags check(String name, Check check) {
    checks.put(name, check);
    return this;
  }

  /** A flag that takes {@code key=value} and may be given several times. */
  public Flags filter(String name, char shorthand, String usage) {
    return add(new Flag(name, shorthand, Kind.FILTER, "filter", usage));
  }

  /** Another name of a flag, which the help does not list. */
  public Flags alias(String alias, String name) {
    hiddenNames.put(alias, name);
    return this;
  }

  private Flags add(Flag flag) {
    byName.put(flag.name(), flag);
    if (flag.shorthand() != 0) {
      byShorthand.put(flag.shorthand(), flag);
    }
    return this;
  }

  /**
   * Reads a command line.
   *
   * @param interspersed whether flags may follow the first argument
   */
  public void parse(List<String> arguments, boolean interspersed) throws UsageException {
    int next = 0;
    while (next < arguments.size()) {
      String argument = arguments.get(next++);
      if (argument.equals("--")) {
        positional.addAll(arguments.subList(next, arguments.size()));
        return;
      }
      if (argument.startsWith("--")) {
        next = parseLong(argument.substring(2), arguments, next);
      } else if (argument.startsWith("-") && argument.length() > 1) {
        next = parseShort(argument, arguments, next);
      } else {
        positional.add(argument);
        if (!interspersed) {
          positional.addAll(arguments.subList(next, arguments.size()));
          return;
        }
      }
    }
  }

  private int parseLong(String text, List<String> arguments, int next) throws UsageException {
    int equals = text.indexOf('=');
    String name = equals < 0 ? text : text.substring(0, equals);
    Flag flag = byName.get(hiddenNames.getOrDefault(name, name));
    if (flag == null) {
      throw new UsageException("unknown flag: --" + name);
    }
    if (equals >= 0) {
      set(flag, text.substring(equals + 1));
    } else if (flag.kind() == Kind.BOOL) {
      set(flag, "true");
    } else if (next < arguments.size()) {
      set(flag, arguments.get(next));
      return next + 1;
    } else {
      throw new UsageException("flag needs an argument: --" + name);
    }
    return next;
  }

  private int parseShort(String argument, List<String> arguments, int next) throws UsageException {
    for (int i = 1; i < argument.length(); i++) {
      char shorthand = argument.charAt(i);
      String here = "-" + argument.substring(i);
      Flag flag = byShorthand.get(shorthand);
      if (flag == null) {
        throw new UsageException("unknown shorthand flag: '" + shorthand + "' in " + here);
      }
      String rest = argument.substring(i + 1);
      if (rest.startsWith("=")) {
        set(flag, rest.substring(1));
        return next;
      }
      if (flag.kind() == Kind.BOOL) {
        set(flag, "true");
      } else if (!rest.isEmpty()) {
        set(flag, rest);
        return next;
      } else if (next < arguments.size()) {
        set(flag, arguments.get(next));
        return next + 1;
      } else {
        throw new UsageException("flag needs an argument: '" + shorthand + "' in " + here);
      }
    }
    return next;
  }

  private void set(Flag flag, String value) throws UsageException {
    if (flag.kind() == Kind.INT && !value.matches("[-+]?[0-9]{1,18}")) {
      throw notParsed(flag, value, "strconv.ParseInt");
    }
    if (flag.kind() == Kind.BOOL
        && !value.matches("1|t|T|TRUE|true|True|0|f|F|FALSE|false|False")) {
      throw notParsed(flag, value, "strconv.ParseBool");
    }
    if (flag.kind() == Kind.FILTER && value.indexOf('=') < 0) {
      throw invalid(flag, value, "bad format of filter (expected name=value)");
    }
    Check check = checks.get(flag.name());
    if (check != null) {
      try {
        check.check(value);
      } catch (UsageException e) {
        throw invalid(flag, value, e.getMessage());
      }
    }
    List<String> set = values.computeIfAbsent(flag.name(), _ -> new ArrayList<>());
    switch (flag.kind()) {
      case LIST, FILTER -> set.add(value);
      case STRINGS -> set.addAll(List.of(value.split(",", -1)));
      default -> {
        set.clear();
        set.add(value);
      }
    }
  }

  public boolean isEmpty() {
    return byName.isEmpty();
  }

  private static UsageException notParsed(Flag flag, String value, String parser) {
    return invalid(flag, value, parser + ": parsing \"" + value + "\": invalid syntax");
  }

  private static UsageException invalid(Flag flag, String value, String reason) {
    String shown =
        flag.shorthand() == 0 ? "--" + flag.name() : "-" + flag.shorthand() + ", --" + flag.name();
    return new UsageException(
        "invalid argument \"" + value + "\" for \"" + shown + "\" flag: " + reason);
  }

  public boolean isSet(String name) {
    return values.containsKey(name);
  }

  public boolean isTrue(String name) {
    return string(name).map(value -> value.matches("1|[tT].*")).orElse(false);
  }

  /** Whether a flag that is on by default has not been switched off. */
  public boolean isTrueByDefault(String name) {
    return !isSet(name) || isTrue(name);
  }

  public Optional<String> string(String name) {
    return list(name).stream().findFirst();
  }

  public Optional<Long> integer(String name) {
    return string(name).map(Long::parseLong);
  }

  public List<String> list(String name) {
    return values.getOrDefault(name, List.of());
  }

  public List<String> positional() {
    return positional;
  }

  /** The options as {@code --help} lists them, sorted by name, wrapped to 80 columns. */
  public String usages() {
    int width = byName.values().stream().mapToInt(flag -> head(flag).length()).max().orElse(0);
    StringBuilder text = new StringBuilder();
    for (Flag flag : byName.values()) {
      String head = head(flag);
      text.append(head).append(" ".repeat(width - head.length() + 3));
      text.append(String.join("\n" + " ".repeat(width + 3), wrap(flag.usage(), 76 - width)));
      text.append('\n');
    }
    return text.toString();
  }

  private static String head(Flag flag) {
    String shorthand = flag.shorthand() == 0 ? "      " : "  -" + flag.shorthand() + ", ";
    String type = flag.type().isEmpty() ? "" : " " + flag.type();
    return shorthand + "--" + flag.name() + type;
  }

  /** Breaks at the last blank that leaves five columns of slack, as pflag does. */
  private static List<String> wrap(String text, int width) {
    List<String> lines = new ArrayList<>();
    for (String paragraph : text.split("\n")) {
      String rest = paragraph;
      while (rest.length() >= width) {
        int blank = rest.lastIndexOf(' ', width - 6);
        if (blank <= 0) {
          break;
        }
        lines.add(rest.substring(0, blank));
        rest = rest.substring(blank + 1);
      }
      lines.add(rest);
    }
    return lines;
  }
}
