package dev.dockwire.nat;

import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.frame.Ipv4View;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Writes flows as {@code conntrack -L} does. */
final class FlowText {

  private FlowText() {}

  static String line(Flow flow, long now) {
    long seconds = TimeUnit.NANOSECONDS.toSeconds(Math.max(flow.deadline - now, 0));
    String state = flow.tcp == null ? "" : flow.tcp.state() + " ";
    return String.format(
        Locale.ROOT,
        "%-8s %d %d %s%s%s %s%s mark=0 use=1",
        protocol(flow.original.protocol),
        flow.original.protocol,
        seconds,
        state,
        tuple(flow.original),
        flow.isAnswered ? "" : " [UNREPLIED]",
        tuple(flow.reply),
        flow.isAssured() ? " [ASSURED]" : "");
  }

  private static String protocol(int number) {
    return switch (number) {
      case Ipv4View.PROTOCOL_TCP -> "tcp";
      case Ipv4View.PROTOCOL_UDP -> "udp";
      case Ipv4View.PROTOCOL_ICMP -> "icmp";
      default -> "unknown";
    };
  }

  private static String tuple(Tuple tuple) {
    String ends =
        "src="
            + Ipv4Address.toString(tuple.source)
            + " dst="
            + Ipv4Address.toString(tuple.destination);
    return switch (tuple.protocol) {
      case Ipv4View.PROTOCOL_TCP, Ipv4View.PROTOCOL_UDP ->
          ends + " sport=" + tuple.sourcePort() + " dport=" + tuple.destinationPort();
      case Ipv4View.PROTOCOL_ICMP ->
          ends
              + " type="
              + (tuple.destinationPort() >>> 8)
              + " code="
              + (tuple.destinationPort() & 0xff)
              + " id="
              + tuple.sourcePort();
      default -> ends;
    };
  }
}
