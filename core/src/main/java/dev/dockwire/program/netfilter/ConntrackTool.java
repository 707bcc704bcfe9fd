package dev.dockwire.program.netfilter;

import dev.dockwire.host.Process;
import dev.dockwire.host.Program;
import dev.dockwire.nat.Netfilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * {@code conntrack}: lists ({@code -L}) or counts ({@code -C}) the flows that the host remembers.
 * Of the filters there are -p, -s, -d, --sport and --dport, for the direction that began.
 */
public final class ConntrackTool implements Program {

  private static final String NAME = "conntrack v1.4.7 (conntrack-tools): ";

  @Override
  public int run(Process self) {
    Optional<Netfilter> netfilter = Netfilter.of(self.host().stack());
    if (netfilter.isEmpty()) {
      self.printError(NAME + "Operation failed: Operation not permitted\n");
      return 1;
    }
    boolean counts = false;
    boolean lists = false;
    List<Predicate<String>> filters = new ArrayList<>();
    List<String> arguments = self.arguments();
    for (int i = 1; i < arguments.size(); i++) {
      switch (arguments.get(i)) {
        case "-L", "--dump" -> lists = true;
        case "-C", "--count" -> counts = true;
        case "-n", "conntrack" -> {
          // Numbers are all there is, and so is this table.
        }
        default -> {
          if (i + 1 == arguments.size() || isUnknown(arguments.get(i))) {
            return refuse(self, "unknown option `" + arguments.get(i) + "'");
          }
          filters.add(filter(arguments.get(i), arguments.get(++i)));
        }
      }
    }
    if (counts) {
      self.print(netfilter.get().flows() + "\n");
      return 0;
    }
    return lists ? list(self, netfilter.get(), filters) : refuse(self, "no command specified");
  }

  private static int refuse(Process self, String message) {
    self.printError(
        NAME + message + "\nTry `conntrack -h' or 'conntrack --help' for more information.\n");
    return 2;
  }

  private static int list(Process self, Netfilter netfilter, List<Predicate<String>> filters) {
    List<String> shown =
        netfilter.list(self.now()).stream()
            .filter(line -> filters.stream().allMatch(filter -> filter.test(line)))
            .toList();
    shown.forEach(line -> self.print(line + "\n"));
    self.printError(NAME + shown.size() + " flow entries have been shown.\n");
    return 0;
  }

  private static boolean isUnknown(String option) {
    return !List.of("-p", "--proto", "-s", "--src", "-d", "--dst", "--sport", "--dport")
        .contains(option);
  }

  private static Predicate<String> filter(String option, String value) {
    return switch (option) {
      case "-p", "--proto" -> line -> line.startsWith(value + " ");
      case "-s", "--src" -> line -> first(line, "src").equals(value);
      case "-d", "--dst" -> line -> first(line, "dst").equals(value);
      default -> line -> first(line, option.substring(2)).equals(value);
    };
  }

  /** A field of the direction that began, which is the one that stands first. */
  private static String first(String line, String field) {
    int at = line.indexOf(" " + field + "=");
    if (at < 0) {
      return "";
    }
    int start = at + field.length() + 2;
    int end = line.indexOf(' ', start);
    return line.substring(start, end < 0 ? line.length() : end);
  }
}
