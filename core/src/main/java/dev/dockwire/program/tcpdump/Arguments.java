package dev.dockwire.program.tcpdump;

import dev.dockwire.host.Process;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The command line: options may stand anywhere before {@code --}, and the rest is the filter. What
 * is wrong with it is printed with the usage and ends the process.
 */
final class Arguments {

  private static final String VERSION =
      """
      tcpdump version 4.99.3
      libpcap version 1.10.3 (with TPACKET_V3)
      """;

  private static final String USAGE =
      """
      Usage: tcpdump [-AbdDefhHIJKlLnNOpqStuUvxX#] [ -B size ] [ -c count ] [--count]
      \t\t[ -C file_size ] [ -E algo:secret ] [ -F file ] [ -G seconds ]
      \t\t[ -i interface ] [ --immediate-mode ] [ -j tstamptype ]
      \t\t[ -M secret ] [ --number ] [ --print ] [ -Q in|out|inout ]
      \t\t[ -r file ] [ -s snaplen ] [ -T type ] [ --version ]
      \t\t[ -V file ] [ -w file ] [ -W filecount ] [ -y datalinktype ]
      \t\t[ --time-stamp-precision precision ] [ --micro ] [ --nano ]
      \t\t[ -z postrotate-command ] [ -Z user ] [ expression ]
      """;

  /** The options there are here; a colon marks those with a value. */
  private static final String LETTERS = "ADeKlnNpqStUvxX#hB:c:i:Q:r:s:w:";

  private static final Map<String, Character> LONG_NAMES =
      Map.of(
          "interface", 'i',
          "list-interfaces", 'D',
          "no-promiscuous-mode", 'p',
          "direction", 'Q',
          "snapshot-length", 's',
          "absolute-tcp-sequence-numbers", 'S',
          "packet-buffered", 'U',
          "number", '#',
          "help", 'h');

  private final Process self;
  private final Map<Character, Integer> counts = new LinkedHashMap<>();
  private final Map<Character, String> values = new LinkedHashMap<>();
  private final List<String> operands = new ArrayList<>();

  private Arguments(Process self) {
    this.self = self;
  }

  static Arguments read(Process self) {
    Arguments arguments = new Arguments(self);
    arguments.read(self.arguments());
    if (arguments.has('h')) {
      self.print(VERSION + USAGE);
      self.exit(0);
    }
    return arguments;
  }

  private void read(List<String> words) {
    for (int i = 1; i < words.size(); i++) {
      String word = words.get(i);
      if (word.equals("--")) {
        operands.addAll(words.subList(i + 1, words.size()));
        return;
      } else if (word.equals("--version")) {
        self.print(VERSION);
        self.exit(0);
      } else if (word.startsWith("--")) {
        i = readLong(words, i);
      } else if (word.length() > 1 && word.startsWith("-")) {
        i = readLetters(words, i);
      } else {
        operands.add(word);
      }
    }
  }

  private int readLong(List<String> words, int index) {
    String word = words.get(index).substring(2);
    String name = word.replaceFirst("=.*", "");
    Character letter = LONG_NAMES.get(name);
    if (letter == null) {
      reject("unrecognized option '--" + name + "'");
      return index;
    }
    if (!hasValue(letter)) {
      counts.merge(letter, 1, Integer::sum);
      return index;
    }
    if (word.contains("=")) {
      values.put(letter, word.substring(name.length() + 1));
      return index;
    }
    if (index + 1 == words.size()) {
      reject("option '--" + name + "' requires an argument");
    }
    values.put(letter, words.get(index + 1));
    return index + 1;
  }

  private int readLetters(List<String> words, int index) {
    String word = words.get(index);
    for (int i = 1; i < word.length(); i++) {
      char letter = word.charAt(i);
      if (letter == ':' || LETTERS.indexOf(letter) < 0) {
        reject("invalid option -- '" + letter + "'");
      }
      if (hasValue(letter)) {
        if (i + 1 < word.length()) {
          values.put(letter, word.substring(i + 1));
          return index;
        }
        if (index + 1 == words.size()) {
          reject("option requires an argument -- '" + letter + "'");
        }
        values.put(letter, words.get(index + 1));
        return index + 1;
      }
      counts.merge(letter, 1, Integer::sum);
    }
    return index;
  }

  private static boolean hasValue(char letter) {
    int known = LETTERS.indexOf(letter);
    return known + 1 < LETTERS.length() && LETTERS.charAt(known + 1) == ':';
  }

  private void reject(String message) {
    self.printError("tcpdump: " + message + "\n" + VERSION + USAGE);
    self.exit(1);
  }

  boolean has(char letter) {
    return count(letter) > 0;
  }

  /** How often a letter was given. */
  int count(char letter) {
    return counts.getOrDefault(letter, 0);
  }

  Optional<String> value(char letter) {
    return Optional.ofNullable(values.get(letter));
  }

  /** The filter, its words joined by blanks. */
  String filter() {
    return String.join(" ", operands);
  }
}
