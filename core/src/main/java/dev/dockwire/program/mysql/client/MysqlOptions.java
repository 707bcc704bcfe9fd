package dev.dockwire.program.mysql.client;

import dev.dockwire.host.Process;
import dev.dockwire.host.Tty;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The command line that {@code mysql} and {@code mysqladmin} share. */
final class MysqlOptions {

  private static final int UNKNOWN_OPTION = 7;
  private static final int UNKNOWN_OPTION_STATUS = 2;

  Optional<String> host = Optional.empty();
  int tcpPort = 3306;
  String user = "root";
  String password = "";
  Optional<String> database = Optional.empty();
  Optional<String> execute = Optional.empty();
  long connectTimeoutNanos;
  boolean table;
  boolean batch;
  boolean vertical;
  boolean force;
  boolean silent;
  boolean raw;
  boolean skipNames;
  boolean version;
  final List<String> words = new ArrayList<>(1);

  private final Process self;
  private final String program;
  private boolean tcp;
  private boolean asksForPassword;
  private boolean passwordShown;

  private MysqlOptions(Process self, String program) {
    this.self = self;
    this.program = program;
  }

  static MysqlOptions parse(Process self, String program) {
    MysqlOptions options = new MysqlOptions(self, program);
    options.password = self.environment().getOrDefault("MYSQL_PWD", "");
    options.host = Optional.ofNullable(self.environment().get("MYSQL_HOST"));
    List<String> words = self.arguments();
    int i = 1;
    while (i < words.size()) {
      String word = words.get(i);
      if (word.startsWith("--")) {
        i = options.takeLong(words, i);
      } else if (word.startsWith("-") && word.length() > 1) {
        i = options.takeLetters(words, i);
      } else {
        options.words.add(word);
        i++;
      }
    }
    if (options.passwordShown && !options.version) {
      self.printError(
          program
              + ": [Warning] Using a password on the command line interface can be insecure.\n");
    }
    if (options.asksForPassword) {
      options.password = askForPassword(self);
    }
    return options;
  }

  private int takeLong(List<String> words, int index) {
    String word = words.get(index).substring(2);
    int equals = word.indexOf('=');
    String name = (equals < 0 ? word : word.substring(0, equals)).replace('_', '-');
    Optional<String> value =
        equals < 0 ? Optional.empty() : Optional.of(word.substring(equals + 1));
    if (takeSwitch(name) || takeIgnored(name)) {
      return index + 1;
    }
    if (name.equals("password")) {
      takePassword(value);
      return index + 1;
    }
    if (value.isPresent()) {
      takeValue(name, words.get(index), value.get());
      return index + 1;
    }
    takeValue(name, words.get(index), index + 1 < words.size() ? words.get(index + 1) : null);
    return index + 2;
  }

  private int takeLetters(List<String> words, int index) {
    String word = words.get(index);
    for (int i = 1; i < word.length(); i++) {
      String name = nameOf(word.charAt(i));
      String rest = word.substring(i + 1);
      if (takeSwitch(name) || takeIgnored(name)) {
        continue;
      }
      if (name.equals("password")) {
        takePassword(rest.isEmpty() ? Optional.empty() : Optional.of(rest));
        return index + 1;
      }
      String shown = "-" + word.charAt(i);
      if (!rest.isEmpty()) {
        takeValue(name, shown, rest);
        return index + 1;
      }
      takeValue(name, shown, index + 1 < words.size() ? words.get(index + 1) : null);
      return index + 2;
    }
    return index + 1;
  }

  private String nameOf(char letter) {
    return switch (letter) {
      case 'h' -> "host";
      case 'P' -> "port";
      case 'u' -> "user";
      case 'p' -> "password";
      case 'D' -> "database";
      case 'e' -> "execute";
      case 't' -> "table";
      case 'B' -> "batch";
      case 's' -> "silent";
      case 'r' -> "raw";
      case 'N' -> "skip-column-names";
      case 'E' -> "vertical";
      case 'f' -> "force";
      case 'V' -> "version";
      case 'A' -> "no-auto-rehash";
      case 'v' -> "verbose";
      case 'S' -> "socket";
      default -> {
        self.printError(program + ": [ERROR] unknown option '-" + letter + "'\n");
        self.exit(UNKNOWN_OPTION);
        yield "";
      }
    };
  }

  private boolean takeSwitch(String name) {
    switch (name) {
      case "table" -> table = true;
      case "batch" -> batch = true;
      case "silent" -> silent = true;
      case "raw" -> raw = true;
      case "skip-column-names" -> skipNames = true;
      case "vertical" -> vertical = true;
      case "force" -> force = true;
      case "version" -> version = true;
      default -> {
        return false;
      }
    }
    return true;
  }

  /** Options that say what is the case here anyway. */
  private static boolean takeIgnored(String name) {
    return switch (name) {
      case "no-auto-rehash",
          "verbose",
          "get-server-public-key",
          "compress",
          "no-defaults",
          "ssl-mode",
          "default-character-set",
          "no-beep",
          "line-numbers" ->
          true;
      default -> false;
    };
  }

  private void takePassword(Optional<String> value) {
    asksForPassword = value.isEmpty();
    passwordShown = value.isPresent();
    password = value.orElse("");
  }

  private void takeValue(String name, String shown, String value) {
    if (value == null) {
      self.printError(
          program + ": [ERROR] " + program + ": option '" + shown + "' requires an argument.\n");
      self.exit(UNKNOWN_OPTION_STATUS);
    }
    switch (name) {
      case "host" -> host = Optional.of(value);
      case "user" -> user = value;
      case "database" -> database = Optional.of(value);
      case "execute" -> execute = Optional.of(value);
      case "protocol" -> tcp = value.equalsIgnoreCase("tcp");
      case "socket" -> tcp = false;
      case "port" -> tcpPort = number(name, value);
      case "connect-timeout" -> connectTimeoutNanos = TimeUnit.SECONDS.toNanos(number(name, value));
      default -> {
        self.printError(program + ": [ERROR] unknown option '" + shown + "'\n");
        self.exit(UNKNOWN_OPTION);
      }
    }
  }

  private int number(String name, String value) {
    if (!value.matches("[0-9]{1,5}")) {
      self.printError(
          program
              + ": [ERROR] Unknown suffix used for variable '"
              + name
              + "' (value '"
              + value
              + "')\n");
      self.exit(1);
    }
    return Integer.parseInt(value);
  }

  private static String askForPassword(Process self) {
    Optional<Tty> tty = self.stdio().in().tty();
    self.printError("Enter password: ");
    tty.ifPresent(terminal -> terminal.raw(true));
    StringBuilder typed = new StringBuilder();
    byte[] key = new byte[1];
    try {
      while (self.stdio().in().read(self, key, 0, 1) > 0 && key[0] != '\r' && key[0] != '\n') {
        typed.append((char) (key[0] & 0xff));
      }
    } finally {
      tty.ifPresent(terminal -> terminal.raw(false));
    }
    self.printError("\n");
    return typed.toString();
  }

  /** Whether the real program would use the Unix socket. */
  boolean usesSocket() {
    return !tcp && host.map(name -> name.equals("localhost")).orElse(true);
  }
}
