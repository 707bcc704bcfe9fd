package dev.dockwire.program.tc;

import dev.dockwire.host.Process;
import dev.dockwire.link.Nic;
import dev.dockwire.link.Qdisc;
import dev.dockwire.link.tbf.Tbf;
import dev.dockwire.link.tbf.TbfOptions;
import java.util.List;
import java.util.OptionalLong;

/** Reads the words after {@code tbf} on tc's command line. */
final class TbfArguments implements QdiscArguments {

  private static final String USAGE =
      """
      Usage: ... tbf limit BYTES burst BYTES[/BYTES] rate KBPS [ mtu BYTES[/BYTES] ]
      \t[ peakrate KBPS ] [ latency TIME ]\
      """;

  private static final List<String> OPTIONS =
      List.of("limit", "latency", "buffer", "burst", "maxburst", "mtu", "minburst", "peakrate");

  private static final double MICROS_PER_SECOND = 1e6;
  private static final long UNSIGNED = 0xffff_ffffL;

  private final Words words;

  /** Each is 0 until it has been given. */
  private long rate;

  private long peakRate;
  private long burst;
  private long mtu;
  private long limit;
  private long latencyMicros;

  private TbfArguments(Words words) {
    this.words = words;
  }

  static TbfArguments parse(Words words) throws TcException {
    TbfArguments arguments = new TbfArguments(words);
    while (words.hasNext()) {
      arguments.option(words.next());
    }
    arguments.check();
    return arguments;
  }

  private void option(String word) throws TcException {
    String option = word.equals("rate") ? word : Words.match(word, OPTIONS);
    switch (option) {
      case "limit" -> {
        once(limit, "limit");
        if (latencyMicros != 0) {
          throw wrong("specifying both \"latency\" and \"limit\" is not allowed");
        }
        limit = required(Units.size(words.next()), word);
      }
      case "latency" -> {
        once(latencyMicros, "latency");
        if (limit != 0) {
          throw wrong("specifying both \"limit\" and \"/latency\" is not allowed");
        }
        latencyMicros = required(Units.micros(words.next()), word);
      }
      case "buffer", "burst", "maxburst" -> {
        once(burst, "buffer/burst/maxburst");
        burst = size(word);
      }
      case "mtu", "minburst" -> {
        once(mtu, "mtu/minburst");
        mtu = size(word);
      }
      case "rate" -> {
        once(rate, "rate");
        rate = required(Units.rate(words.next()), word);
      }
      case "peakrate" -> {
        once(peakRate, "peakrate");
        peakRate = required(Units.rate(words.next()), word);
      }
      default -> {
        String complaint = word.equals("help") ? "" : "tbf: unknown parameter \"" + word + "\"\n";
        throw TcException.wrong(complaint + USAGE);
      }
    }
  }

  private static void once(long given, String names) throws TcException {
    if (given != 0) {
      throw wrong("duplicate \"" + names + "\" specification");
    }
  }

  /** A size, and perhaps that of the cells of a table that the kernel no longer has. */
  private long size(String word) throws TcException {
    String text = words.next();
    int slash = text.indexOf('/');
    OptionalLong size = Units.size(slash < 0 ? text : text.substring(0, slash));
    if (slash >= 0) {
      long cell = CNumber.integer(text.substring(slash + 1)).orElse(0);
      if (Long.bitCount(cell) != 1) {
        throw illegal(word, text);
      }
    }
    return size.orElseThrow(() -> illegal(word, text));
  }

  private long required(OptionalLong value, String word) throws TcException {
    return value.orElseThrow(() -> illegal(word, words.last()));
  }

  private static TcException illegal(String word, String value) {
    return wrong("illegal value for \"" + word + "\": \"" + value + "\"");
  }

  private static TcException wrong(String text) {
    return TcException.wrong("tbf: " + text);
  }

  private void check() throws TcException {
    StringBuilder missing = new StringBuilder();
    if (rate == 0) {
      missing.append("tbf: the \"rate\" parameter is mandatory.\n");
    }
    if (burst == 0) {
      missing.append("tbf: the \"burst\" parameter is mandatory.\n");
    }
    if (peakRate != 0 && mtu == 0) {
      missing.append("tbf: when \"peakrate\" is specified, \"mtu\" must also be specified.\n");
    }
    if (limit == 0 && latencyMicros == 0) {
      missing.append("tbf: either \"limit\" or \"latency\" is required.\n");
    }
    if (!missing.isEmpty()) {
      throw TcException.wrong(missing + USAGE);
    }
  }

  /** What may wait: as much as passes within the latency, besides a burst. */
  private long limit() {
    if (limit != 0) {
      return limit;
    }
    double octets = rate * (double) latencyMicros / MICROS_PER_SECOND + burst;
    if (peakRate != 0) {
      octets = Math.min(octets, peakRate * (double) latencyMicros / MICROS_PER_SECOND + mtu);
    }
    return CNumber.truncate(octets) & UNSIGNED;
  }

  private TbfOptions options() throws TcException {
    if (peakRate != 0 && peakRate <= rate || rate < 0) {
      throw TcException.refused("RTNETLINK answers: Invalid argument");
    }
    return new TbfOptions(rate, burst, limit(), peakRate, peakRate == 0 ? 0 : mtu);
  }

  @Override
  public Qdisc create(Process self, Nic nic, int handle) throws TcException {
    return new Tbf(nic, handle, options(), self.world().timers());
  }

  @Override
  public void change(Qdisc present) throws TcException {
    ((Tbf) present).options(options());
  }
}
