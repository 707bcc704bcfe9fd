package dev.dockwire.program.tc;

import dev.dockwire.host.NetDevice;
import dev.dockwire.host.Process;
import dev.dockwire.host.Program;
import java.util.List;

/**
 * {@code tc qdisc add|change|replace|del|show dev DEV root netem|tbf ...}: impairs what this host
 * sends by one of its interfaces, and shows it. It knows root qdiscs only, no classes and no
 * filters.
 */
public final class Tc implements Program {

  static final String QDISC_USAGE =
      """
      Usage: tc qdisc [ add | del | replace | change | show ] dev STRING
             [ handle QHANDLE ] [ root | parent CLASSID ]
             [ [ QDISC_KIND ] [ help | OPTIONS ] ]

             tc qdisc { show | list } [ dev STRING ] [ QDISC_ID ]
      Where:
      QDISC_KIND := { netem | tbf }
      OPTIONS := ... try tc qdisc add <desired QDISC_KIND> help
      QDISC_ID := { root | handle QHANDLE | parent CLASSID }\
      """;

  private static final String USAGE =
      """
      Usage: tc [ OPTIONS ] OBJECT { COMMAND | help }
      where  OBJECT := { qdisc }
             OPTIONS := { -V[ersion] | -s[tatistics] | -d[etails] }\
      """;

  private static final String VERSION = "tc utility, iproute2-6.1.0\n";

  private static final List<String> OPTIONS =
      List.of("-stats", "-statistics", "-details", "-Version", "-help");

  /** In the order in which an abbreviation is looked up. */
  private static final List<String> COMMANDS =
      List.of("add", "change", "replace", "link", "delete", "list", "show", "lst", "help");

  @Override
  public int run(Process self) {
    try {
      self.print(execute(self));
      return 0;
    } catch (TcException e) {
      self.printError(e.getMessage());
      return e.status();
    }
  }

  private static String execute(Process self) throws TcException {
    Words words = new Words(self.arguments().subList(1, self.arguments().size()));
    boolean statistics = false;
    while (words.hasNext()) {
      String word = words.next();
      if (!word.startsWith("-")) {
        return object(self, word, words, statistics);
      }
      switch (Words.match(word, OPTIONS)) {
        case "-stats", "-statistics" -> statistics = true;
        case "-details" -> {
          // There is nothing more to show.
        }
        case "-Version" -> {
          return VERSION;
        }
        case "-help" -> throw TcException.help(USAGE);
        default ->
            throw TcException.malformed("Option \"" + word + "\" is unknown, try \"tc -help\".");
      }
    }
    throw TcException.help(USAGE);
  }

  private static String object(Process self, String object, Words words, boolean statistics)
      throws TcException {
    if (Words.matches(object, "qdisc")) {
      return qdisc(self, words, statistics);
    }
    if (Words.matches(object, "help")) {
      throw TcException.help(USAGE);
    }
    throw TcException.malformed("Object \"" + object + "\" is unknown, try \"tc help\".");
  }

  private static String qdisc(Process self, Words words, boolean statistics) throws TcException {
    String command = words.hasNext() ? words.next() : "show";
    switch (Words.match(command, COMMANDS)) {
      case "add" -> new QdiscChange(self, true, false, true).carryOut(words);
      case "change" -> new QdiscChange(self, false, false, false).carryOut(words);
      case "replace" -> new QdiscChange(self, true, true, false).carryOut(words);
      case "link" -> new QdiscChange(self, false, true, false).carryOut(words);
      case "delete" -> QdiscChange.delete(self, words);
      case "show", "list", "lst" -> {
        return QdiscList.of(self, words, statistics);
      }
      case "help" -> throw TcException.help(QDISC_USAGE);
      default ->
          throw TcException.malformed(
              "Command \"" + command + "\" is unknown, try \"tc qdisc help\".");
    }
    return "";
  }

  static TcException noDevice(String name) {
    return TcException.wrong("Cannot find device \"" + name + "\"");
  }

  /** What stands before an interface's wire, as {@code ip link} says it too. */
  public static String kindOf(NetDevice shown) {
    if (shown.qdisc() != null) {
      return shown.qdisc().kind();
    }
    boolean noQueue = shown.isLoopback() || shown.nic().txQueueLength() == 0;
    return noQueue ? "noqueue" : "pfifo_fast";
  }
}
