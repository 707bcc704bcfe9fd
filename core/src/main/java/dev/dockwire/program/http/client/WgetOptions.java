package dev.dockwire.program.http.client;

import dev.dockwire.host.Process;
import dev.dockwire.program.applet.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The command line of BusyBox's wget; what is wrong with it ends the process with its usage. */
final class WgetOptions {

  private static final Usage USAGE =
      new Usage(
          "wget",
          """
          wget [-cqS] [--spider] [-O FILE] [-o LOGFILE] [--header STR]
          \t[--post-data STR] [-Y on/off]
          \t[--no-check-certificate] [-P DIR] [-U AGENT] [-T SEC] URL...

          Retrieve files via HTTP or FTP

          \t--spider\tOnly check URL existence: $? is 0 if exists
          \t--header STR\tAdd STR (of form 'header: value') to headers
          \t--post-data STR\tSend STR using POST method
          \t--no-check-certificate\tDon't validate the server's certificate
          \t-c\t\tContinue retrieval of aborted transfer
          \t-q\t\tQuiet
          \t-P DIR\t\tSave to DIR (default .)
          \t-S    \t\tShow server response
          \t-T SEC\t\tNetwork read timeout is SEC seconds
          \t-O FILE\t\tSave to FILE ('-' for stdout)
          \t-o LOGFILE\tLog messages to FILE
          \t-U STR\t\tUse STR for User-Agent header
          \t-Y on/off\tUse proxy
          """);

  private static final String LETTERS_WITH_VALUE = "OoPUTY";

  boolean quiet;
  boolean spider;
  boolean showResponse;
  Optional<String> output = Optional.empty();
  Optional<String> logFile = Optional.empty();
  Optional<String> directory = Optional.empty();
  Optional<String> postData = Optional.empty();
  String agent = "Wget";
  long timeoutSeconds = 900;
  final List<String> fields = new ArrayList<>(0);
  final List<String> urls = new ArrayList<>(1);

  private final Process self;

  private WgetOptions(Process self) {
    this.self = self;
  }

  static WgetOptions parse(Process self) {
    WgetOptions options = new WgetOptions(self);
    List<String> arguments = self.arguments();
    boolean optionsEnded = false;
    for (int i = 1; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (optionsEnded || argument.length() < 2 || argument.charAt(0) != '-') {
        options.urls.add(argument);
      } else if (argument.equals("--")) {
        optionsEnded = true;
      } else if (argument.startsWith("--")) {
        i = options.takeLong(arguments, i);
      } else {
        i = options.takeLetters(arguments, i);
      }
    }
    if (options.urls.isEmpty()) {
      USAGE.show(self, 1);
    }
    return options;
  }

  private int takeLong(List<String> arguments, int index) {
    String argument = arguments.get(index);
    int equals = argument.indexOf('=');
    String name = equals < 0 ? argument.substring(2) : argument.substring(2, equals);
    switch (name) {
      case "spider" -> spider = true;
      case "quiet" -> quiet = true;
      case "server-response" -> showResponse = true;
      case "no-check-certificate", "continue" -> {
        // Nothing here is encrypted, and nothing is left half done.
      }
      case "header", "post-data", "output-document", "user-agent", "timeout" -> {
        if (equals < 0 && index + 1 == arguments.size()) {
          reject("option requires an argument: " + name);
        }
        String value = equals < 0 ? arguments.get(index + 1) : argument.substring(equals + 1);
        takeValue(name, value);
        return equals < 0 ? index + 1 : index;
      }
      default -> reject("unrecognized option: " + name);
    }
    return index;
  }

  private int takeLetters(List<String> arguments, int index) {
    String argument = arguments.get(index);
    for (int i = 1; i < argument.length(); i++) {
      char letter = argument.charAt(i);
      if (LETTERS_WITH_VALUE.indexOf(letter) >= 0) {
        if (i + 1 < argument.length()) {
          takeValue(Character.toString(letter), argument.substring(i + 1));
          return index;
        }
        if (index + 1 == arguments.size()) {
          reject("option requires an argument: " + letter);
        }
        takeValue(Character.toString(letter), arguments.get(index + 1));
        return index + 1;
      }
      switch (letter) {
        case 'q' -> quiet = true;
        case 'S' -> showResponse = true;
        case 'c' -> {
          // Nothing is left half done.
        }
        default -> reject("unrecognized option: " + letter);
      }
    }
    return index;
  }

  private void takeValue(String name, String value) {
    switch (name) {
      case "header" -> fields.add(value);
      case "post-data" -> postData = Optional.of(value);
      case "o" -> logFile = Optional.of(value);
      case "O", "output-document" -> output = Optional.of(value);
      case "P" -> directory = Optional.of(value);
      case "U", "user-agent" -> agent = value;
      case "T", "timeout" -> timeoutSeconds = seconds(value);
      default -> {
        // There are no proxies here.
      }
    }
  }

  private long seconds(String value) {
    if (!value.matches("[0-9]{1,9}")) {
      USAGE.fail(self, "invalid number '" + value + "'");
    }
    return Long.parseLong(value);
  }

  private void reject(String message) {
    USAGE.complain(self, message);
    USAGE.show(self, 1);
  }
}
