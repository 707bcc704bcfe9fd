package dev.dockwire.program.nc;

import dev.dockwire.frame.Services;
import dev.dockwire.host.Process;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * What OpenBSD's {@code nc} was told.
 *
 * @param host empty if a listener takes any of the host's addresses
 * @param ports where to connect to, in order; the one to listen on is {@code localPort}
 * @param waitNanos how long to wait for a connection and between bytes; 0 for ever
 * @param quitNanos how long to stay when standard input has ended
 */
record OpenBsdOptions(
    String host,
    List<Integer> ports,
    int localPort,
    Optional<String> source,
    boolean listens,
    boolean keepsListening,
    boolean udp,
    boolean scans,
    boolean verbose,
    boolean numeric,
    boolean shutsDown,
    boolean ignoresInput,
    long waitNanos,
    OptionalLong quitNanos) {

  private static final String LETTERS = "46dhklNnp:q:rs:uvw:z";

  private static final String USAGE =
      """
      usage: nc [-46CDdFhklNnrStUuvZz] [-I length] [-i interval] [-M ttl]
      \t  [-m minttl] [-O length] [-P proxy_username] [-p source_port]
      \t  [-q seconds] [-s sourceaddr] [-T keyword] [-V rtable] [-W recvlimit]
      \t  [-w timeout] [-X proxy_protocol] [-x proxy_address[:port]]
      \t  [destination] [port]
      """;

  /** Reads the command line; what is wrong with it ends the process with status 1. */
  static OpenBsdOptions parse(Process self) {
    Map<Character, String> given = new LinkedHashMap<>();
    List<String> operands = new ArrayList<>(2);
    List<String> arguments = self.arguments();
    for (int i = 1; i < arguments.size(); i++) {
      if (arguments.get(i).length() < 2 || !arguments.get(i).startsWith("-")) {
        operands.add(arguments.get(i));
      } else {
        i = readLetters(self, arguments, i, given);
      }
    }
    return new Reader(self, given, operands).options();
  }

  private static int readLetters(
      Process self, List<String> arguments, int index, Map<Character, String> given) {
    String word = arguments.get(index);
    for (int i = 1; i < word.length(); i++) {
      char letter = word.charAt(i);
      int known = letter == ':' ? -1 : LETTERS.indexOf(letter);
      if (known < 0) {
        self.printError("nc: invalid option -- '" + letter + "'\n");
        showUsage(self);
      }
      if (known + 1 < LETTERS.length() && LETTERS.charAt(known + 1) == ':') {
        boolean joined = i + 1 < word.length();
        if (!joined && index + 1 == arguments.size()) {
          self.printError("nc: option requires an argument -- '" + letter + "'\n");
          showUsage(self);
        }
        given.put(letter, joined ? word.substring(i + 1) : arguments.get(index + 1));
        return joined ? index : index + 1;
      }
      given.put(letter, "");
    }
    return index;
  }

  private static void showUsage(Process self) {
    self.printError(USAGE);
    self.exit(1);
  }

  /** Makes sense of letters and operands. */
  private record Reader(Process self, Map<Character, String> given, List<String> operands) {

    OpenBsdOptions options() {
      boolean listens = given.containsKey('l');
      if (given.containsKey('h')) {
        self.printError("OpenBSD netcat (Debian patchlevel 1.219-1)\n");
        showUsage(self);
      }
      if (operands.size() > 2 || operands.isEmpty() && !listens) {
        showUsage(self);
      }
      List<Integer> ports = List.of();
      String host = operands.isEmpty() ? "" : operands.getFirst();
      int localPort = given.containsKey('p') ? servicePort(given.get('p')) : 0;
      if (listens) {
        boolean onlyPort = operands.size() == 1 && localPort == 0;
        localPort =
            operands.isEmpty() || localPort != 0 ? localPort : servicePort(operands.getLast());
        host = onlyPort ? "" : host;
        if (localPort == 0) {
          fail("missing port number");
        }
      } else if (operands.size() == 1) {
        fail("missing port number");
      } else {
        ports = ports(operands.getLast());
      }
      return new OpenBsdOptions(
          host,
          ports,
          localPort,
          Optional.ofNullable(given.get('s')),
          listens,
          given.containsKey('k'),
          given.containsKey('u'),
          given.containsKey('z'),
          given.containsKey('v'),
          given.containsKey('n'),
          given.containsKey('N') || given.containsKey('q'),
          given.containsKey('d'),
          given.containsKey('w') ? seconds("timeout", given.get('w')) : 0,
          given.containsKey('q') ? quitNanos(given.get('q')) : OptionalLong.empty());
    }

    private OptionalLong quitNanos(String text) {
      return text.startsWith("-")
          ? OptionalLong.empty()
          : OptionalLong.of(seconds("quit timer", text));
    }

    private long seconds(String what, String text) {
      if (!text.matches("[0-9]{1,9}")) {
        fail(what + " invalid: " + text);
      }
      return TimeUnit.SECONDS.toNanos(Long.parseLong(text));
    }

    private List<Integer> ports(String text) {
      String[] ends = text.matches("[0-9]+-[0-9]+") ? text.split("-") : new String[] {text};
      int first = servicePort(ends[0]);
      int last = servicePort(ends[ends.length - 1]);
      return IntStream.rangeClosed(Math.min(first, last), Math.max(first, last)).boxed().toList();
    }

    private int servicePort(String text) {
      Services services = given.containsKey('u') ? Services.UDP : Services.TCP;
      if (services.port(text).isPresent()) {
        return services.port(text).getAsInt();
      }
      if (!text.matches("[0-9]{1,9}")) {
        fail("port number invalid: " + text);
      }
      int number = Integer.parseInt(text);
      if (number < 1 || number > 65_535) {
        fail("port number too " + (number < 1 ? "small" : "large") + ": " + text);
      }
      return number;
    }

    private void fail(String message) {
      self.printError("nc: " + message + "\n");
      self.exit(1);
    }
  }
}
