package dev.dockwire.program.tc;

import dev.dockwire.host.Process;
import dev.dockwire.link.Nic;
import dev.dockwire.link.Qdisc;
import dev.dockwire.link.netem.Chance;
import dev.dockwire.link.netem.Delay;
import dev.dockwire.link.netem.LineRate;
import dev.dockwire.link.netem.Loss;
import dev.dockwire.link.netem.Netem;
import dev.dockwire.link.netem.NetemOptions;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Reads the words after {@code netem} on tc's command line. */
final class NetemArguments implements QdiscArguments {

  static final String USAGE =
      """
      Usage: ... netem [ limit PACKETS ]
                       [ delay TIME [ JITTER [CORRELATION]]]
                       [ distribution {normal|pareto|paretonormal} ]
                       [ corrupt PERCENT [CORRELATION]]
                       [ duplicate PERCENT [CORRELATION]]
                       [ loss random PERCENT [CORRELATION]]
                       [ loss state P13 [P31 [P32 [P23 P14]]]
                       [ loss gemodel PERCENT [R [1-H [1-K]]]
                       [ reorder PERCENT [CORRELATION] [ gap DISTANCE ]]
                       [ rate RATE [PACKETOVERHEAD] [CELLSIZE] [CELLOVERHEAD]]\
      """;

  /** In the order in which an abbreviation is looked up. */
  private static final List<String> OPTIONS =
      List.of(
          "limit",
          "latency",
          "delay",
          "loss",
          "drop",
          "ecn",
          "reorder",
          "corrupt",
          "gap",
          "duplicate",
          "distribution",
          "rate");

  private final Words words;

  private NetemOptions options = NetemOptions.NONE;

  /** Whether tc tells the kernel correlations; one of duplicates alone is no reason for it. */
  private boolean correlationGiven;

  private boolean distributionGiven;
  private boolean reorderGiven;
  private boolean corruptGiven;
  private boolean rateGiven;
  private boolean lossModelGiven;
  private boolean ecn;

  private NetemArguments(Words words) {
    this.words = words;
  }

  static NetemArguments parse(Words words) throws TcException {
    NetemArguments arguments = new NetemArguments(words);
    while (words.hasNext()) {
      arguments.option(words.next());
    }
    arguments.check();
    return arguments;
  }

  private void option(String word) throws TcException {
    switch (Words.match(word, OPTIONS)) {
      case "limit" ->
          options = options.withLimit((int) required(Units.size(words.next()), "limit"));
      case "delay", "latency" -> delay();
      case "distribution" -> distribution();
      case "loss", "drop" -> loss();
      case "duplicate" -> options = options.withDuplicate(chance("duplicate"));
      case "corrupt" -> {
        options = options.withCorrupt(correlatedChance("corrupt"));
        corruptGiven = true;
      }
      case "reorder" -> {
        options = options.withReorder(correlatedChance("reorder"), options.gap());
        reorderGiven = true;
      }
      case "gap" -> options = options.withReorder(options.reorder(), unsigned("gap"));
      case "rate" -> rate();
      // Marks instead of dropping; no transport here negotiates it.
      case "ecn" -> ecn = true;
      default -> {
        String complaint = word.equals("help") ? "" : "What is \"" + word + "\"?\n";
        throw TcException.wrong(complaint + USAGE);
      }
    }
  }

  private void check() throws TcException {
    if (options.reorder().probability() > 0) {
      if (options.delay().nanos() == 0) {
        throw TcException.wrong("reordering not possible without specifying some delay\n" + USAGE);
      }
      if (options.gap() == 0) {
        options = options.withReorder(options.reorder(), 1);
      }
    } else if (options.gap() != 0) {
      throw TcException.wrong("gap specified without reorder probability\n" + USAGE);
    }
    if (ecn && !lossGiven()) {
      throw TcException.wrong("ecn requested without loss model\n" + USAGE);
    }
    if (distributionGiven && (options.delay().nanos() == 0 || options.delay().jitterNanos() == 0)) {
      throw TcException.wrong("distribution specified but no latency and jitter values\n" + USAGE);
    }
  }

  private void delay() throws TcException {
    long nanos = ticks();
    long jitter = 0;
    double correlation = 0;
    if (words.nextIsNumber()) {
      jitter = ticks();
      if (words.nextIsNumber()) {
        correlation = correlation("latency");
      }
    }
    options =
        options.withDelay(new Delay(nanos, jitter, correlation, options.delay().distribution()));
  }

  private long ticks() throws TcException {
    long micros = required(Units.micros(words.next()), "latency");
    if (Ticks.isTooLong(micros)) {
      throw TcException.wrong("Illegal " + micros + " time (too large)\nIllegal \"latency\"");
    }
    return Ticks.nanos(micros);
  }

  private void distribution() throws TcException {
    String name = words.next();
    Delay.Distribution distribution =
        switch (name) {
          case "normal" -> Delay.Distribution.NORMAL;
          case "pareto" -> Delay.Distribution.PARETO;
          case "paretonormal" -> Delay.Distribution.PARETO_NORMAL;
          default ->
              throw TcException.wrong(
                  "No distribution data for "
                      + name
                      + " (/usr/lib/tc//"
                      + name
                      + ".dist: No such file or directory)");
        };
    options = options.withDelay(withDistribution(options.delay(), distribution));
    distributionGiven = true;
  }

  private static Delay withDistribution(Delay delay, Delay.Distribution distribution) {
    return new Delay(delay.nanos(), delay.jitterNanos(), delay.correlation(), distribution);
  }

  private boolean lossGiven() {
    return lossModelGiven
        || options.loss() instanceof Loss.Random(Chance chance) && chance.probability() > 0;
  }

  private void loss() throws TcException {
    if (lossGiven()) {
      throw TcException.illegal("duplicate loss argument\n");
    }
    if (words.nextIsNumber()) {
      options = options.withLoss(randomLoss());
      return;
    }
    String model = words.next();
    switch (model) {
      case "random" -> options = options.withLoss(randomLoss());
      case "gemodel" -> {
        double toBad = probability("loss gemodel p");
        options =
            options.withLoss(
                new Loss.GilbertElliott(
                    toBad,
                    optional("loss gemodel r", 1 - toBad),
                    optional("loss gemodel h", 1),
                    optional("loss gemodel k", 0)));
        lossModelGiven = true;
      }
      case "state" -> {
        double p13 = probability("loss p13");
        options =
            options.withLoss(
                new Loss.FourStates(
                    p13,
                    optional("loss p31", 1 - p13),
                    optional("loss p32", 0),
                    optional("loss p23", 1),
                    optional("loss p14", 0)));
        lossModelGiven = true;
      }
      default -> throw TcException.wrong("Unknown loss parameter: " + model);
    }
  }

  private Loss randomLoss() throws TcException {
    double probability = probability("loss percent");
    double correlation = words.nextIsNumber() ? correlation("loss correlation") : 0;
    return new Loss.Random(new Chance(probability, correlation));
  }

  private void rate() throws TcException {
    long bytesPerSecond = Math.max(0, required(Units.rate(words.next()), "rate"));
    int packetOverhead = words.nextIsSignedNumber() ? signed("rate") : 0;
    int cellSize = words.nextIsNumber() ? unsigned("rate") : 0;
    int cellOverhead = words.nextIsSignedNumber() ? signed("rate") : 0;
    options =
        options.withRate(new LineRate(bytesPerSecond, packetOverhead, cellSize, cellOverhead));
    rateGiven = true;
  }

  private Chance correlatedChance(String name) throws TcException {
    double probability = probability(name);
    return new Chance(probability, words.nextIsNumber() ? correlation(name) : 0);
  }

  private Chance chance(String name) throws TcException {
    double probability = probability(name);
    return new Chance(probability, words.nextIsNumber() ? probability(name) : 0);
  }

  private double correlation(String name) throws TcException {
    correlationGiven = true;
    return probability(name);
  }

  private double optional(String name, double otherwise) throws TcException {
    return words.nextIsNumber() ? probability(name) : Units.rounded(otherwise);
  }

  private double probability(String name) throws TcException {
    OptionalDouble probability = Units.probability(words.next());
    return probability.orElseThrow(() -> TcException.illegal(name));
  }

  private int unsigned(String name) throws TcException {
    long value = required(CNumber.integer(words.next()), name);
    if (value >>> Integer.SIZE != 0) {
      throw TcException.illegal(name);
    }
    return (int) value;
  }

  private int signed(String name) throws TcException {
    long value = required(CNumber.integer(words.next()), name);
    if (value != (int) value) {
      throw TcException.illegal(name);
    }
    return (int) value;
  }

  private static long required(OptionalLong value, String name) throws TcException {
    return value.orElseThrow(() -> TcException.illegal(name));
  }

  @Override
  public Qdisc create(Process self, Nic nic, int handle) {
    return new Netem(
        nic,
        handle,
        over(NetemOptions.NONE),
        self.world().timers(),
        self.world().seed().generator("netem/" + nic.label()));
  }

  @Override
  public void change(Qdisc present) {
    Netem netem = (Netem) present;
    netem.options(over(netem.options()));
  }

  /** What is in force afterwards: the kernel keeps of {@code old} what tc does not tell it. */
  private NetemOptions over(NetemOptions old) {
    NetemOptions next = options;
    if (!correlationGiven) {
      next = withCorrelationsOf(old, next);
    }
    if (!distributionGiven) {
      next = next.withDelay(withDistribution(next.delay(), old.delay().distribution()));
    }
    if (!reorderGiven) {
      next = next.withReorder(old.reorder(), 0);
    }
    if (!corruptGiven) {
      next = next.withCorrupt(old.corrupt());
    }
    if (!rateGiven) {
      next = next.withRate(old.rate());
    }
    return next;
  }

  private static NetemOptions withCorrelationsOf(NetemOptions old, NetemOptions next) {
    Delay delay = next.delay();
    NetemOptions merged =
        next.withDelay(
                new Delay(
                    delay.nanos(),
                    delay.jitterNanos(),
                    old.delay().correlation(),
                    delay.distribution()))
            .withDuplicate(
                new Chance(next.duplicate().probability(), old.duplicate().correlation()));
    if (next.loss() instanceof Loss.Random(Chance chance)
        && old.loss() instanceof Loss.Random(Chance before)) {
      merged =
          merged.withLoss(new Loss.Random(new Chance(chance.probability(), before.correlation())));
    }
    return merged;
  }
}
