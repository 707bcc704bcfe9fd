package dev.dockwire.program.dig;

import dev.dockwire.dns.DnsServer;
import dev.dockwire.dns.Question;
import dev.dockwire.dns.RecordType;
import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.host.Process;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/** What {@code dig} was told: options in any order, the name and the type where they fit. */
final class DigOptions {

  private static final String USAGE =
      """
      Usage:  dig [@global-server] [domain] [q-type] [q-class] {q-opt}
                  {global-d-opt} host [@local-server] {local-d-opt}
                  [ host [@local-server] {local-d-opt} [...]]

      Use "dig -h" (or "dig -h | more") for complete list of options
      """;

  private static final List<String> SECTIONS =
      List.of("cmd", "comments", "question", "answer", "authority", "additional", "stats");
  private static final Set<String> SWITCHES =
      new TreeSet<>(List.of("short", "tcp", "vc", "recurse", "edns", "ignore", "adflag", "search"));

  private final Process self;
  private final Set<String> shown = new TreeSet<>(SECTIONS);
  private final Set<String> on = new TreeSet<>(List.of("recurse", "edns", "adflag"));
  private String server = "";
  private String name = "";
  private int type;
  private int serverPort = DnsServer.SERVER_PORT;
  private int seconds = 5;
  private int tries = 3;

  private DigOptions(Process self) {
    this.self = self;
  }

  /** Reads the command line; what is wrong with it ends the process with status 1. */
  static DigOptions parse(Process self) {
    DigOptions options = new DigOptions(self);
    List<String> words = new ArrayList<>(self.arguments().subList(1, self.arguments().size()));
    while (!words.isEmpty()) {
      options.read(words.removeFirst(), words);
    }
    if (options.name.isEmpty()) {
      options.name = ".";
      options.type = options.type == 0 ? RecordType.NS : options.type;
    }
    options.type = options.type == 0 ? RecordType.A : options.type;
    if (!options.name.equals(".") && !Question.canAskFor(options.askedName())) {
      self.printError("dig: '" + options.name + "' is not a legal name (bad escape)\n");
      self.exit(10);
    }
    return options;
  }

  private void read(String word, List<String> rest) {
    if (word.startsWith("@")) {
      server = word.substring(1);
    } else if (word.startsWith("+")) {
      readSwitch(word.substring(1));
    } else if (word.startsWith("-") && word.length() > 1) {
      readLetter(word, rest);
    } else if (word.equalsIgnoreCase("IN") && !name.isEmpty()) {
      return;
    } else if (RecordText.type(word).isPresent() && type == 0) {
      type = RecordText.type(word).getAsInt();
    } else {
      name = word;
    }
  }

  private void readLetter(String word, List<String> rest) {
    char letter = word.charAt(1);
    if (letter == '4') {
      return;
    }
    if (letter == 'v') {
      self.printError("DiG " + Dig.VERSION + "\n");
      self.exit(0);
    }
    if ("xtqp".indexOf(letter) < 0) {
      self.printError("Invalid option: " + word + "\n" + USAGE);
      self.exit(1);
    }
    if (word.length() == 2 && rest.isEmpty()) {
      self.printError(USAGE);
      self.exit(1);
    }
    String value = word.length() > 2 ? word.substring(2) : rest.removeFirst();
    switch (letter) {
      case 'x' -> {
        if (!Ipv4Address.isAddress(value)) {
          self.printError("Invalid IP address " + value + "\n");
          self.exit(1);
        }
        name = Question.reverseName(Ipv4Address.parse(value));
        type = RecordType.PTR;
      }
      case 't' -> type = RecordText.type(value).orElse(RecordType.A);
      case 'q' -> name = value;
      default -> serverPort = number(value, 65_535);
    }
  }

  private void readSwitch(String text) {
    int equals = text.indexOf('=');
    String word = (equals < 0 ? text : text.substring(0, equals)).toLowerCase(Locale.ROOT);
    String value = equals < 0 ? "" : text.substring(equals + 1);
    boolean wanted = !word.startsWith("no");
    String plain = wanted ? word : word.substring(2);
    if (word.equals("time") || word.equals("timeout")) {
      seconds = Math.max(1, number(value, 1_000));
    } else if (word.equals("tries")) {
      tries = Math.max(1, number(value, 100));
    } else if (word.equals("retry")) {
      tries = number(value, 100) + 1;
    } else if (plain.equals("all")) {
      shown.clear();
      shown.addAll(wanted ? SECTIONS : List.of());
    } else if (SECTIONS.contains(plain)) {
      set(shown, plain, wanted);
    } else if (SWITCHES.contains(plain)) {
      set(on, plain.equals("vc") ? "tcp" : plain, wanted);
    } else {
      self.printError("Invalid option: +" + text + "\n" + USAGE);
      self.exit(1);
    }
  }

  private static void set(Set<String> of, String word, boolean wanted) {
    if (wanted) {
      of.add(word);
    } else {
      of.remove(word);
    }
  }

  private int number(String value, int max) {
    if (!value.matches("[0-9]{1,6}") || Integer.parseInt(value) > max) {
      self.printError("Couldn't parse '" + value + "'\n");
      self.exit(1);
    }
    return Integer.parseInt(value);
  }

  boolean isOn(String word) {
    return on.contains(word);
  }

  boolean shows(String section) {
    return shown.contains(section) && !isOn("short");
  }

  /** Whom to ask; empty for the servers of {@code /etc/resolv.conf}. */
  String server() {
    return server;
  }

  Question question() {
    return Question.of(askedName(), type);
  }

  private String askedName() {
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }

  int serverPort() {
    return serverPort;
  }

  long patienceNanos() {
    return TimeUnit.SECONDS.toNanos(seconds);
  }

  int tries() {
    return tries;
  }
}
