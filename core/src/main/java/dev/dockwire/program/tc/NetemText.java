package dev.dockwire.program.tc;

import dev.dockwire.link.netem.Chance;
import dev.dockwire.link.netem.Delay;
import dev.dockwire.link.netem.LineRate;
import dev.dockwire.link.netem.Loss;
import dev.dockwire.link.netem.NetemOptions;

/** Writes netem's options as {@code tc qdisc show} does. */
final class NetemText {

  private final StringBuilder text = new StringBuilder();

  private NetemText() {}

  static String of(NetemOptions options) {
    NetemText text = new NetemText();
    text.append(options);
    return text.text.toString();
  }

  private void append(NetemOptions options) {
    text.append("limit ").append(options.limit());
    append(options.delay());
    append(options.loss());
    append("duplicate", options.duplicate());
    append("reorder", options.reorder());
    append("corrupt", options.corrupt());
    append(options.rate());
    if (options.gap() != 0) {
      text.append(" gap ").append(Integer.toUnsignedString(options.gap()));
    }
  }

  private void append(Delay delay) {
    if (delay.nanos() == 0) {
      return;
    }
    text.append(" delay ").append(Units.time(Ticks.micros(delay.nanos())));
    if (delay.jitterNanos() != 0) {
      text.append("  ").append(Units.time(Ticks.micros(delay.jitterNanos())));
      append(delay.correlation());
    }
  }

  private void append(Loss loss) {
    switch (loss) {
      case Loss.Random(Chance chance) -> append("loss", chance);
      case Loss.FourStates model -> {
        text.append(" loss state");
        append("p13", model.p13());
        append("p31", model.p31());
        append("p32", model.p32());
        append("p23", model.p23());
        append("p14", model.p14());
      }
      case Loss.GilbertElliott model -> {
        text.append(" loss gemodel");
        append("p", model.toBad());
        append("r", model.toGood());
        append("1-h", model.lossWhileBad());
        append("1-k", model.lossWhileGood());
      }
    }
  }

  private void append(LineRate rate) {
    if (!rate.isLimited()) {
      return;
    }
    text.append(" rate ").append(Units.rate(rate.bytesPerSecond()));
    if (rate.packetOverhead() != 0) {
      text.append(" packetoverhead ").append(rate.packetOverhead());
    }
    if (rate.cellSize() != 0) {
      text.append(" cellsize ").append(Integer.toUnsignedString(rate.cellSize()));
    }
    if (rate.cellOverhead() != 0) {
      text.append(" celloverhead ").append(rate.cellOverhead());
    }
  }

  private void append(String name, Chance chance) {
    if (chance.probability() != 0) {
      append(name, chance.probability());
      append(chance.correlation());
    }
  }

  private void append(String name, double probability) {
    text.append(' ').append(name).append(' ').append(Units.percent(probability));
  }

  private void append(double correlation) {
    if (correlation != 0) {
      text.append(' ').append(Units.percent(correlation));
    }
  }
}
