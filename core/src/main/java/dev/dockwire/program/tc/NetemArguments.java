package dev.dockwire.program.tc;

import dev.dockwire.link.netem.Chance;
import dev.dockwire.link.netem.Delay;
import dev.dockwire.link.netem.Loss;
import dev.dockwire.link.netem.NetemOptions;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Reads the words after {@code netem} on tc's command line. */
final class NetemArguments {

  static final String USAGE =
      """
      Usage: ... netem [ limit PACKETS ]
                       [ delay TIME [ JITTER [CORRELATION]]]
                       [ distribution {uniform|normal} ]
                       [ corrupt PERCENT [CORRELATION]]
                       [ duplicate PERCENT [CORRELATION]]
                       [ loss random PERCENT [CORRELATION]]
                       [ loss gemodel PERCENT [R [1-H [1-K]]]
                       [ reorder PERCENT [CORRELATION] [ gap DISTANCE ]]
                       [ rate RATE ]\
      """;

  private final List<String> words;
  private int next;
  private NetemOptions options;
  private boolean distributionGiven;
  private int gap;
  private Chance reorder = Chance.NEVER;
  private boolean reorderGiven;

  private NetemArguments(List<String> words, NetemOptions present) {
    this.words = words;
    // As the kernel has it, a change leaves alone what these three say when it does not mention
    // them.
    this.options =
        NetemOptions.NONE
            .withReorder(present.reorder(), 0)
            .withCorrupt(present.corrupt())
            .withRate(present.rateBitsPerSecond());
  }

  /**
   * Reads the words.
   *
   * @param present what is set so far, for a change
   */
  static NetemOptions parse(List<String> words, NetemOptions present) throws TcException {
    return new NetemArguments(words, present).parse();
  }

  private NetemOptions parse() throws TcException {
    while (next < words.size()) {
      option(words.get(next++));
    }
    Delay delay = options.delay();
    if (reorderGiven && delay.nanos() == 0) {
      throw TcException.usage("reordering not possible without specifying some delay\n" + USAGE);
    }
    if (distributionGiven && (delay.nanos() == 0 || delay.jitterNanos() == 0)) {
      throw TcException.usage("distribution specified but no latency and jitter values\n" + USAGE);
    }
    if (reorderGiven || gap != 0) {
      options = options.withReorder(reorder, gap == 0 ? 1 : gap);
    }
    return options;
  }

  private void option(String word) throws TcException {
    switch (word) {
      case "limit" -> options = options.withLimit(number("limit"));
      case "delay", "latency" -> delay();
      case "distribution" -> distribution();
      case "loss", "drop" -> loss();
      case "duplicate" -> options = options.withDuplicate(chance("duplicate"));
      case "corrupt" -> options = options.withCorrupt(chance("corrupt"));
      case "reorder" -> {
        reorder = chance("reorder");
        reorderGiven = true;
      }
      case "gap" -> gap = number("gap");
      case "rate" -> options = options.withRate(required(Units.rate(word()), "rate"));
      case "ecn" -> {
        // Marks instead of dropping; no transport here negotiates it.
      }
      case "help" -> throw TcException.usage(USAGE);
      default -> throw TcException.usage("What is \"" + word + "\"?\n" + USAGE);
    }
  }

  private void delay() throws TcException {
    long nanos = required(Units.nanos(word()), "latency");
    long jitter = isNumber() ? required(Units.nanos(word()), "latency") : 0;
    double correlation = jitter != 0 && isNumber() ? probability("latency") : 0;
    options =
        options.withDelay(new Delay(nanos, jitter, correlation, options.delay().distribution()));
  }

  private void distribution() throws TcException {
    String name = word();
    Delay.Distribution distribution =
        switch (name) {
          case "uniform" -> Delay.Distribution.UNIFORM;
          case "normal" -> Delay.Distribution.NORMAL;
          default ->
              throw TcException.usage(
                  "No distribution data for "
                      + name
                      + " (/usr/lib/tc//"
                      + name
                      + ".dist: No such file or directory)");
        };
    Delay delay = options.delay();
    options =
        options.withDelay(
            new Delay(delay.nanos(), delay.jitterNanos(), delay.correlation(), distribution));
    distributionGiven = true;
  }

  private void loss() throws TcException {
    String model = words.size() > next && !isNumber() ? word() : "random";
    switch (model) {
      case "random" -> options = options.withLoss(new Loss.Random(chance("loss percent")));
      case "gemodel" -> {
        double toBad = probability("loss gemodel p");
        double toGood = isNumber() ? probability("loss gemodel r") : 1 - toBad;
        double whileBad = isNumber() ? probability("loss gemodel 1-h") : 1;
        double whileGood = isNumber() ? probability("loss gemodel 1-k") : 0;
        options = options.withLoss(new Loss.GilbertElliott(toBad, toGood, whileBad, whileGood));
      }
      default -> throw illegal("loss percent");
    }
  }

  private Chance chance(String name) throws TcException {
    double probability = probability(name);
    return new Chance(probability, isNumber() ? probability(name) : 0);
  }

  private double probability(String name) throws TcException {
    OptionalDouble probability = Units.probability(word());
    return probability.orElseThrow(() -> illegal(name));
  }

  private int number(String name) throws TcException {
    try {
      int number = Integer.parseInt(word());
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException _) {
      // As any other word that is no number.
    }
    throw illegal(name);
  }

  private static long required(OptionalLong value, String name) throws TcException {
    return value.orElseThrow(() -> illegal(name));
  }

  private static TcException illegal(String name) {
    return TcException.usage("Illegal \"" + name + "\"");
  }

  private boolean isNumber() {
    return next < words.size() && Character.isDigit(words.get(next).charAt(0));
  }

  private String word() throws TcException {
    if (next == words.size()) {
      throw TcException.incomplete("Command line is not complete. Try option \"help\"");
    }
    return words.get(next++);
  }
}
