package dev.dockwire.program.iperf;

import dev.dockwire.host.Process;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code iperf3} was told.
 *
 * @param host whom to connect to; empty for a server
 * @param intervalSeconds 0 for no intermediate reports
 * @param blockSize 0 for what suits the protocol
 */
record IperfOptions(
    boolean server,
    String host,
    int serverPort,
    boolean oneOff,
    boolean json,
    double intervalSeconds,
    boolean udp,
    int seconds,
    long octets,
    int parallel,
    boolean reverse,
    int window,
    int blockSize,
    long bitsPerSecond) {

  private static final long UDP_DEFAULT_RATE = 1 << 20;
  private static final String WITH_VALUE = "cpintPblwkfB";
  private static final String WITHOUT_VALUE = "s1JuRhvVND4";

  private static final Map<String, String> LONG_NAMES = new LinkedHashMap<>();

  static {
    String names =
        "client c server s port p interval i time t bytes n parallel P bitrate b bandwidth b"
            + " length l window w blockcount k format f bind B one-off 1 json J udp u reverse R"
            + " help h version v verbose V no-delay N daemon D version4 4";
    String[] words = names.split(" ");
    for (int i = 0; i < words.length; i += 2) {
      LONG_NAMES.put("--" + words[i], words[i + 1]);
    }
  }

  /** Reads the command line; what is wrong with it ends the process with status 1. */
  static IperfOptions parse(Process self) {
    Map<String, String> given = new LinkedHashMap<>();
    List<String> arguments = self.arguments();
    for (int i = 1; i < arguments.size(); i++) {
      i = read(self, arguments, i, given);
    }
    return new Reader(self, given).options();
  }

  /** Reads one option; returns the index of the last argument it took. */
  private static int read(
      Process self, List<String> arguments, int index, Map<String, String> given) {
    String word = arguments.get(index);
    if (word.startsWith("--")) {
      int equals = word.indexOf('=');
      String letter = LONG_NAMES.get(equals < 0 ? word : word.substring(0, equals));
      if (letter == null) {
        self.printError("iperf3: unrecognized option '" + word + "'\n");
        showUsage(self, 1);
      }
      if (!WITH_VALUE.contains(letter)) {
        given.put(letter, "");
        return index;
      }
      return take(
          self, arguments, index, letter, equals < 0 ? "" : word.substring(equals + 1), given);
    }
    for (int i = 1; i < word.length(); i++) {
      String letter = word.substring(i, i + 1);
      if (WITH_VALUE.contains(letter)) {
        return take(self, arguments, index, letter, word.substring(i + 1), given);
      }
      if (!WITHOUT_VALUE.contains(letter)) {
        self.printError("iperf3: invalid option -- '" + letter + "'\n");
        showUsage(self, 1);
      }
      given.put(letter, "");
    }
    return index;
  }

  private static int take(
      Process self,
      List<String> arguments,
      int index,
      String letter,
      String joined,
      Map<String, String> given) {
    if (joined.isEmpty() && index + 1 == arguments.size()) {
      self.printError("iperf3: option requires an argument -- '" + letter + "'\n");
      showUsage(self, 1);
    }
    given.put(letter, joined.isEmpty() ? arguments.get(index + 1) : joined);
    return joined.isEmpty() ? index + 1 : index;
  }

  private static void showUsage(Process self, int status) {
    String usage =
        "Usage: iperf3 [-s|-c host] [options]\n       iperf3 [-h|--help] [-v|--version]\n";
    if (status == 0) {
      self.print(usage);
    } else {
      self.printError(usage);
    }
    self.exit(status);
  }

  /** Makes sense of the letters. */
  private record Reader(Process self, Map<String, String> given) {

    IperfOptions options() {
      if (given.containsKey("v")) {
        self.print("iperf " + Iperf3.VERSION + " (cJSON 1.7.15)\n");
        self.exit(0);
      }
      if (given.containsKey("h")) {
        showUsage(self, 0);
      }
      boolean server = given.containsKey("s");
      if (server == given.containsKey("c")) {
        fail(
            server
                ? "cannot be both server and client"
                : "must either be a client (-c) or server (-s)");
      }
      boolean udp = given.containsKey("u");
      int blockSize = (int) amount("l", 0, 1_024);
      if (blockSize > (udp ? 65_507 : 1 << 20)) {
        fail("block size too large (maximum = " + (udp ? 65_507 : 1 << 20) + " bytes)");
      }
      long octets = amount("n", 0, 1_024);
      long blocks = amount("k", 0, 1_024);
      if ((given.containsKey("t") ? 1 : 0) + (octets > 0 ? 1 : 0) + (blocks > 0 ? 1 : 0) > 1) {
        fail("only one test end condition (-t, -n, -k) may be specified");
      }
      int blockInUse = blockSize > 0 ? blockSize : udp ? 1_448 : 1 << 17;
      octets = Math.max(octets, blocks * blockInUse);
      return new IperfOptions(
          server,
          given.getOrDefault("c", ""),
          (int) limited("p", 5_201, 65_535),
          given.containsKey("1"),
          given.containsKey("J"),
          seconds(),
          udp,
          octets > 0 ? 0 : (int) limited("t", 10, 86_400),
          octets,
          (int) Math.max(1, limited("P", 1, 128)),
          given.containsKey("R"),
          (int) Math.min(amount("w", 0, 1_024), 512 << 20),
          blockSize,
          amount("b", udp ? UDP_DEFAULT_RATE : 0, 1_000));
    }

    private double seconds() {
      String text = given.getOrDefault("i", "1");
      if (!text.matches("[0-9]{1,2}(\\.[0-9]{1,6})?")) {
        fail("invalid report interval (min = 0.1, max = 60 seconds)");
      }
      double seconds = Double.parseDouble(text);
      if (seconds != 0 && (seconds < 0.1 || seconds > 60)) {
        fail("invalid report interval (min = 0.1, max = 60 seconds)");
      }
      return seconds;
    }

    private long limited(String letter, long otherwise, long most) {
      long number = amount(letter, otherwise, 1_024);
      if (number > most) {
        fail(
            switch (letter) {
              case "t" -> "test duration too long (maximum = 86400 seconds)";
              case "P" -> "number of parallel streams too large (maximum = 128)";
              default -> "bad number '" + given.get(letter) + "'";
            });
      }
      return number;
    }

    private long amount(String letter, long otherwise, int unit) {
      if (!given.containsKey(letter)) {
        return otherwise;
      }
      long amount = Amount.parse(given.get(letter), unit);
      if (amount < 0) {
        fail("bad number '" + given.get(letter) + "'");
      }
      return amount;
    }

    private void fail(String message) {
      self.printError("iperf3: parameter error - " + message + "\n\n");
      showUsage(self, 1);
    }
  }
}
