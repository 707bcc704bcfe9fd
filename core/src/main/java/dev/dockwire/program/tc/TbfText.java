package dev.dockwire.program.tc;

import dev.dockwire.link.tbf.Tbf;
import dev.dockwire.link.tbf.TbfOptions;

/**
 * Writes tbf's options as {@code tc qdisc show} does. The kernel tells tc a burst as a time in
 * {@link Ticks}, 32 bits of them, so less comes back than was asked for.
 */
final class TbfText {

  private static final double MICROS_PER_SECOND = 1e6;
  private static final long UNSIGNED = 0xffff_ffffL;

  private TbfText() {}

  static String of(Tbf tbf) {
    TbfOptions options = tbf.options();
    long burstMicros = Ticks.toldMicros(tbf.burstNanos());
    StringBuilder text = new StringBuilder("rate ");
    text.append(Units.rate(options.bytesPerSecond()));
    text.append(" burst ").append(size(options.bytesPerSecond(), burstMicros));
    double latency = micros(options.limit(), options.bytesPerSecond()) - burstMicros;
    if (options.hasPeak()) {
      long peakMicros = Ticks.toldMicros(tbf.peakBurstNanos());
      text.append(" peakrate ").append(Units.rate(options.peakBytesPerSecond()));
      text.append(" minburst ").append(size(options.peakBytesPerSecond(), peakMicros));
      double atPeak = micros(options.limit(), options.peakBytesPerSecond()) - peakMicros;
      latency = Math.max(latency, atPeak);
    }
    if (latency >= 0) {
      text.append(" lat ").append(Units.time((long) latency & UNSIGNED));
    } else {
      text.append(" limit ").append(Units.size(options.limit()));
    }
    return text.append(' ').toString();
  }

  private static String size(long bytesPerSecond, long micros) {
    return Units.size((long) ((double) bytesPerSecond * micros / MICROS_PER_SECOND));
  }

  private static double micros(long octets, long bytesPerSecond) {
    return MICROS_PER_SECOND * (octets / (double) bytesPerSecond);
  }
}
