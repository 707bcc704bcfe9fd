package dev.dockwire.program.netstat;

import dev.dockwire.stack.tcp.TcpInfo;
import java.math.BigDecimal;
import java.math.MathContext;

/** What {@code ss -i} says of a TCP connection: iproute2's words in iproute2's order. */
final class SsDetails {

  private static final int DIGITS = 6;

  private final StringBuilder text = new StringBuilder("\n\t");

  private SsDetails() {}

  /** What a port that listens has. */
  static String ofListening(String congestionControl) {
    return "\n\t " + congestionControl + " cwnd:10";
  }

  static String of(TcpInfo info) {
    SsDetails details = new SsDetails();
    details.addFlag("ts", info.timestamps());
    details.addFlag("sack", info.sack());
    details.addFlag(info.congestionControl(), true);
    if (info.windowScale()) {
      details.add("wscale", info.sndScale() + "," + info.rcvScale());
    }
    details.add("rto", millis(info.rtoNanos()));
    details.addIfAny("backoff", info.backoffs());
    if (info.srttNanos() > 0) {
      details.add("rtt", millis(info.srttNanos()) + "/" + millis(info.rttvarNanos()));
    }
    details.addIfAny("mss", info.sndMss());
    details.addIfAny("pmtu", info.pathMtu());
    details.addIfAny("advmss", info.advertisedMss());
    details.addIfAny("cwnd", info.cwnd());
    details.addIfAny("ssthresh", info.ssthresh());
    details.addIfAny("unacked", info.unacked());
    if (info.resent() > 0) {
      details.add("retrans", info.backoffs() + "/" + info.resent());
    }
    details.addIfAny("sacked", info.sacked());
    return details.text.toString();
  }

  private void addFlag(String name, boolean on) {
    if (on) {
      text.append(' ').append(name);
    }
  }

  private void addIfAny(String name, int value) {
    if (value != 0) {
      add(name, Integer.toString(value));
    }
  }

  private void add(String name, String value) {
    text.append(' ').append(name).append(':').append(value);
  }

  /** Milliseconds, counted in microseconds, as C's {@code %g} writes them. */
  private static String millis(long nanos) {
    return BigDecimal.valueOf(nanos / 1000, 3)
        .round(new MathContext(DIGITS))
        .stripTrailingZeros()
        .toPlainString();
  }
}
