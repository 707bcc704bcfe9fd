package dev.dockwire.program.iperf;

import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.host.Process;
import dev.dockwire.program.iperf.DataStream.Interval;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;

/** What iperf3 prints of a test for people. */
final class TextReport {

  private static final String LINE = "- - - - - - - - - - - - - - - - - - - - - - - - -\n";
  private static final String COLUMNS = "[ ID] Interval           Transfer     Bitrate";

  private final Process self;
  private final TestParameters parameters;
  private final boolean isClient;
  private final boolean sends;
  private boolean hasHeader;

  TextReport(Process self, TestParameters parameters, boolean isClient, boolean sends) {
    this.self = self;
    this.parameters = parameters;
    this.isClient = isClient;
    this.sends = sends;
  }

  void connected(DataStream stream) {
    self.print(
        String.format(
            Locale.ROOT,
            "[%3d] local %s port %d connected to %s port %d\n",
            stream.socketNumber(),
            Ipv4Address.toString(stream.localAddress()),
            stream.localPort(),
            Ipv4Address.toString(stream.remoteAddress()),
            stream.remotePort()));
  }

  void interval(List<DataStream> streams, List<Interval> intervals) {
    if (hasHeader && streams.size() > 1) {
      self.print(LINE);
    }
    if (!hasHeader) {
      hasHeader = true;
      self.print(COLUMNS + intervalColumns() + "\n");
    }
    for (int i = 0; i < streams.size(); i++) {
      Interval of = intervals.get(i);
      String name = String.format(Locale.ROOT, "%3d", streams.get(i).socketNumber());
      self.print(line(name, of.start(), of.end(), of.octets(), of.bitsPerSecond()) + tail(of));
    }
    if (streams.size() > 1) {
      sum(intervals);
    }
  }

  private String intervalColumns() {
    if (parameters.udp()) {
      return sends ? "         Total Datagrams" : "         Jitter    Lost/Total Datagrams";
    }
    return isClient || sends ? "         Retr  Cwnd" : "";
  }

  private String tail(Interval of) {
    if (parameters.udp()) {
      return sends
          ? "  " + of.packets() + "  \n"
          : datagrams(of.jitterMillis(), of.lost(), of.packets()) + "  \n";
    }
    return sends
        ? String.format(
            Locale.ROOT, "  %3d   %s       \n", of.resends(), Amount.bytes(of.congestionWindow()))
        : " ".repeat(18) + "\n";
  }

  private void sum(List<Interval> intervals) {
    long octets = intervals.stream().mapToLong(Interval::octets).sum();
    double start = intervals.getFirst().start();
    double end = intervals.getFirst().end();
    String line = line("SUM", start, end, octets, end > start ? octets * 8 / (end - start) : 0);
    long packets = intervals.stream().mapToLong(Interval::packets).sum();
    if (parameters.udp()) {
      double jitter = intervals.stream().mapToDouble(Interval::jitterMillis).average().orElse(0);
      long lost = intervals.stream().mapToLong(Interval::lost).sum();
      self.print(line + (sends ? "  " + packets : datagrams(jitter, lost, packets)) + "  \n");
    } else {
      int resends = intervals.stream().mapToInt(Interval::resends).sum();
      self.print(line + (sends ? resends(resends) : " ".repeat(18)) + "\n");
    }
  }

  /** The last lines: what was sent and what arrived, as far as this side shows it. */
  void results(List<DataStream> streams, List<Summary> sent, List<Summary> received) {
    self.print(LINE);
    boolean showsResends = !parameters.udp() && (isClient || sends);
    self.print(
        COLUMNS
            + (parameters.udp() ? "         Jitter    Lost/Total Datagrams" : "")
            + (showsResends ? "         Retr" : "")
            + "\n");
    for (int i = 0; i < streams.size(); i++) {
      String name = String.format(Locale.ROOT, "%3d", streams.get(i).socketNumber());
      result(name, sent, received, i);
    }
    if (streams.size() > 1) {
      result(
          "SUM",
          sent.isEmpty() ? sent : List.of(Summary.sum(sent)),
          received.isEmpty() ? received : List.of(Summary.sum(received)),
          0);
    }
  }

  private void result(String name, List<Summary> sent, List<Summary> received, int index) {
    if (index < sent.size()) {
      Summary of = sent.get(index);
      String line = line(name, 0, of.end(), of.octets(), of.bitsPerSecond());
      self.print(
          line
              + (parameters.udp()
                  ? datagrams(0, 0, of.packets()) + "  "
                  : of.resends() < 0 ? " ".repeat(18) : resends(of.resends()))
              + "sender\n");
    }
    if (index < received.size()) {
      Summary of = received.get(index);
      String line = line(name, 0, of.end(), of.octets(), of.bitsPerSecond());
      self.print(
          line
              + (parameters.udp()
                  ? datagrams(of.jitterSeconds() * 1_000, of.lost(), of.packets()) + "  "
                  : " ".repeat(18))
              + "receiver\n");
    }
  }

  private static String line(
      String name, double start, double end, long octets, double bitsPerSecond) {
    return String.format(
        Locale.ROOT,
        "[%s] %6.2f-%-6.2f sec  %s  %s",
        name,
        start,
        end,
        Amount.bytes(octets),
        Amount.rate(bitsPerSecond));
  }

  private static String resends(long resends) {
    return String.format(Locale.ROOT, "  %3d             ", resends);
  }

  private static String datagrams(double jitterMillis, long lost, long packets) {
    double percent = packets == 0 ? 0 : 100.0 * lost / packets;
    String shown =
        new BigDecimal(percent).round(new MathContext(2)).stripTrailingZeros().toPlainString();
    return String.format(
        Locale.ROOT, "  %5.3f ms  %d/%d (%s%%)", jitterMillis, lost, packets, shown);
  }
}
