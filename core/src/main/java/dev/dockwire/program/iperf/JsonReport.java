package dev.dockwire.program.iperf;

import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.program.iperf.DataStream.Interval;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What {@code iperf3 -J} prints of a test: its parts are gathered, and printed at the end. */
final class JsonReport {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH);

  private final Map<String, Object> start = new LinkedHashMap<>();
  private final List<Object> connected = new ArrayList<>();
  private final List<Object> intervals = new ArrayList<>();
  private final Map<String, Object> end = new LinkedHashMap<>();

  JsonReport() {
    start.put("connected", connected);
    start.put("version", "iperf " + Iperf3.VERSION);
    start.put("system_info", "Linux");
  }

  /**
   * Says who talks to whom.
   *
   * @param role {@code connecting_to} or {@code accepted_connection}
   */
  void peer(String role, String host, int hostPort, String cookie, long epochNanos) {
    long seconds = epochNanos / 1_000_000_000L;
    Map<String, Object> timestamp = new LinkedHashMap<>();
    timestamp.put("time", Instant.ofEpochSecond(seconds).atZone(ZoneOffset.UTC).format(TIME));
    timestamp.put("timesecs", seconds);
    start.put("timestamp", timestamp);
    Map<String, Object> peer = new LinkedHashMap<>();
    peer.put("host", host);
    peer.put("port", hostPort);
    start.put(role, peer);
    start.put("cookie", cookie);
  }

  void begin(TestParameters parameters, List<DataStream> streams) {
    for (DataStream stream : streams) {
      Map<String, Object> each = new LinkedHashMap<>();
      each.put("socket", stream.socketNumber());
      each.put("local_host", Ipv4Address.toString(stream.localAddress()));
      each.put("local_port", stream.localPort());
      each.put("remote_host", Ipv4Address.toString(stream.remoteAddress()));
      each.put("remote_port", stream.remotePort());
      connected.add(each);
    }
    start.put("target_bitrate", parameters.bitsPerSecond());
    Map<String, Object> test = new LinkedHashMap<>();
    test.put("protocol", parameters.udp() ? "UDP" : "TCP");
    test.put("num_streams", parameters.parallel());
    test.put("blksize", parameters.blockSize());
    test.put("omit", 0);
    test.put("duration", parameters.seconds());
    test.put("bytes", parameters.octets());
    test.put("blocks", 0);
    test.put("reverse", parameters.reverse() ? 1 : 0);
    test.put("tos", 0);
    test.put("target_bitrate", parameters.bitsPerSecond());
    start.put("test_start", test);
  }

  void interval(List<DataStream> streams, List<Interval> parts, boolean udp, boolean sends) {
    List<Object> all = new ArrayList<>();
    for (int i = 0; i < streams.size(); i++) {
      Interval part = parts.get(i);
      Map<String, Object> each = new LinkedHashMap<>();
      each.put("socket", streams.get(i).socketNumber());
      measured(each, part.start(), part.end(), part.octets());
      if (udp) {
        each.put("packets", part.packets());
      } else if (sends) {
        each.put("retransmits", part.resends());
        each.put("snd_cwnd", part.congestionWindow());
        each.put("rtt", part.rttNanos() / 1_000);
        each.put("rttvar", part.rttVarianceNanos() / 1_000);
      }
      each.put("omitted", false);
      each.put("sender", sends);
      all.add(each);
    }
    Map<String, Object> sum = new LinkedHashMap<>();
    Interval first = parts.getFirst();
    measured(sum, first.start(), first.end(), parts.stream().mapToLong(Interval::octets).sum());
    if (udp) {
      sum.put("packets", parts.stream().mapToLong(Interval::packets).sum());
    } else if (sends) {
      sum.put("retransmits", parts.stream().mapToInt(Interval::resends).sum());
    }
    sum.put("omitted", false);
    sum.put("sender", sends);
    Map<String, Object> interval = new LinkedHashMap<>();
    interval.put("streams", all);
    interval.put("sum", sum);
    intervals.add(interval);
  }

  private static void measured(Map<String, Object> to, double from, double until, long octets) {
    to.put("start", from);
    to.put("end", until);
    to.put("seconds", until - from);
    to.put("bytes", octets);
    to.put("bits_per_second", until > from ? octets * 8 / (until - from) : 0.0);
  }

  void results(
      List<DataStream> streams,
      List<Summary> sent,
      List<Summary> received,
      boolean udp,
      boolean sends,
      String senderControl,
      String receiverControl) {
    List<Object> all = new ArrayList<>();
    for (int i = 0; i < streams.size(); i++) {
      DataStream stream = streams.get(i);
      Map<String, Object> each = new LinkedHashMap<>();
      if (i < sent.size()) {
        Map<String, Object> sender = side(stream, sent.get(i), udp, sends);
        if (!udp && sends) {
          sender.put("max_snd_cwnd", stream.largestWindow());
          sender.put("max_rtt", stream.rttMax());
          sender.put("min_rtt", stream.rttMin());
          sender.put("mean_rtt", stream.rttMean());
        }
        sender.put("sender", sends);
        each.put("sender", sender);
      }
      if (i < received.size()) {
        Map<String, Object> receiver = side(stream, received.get(i), udp, sends);
        receiver.remove("retransmits");
        receiver.put("sender", sends);
        each.put("receiver", receiver);
      }
      all.add(each);
    }
    end.put("streams", all);
    sum("sum_sent", sent, udp, sends);
    sum("sum_received", received, udp, sends);
    Map<String, Object> cpu = new LinkedHashMap<>();
    List.of(
            "host_total",
            "host_user",
            "host_system",
            "remote_total",
            "remote_user",
            "remote_system")
        .forEach(name -> cpu.put(name, 0));
    end.put("cpu_utilization_percent", cpu);
    if (!udp) {
      end.put("sender_tcp_congestion", senderControl);
      end.put("receiver_tcp_congestion", receiverControl);
    }
  }

  private static Map<String, Object> side(
      DataStream stream, Summary summary, boolean udp, boolean sends) {
    Map<String, Object> side = new LinkedHashMap<>();
    side.put("socket", stream.socketNumber());
    measured(side, 0, summary.end(), summary.octets());
    datagramsOrResends(side, summary, udp);
    return side;
  }

  private static void datagramsOrResends(Map<String, Object> to, Summary summary, boolean udp) {
    if (udp) {
      to.put("jitter_ms", summary.jitterSeconds() * 1_000);
      to.put("lost_packets", summary.lost());
      to.put("packets", summary.packets());
      double percent = summary.packets() == 0 ? 0 : 100.0 * summary.lost() / summary.packets();
      to.put("lost_percent", percent);
    } else if (summary.resends() >= 0) {
      to.put("retransmits", summary.resends());
    }
  }

  private void sum(String name, List<Summary> summaries, boolean udp, boolean sends) {
    Summary all = Summary.sum(summaries);
    Map<String, Object> sum = new LinkedHashMap<>();
    measured(sum, 0, all.end(), all.octets());
    datagramsOrResends(sum, all, udp);
    if (name.equals("sum_received")) {
      sum.remove("retransmits");
    }
    sum.put("sender", sends);
    end.put(name, sum);
  }

  /** The whole text; with why there is nothing more, if there is not. */
  String text(String error) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("start", start);
    all.put("intervals", intervals);
    all.put("end", end);
    if (!error.isEmpty()) {
      all.put("error", error);
    }
    return Json.pretty(all, 0) + "\n";
  }
}
