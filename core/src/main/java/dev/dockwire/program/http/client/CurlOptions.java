package dev.dockwire.program.http.client;

import dev.dockwire.host.FileTree;
import dev.dockwire.host.Process;
import dev.dockwire.host.SystemCallException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The command line of curl; what is wrong with it ends the process with status 2. */
final class CurlOptions {

  /** A letter of each option that has one; the others are known by their names alone. */
  private static final Map<Character, String> LETTERS =
      Map.ofEntries(
          Map.entry('0', "http1.0"),
          Map.entry('4', "ipv4"),
          Map.entry('A', "user-agent"),
          Map.entry('d', "data"),
          Map.entry('e', "referer"),
          Map.entry('f', "fail"),
          Map.entry('G', "get"),
          Map.entry('H', "header"),
          Map.entry('I', "head"),
          Map.entry('i', "include"),
          Map.entry('k', "insecure"),
          Map.entry('L', "location"),
          Map.entry('m', "max-time"),
          Map.entry('N', "no-buffer"),
          Map.entry('O', "remote-name"),
          Map.entry('o', "output"),
          Map.entry('q', "disable"),
          Map.entry('S', "show-error"),
          Map.entry('s', "silent"),
          Map.entry('u', "user"),
          Map.entry('V', "version"),
          Map.entry('v', "verbose"),
          Map.entry('w', "write-out"),
          Map.entry('X', "request"));

  /** Where a body goes: a file, or one named as the last part of the address. */
  record Target(Optional<String> path) {}

  boolean silent;
  boolean showError;
  boolean fail;
  boolean failWithBody;
  boolean include;
  boolean head;
  boolean verbose;
  boolean follow;
  boolean dataInTarget;
  boolean oldHttp;
  boolean version;
  boolean retryRefused;
  int maxRedirects = 50;
  int retries;
  long retryDelaySeconds;
  long maxNanos;
  long connectNanos = 300_000_000_000L;
  String agent = "curl/" + Curl.VERSION;
  Optional<String> method = Optional.empty();
  Optional<String> data = Optional.empty();
  Optional<String> referer = Optional.empty();
  Optional<String> credentials = Optional.empty();
  Optional<String> writeOut = Optional.empty();
  final List<String> fields = new ArrayList<>(0);
  final List<String> urls = new ArrayList<>(1);
  final List<Target> targets = new ArrayList<>(0);

  /** Addresses by {@code host:port}. */
  final Map<String, String> resolved = new LinkedHashMap<>(0);

  private final Process self;

  private CurlOptions(Process self) {
    this.self = self;
  }

  static CurlOptions parse(Process self) {
    CurlOptions options = new CurlOptions(self);
    List<String> words = self.arguments();
    boolean optionsEnded = false;
    for (int i = 1; i < words.size(); i++) {
      String word = words.get(i);
      if (optionsEnded || word.length() < 2 || word.charAt(0) != '-') {
        options.urls.add(word);
      } else if (word.equals("--")) {
        optionsEnded = true;
      } else if (word.startsWith("--")) {
        i = options.take(word.substring(2), word, Optional.empty(), words, i);
      } else {
        i = options.takeLetters(word, words, i);
      }
    }
    if (options.urls.isEmpty() && !options.version) {
      options.reject("no URL specified!");
    }
    if (options.targets.size() > options.urls.size() && !options.silent) {
      self.printError("Warning: Got more output options than URLs\n");
    }
    return options;
  }

  private int takeLetters(String word, List<String> words, int index) {
    for (int i = 1; i < word.length(); i++) {
      String name = LETTERS.get(word.charAt(i));
      String shown = "-" + word.charAt(i);
      if (name == null) {
        reject("option " + shown + ": is unknown");
      }
      if (takeSwitch(name)) {
        continue;
      }
      String rest = word.substring(i + 1);
      return take(name, shown, rest.isEmpty() ? Optional.empty() : Optional.of(rest), words, index);
    }
    return index;
  }

  /**
   * Takes an option.
   *
   * @param value if it stands in the same word
   * @return the index of the last word taken
   */
  private int take(
      String name, String shown, Optional<String> value, List<String> words, int index) {
    if (takeSwitch(name)) {
      return index;
    }
    if (value.isPresent()) {
      takeValue(name, shown, value.get());
      return index;
    }
    boolean atEnd = index + 1 == words.size();
    takeValue(name, shown, atEnd ? null : words.get(index + 1));
    return index + 1;
  }

  private boolean takeSwitch(String name) {
    switch (name) {
      case "silent" -> silent = true;
      case "show-error" -> showError = true;
      case "fail" -> fail = true;
      case "fail-with-body" -> failWithBody = true;
      case "include" -> include = true;
      case "head" -> head = true;
      case "verbose" -> verbose = true;
      case "location" -> follow = true;
      case "get" -> dataInTarget = true;
      case "http1.0" -> oldHttp = true;
      case "version" -> version = true;
      case "remote-name" -> targets.add(new Target(Optional.empty()));
      case "retry-connrefused" -> retryRefused = true;
      case "http1.1", "ipv4", "insecure", "no-buffer", "disable", "no-keepalive" -> {
        // As it is here anyway.
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private void takeValue(String name, String shown, String value) {
    switch (name) {
      case "output" -> targets.add(new Target(Optional.of(required(shown, value))));
      case "write-out" -> writeOut = Optional.of(required(shown, value));
      case "request" -> method = Optional.of(required(shown, value));
      case "data", "data-ascii" -> addData(required(shown, value), true);
      case "data-binary" -> addData(required(shown, value), false);
      case "data-raw" -> append(required(shown, value));
      case "header" -> fields.add(required(shown, value));
      case "user-agent" -> agent = required(shown, value);
      case "referer" -> referer = Optional.of(required(shown, value));
      case "user" -> credentials = Optional.of(required(shown, value));
      case "url" -> urls.add(required(shown, value));
      case "max-time" -> maxNanos = nanos(shown, required(shown, value));
      case "connect-timeout" -> connectNanos = nanos(shown, required(shown, value));
      case "max-redirs" -> maxRedirects = (int) number(shown, required(shown, value));
      case "retry" -> retries = (int) number(shown, required(shown, value));
      case "retry-delay" -> retryDelaySeconds = number(shown, required(shown, value));
      case "resolve" -> addResolved(required(shown, value));
      default -> reject("option " + shown + ": is unknown");
    }
  }

  private String required(String shown, String value) {
    if (value == null) {
      reject("option " + shown + ": requires parameter");
    }
    return value;
  }

  private void addData(String value, boolean asText) {
    if (!value.startsWith("@")) {
      append(value);
      return;
    }
    String path = value.substring(1);
    try {
      byte[] content = self.host().files().read(FileTree.resolve(self.workingDirectory(), path));
      String text = new String(content, StandardCharsets.UTF_8);
      append(asText ? text.replaceAll("[\r\n\0]", "") : text);
    } catch (SystemCallException e) {
      if (!silent) {
        self.printError(
            "Warning: Couldn't read data from file \""
                + path
                + "\", this makes an empty \nWarning: POST.\n");
      }
      append("");
    }
  }

  private void append(String value) {
    data = Optional.of(data.map(before -> before + "&" + value).orElse(value));
  }

  /** Takes {@code host:port:address}. */
  private void addResolved(String value) {
    String[] parts = value.replaceFirst("^\\+", "").split(":", 3);
    if (parts.length < 3) {
      self.printError("curl: (49) Couldn't parse CURLOPT_RESOLVE entry '" + value + "'\n");
      self.exit(49);
    }
    resolved.put(parts[0] + ":" + parts[1], parts[2].replaceFirst(",.*", ""));
  }

  private long number(String shown, String value) {
    if (!value.matches("[0-9]{1,9}")) {
      reject("option " + shown + ": expected a proper numerical parameter");
    }
    return Long.parseLong(value);
  }

  private long nanos(String shown, String value) {
    if (!value.matches("[0-9]{1,9}(\\.[0-9]{1,9})?")) {
      reject("option " + shown + ": expected a proper numerical parameter");
    }
    return (long) (Double.parseDouble(value) * 1e9);
  }

  private void reject(String message) {
    self.printError(
        "curl: " + message + "\ncurl: try 'curl --help' or 'curl --manual' for more information\n");
    self.exit(CurlException.USAGE);
  }
}
