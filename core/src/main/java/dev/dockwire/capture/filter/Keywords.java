package dev.dockwire.capture.filter;

import java.util.Map;
import java.util.Set;

/** The words that are part of the language, and the numbers that have names. */
final class Keywords {

  private static final Set<String> WORDS =
      Set.of(
          "and",
          "or",
          "not",
          "src",
          "dst",
          "host",
          "net",
          "mask",
          "port",
          "portrange",
          "proto",
          "gateway",
          "less",
          "greater",
          "len",
          "length",
          "broadcast",
          "multicast",
          "inbound",
          "outbound",
          "vlan",
          "ether",
          "link",
          "ip",
          "arp",
          "rarp",
          "ip6",
          "tcp",
          "udp",
          "icmp",
          "igmp",
          "sctp",
          "icmp6");

  private static final Map<String, Integer> NUMBERS =
      Map.ofEntries(
          Map.entry("tcpflags", 13),
          Map.entry("tcp-fin", 0x01),
          Map.entry("tcp-syn", 0x02),
          Map.entry("tcp-rst", 0x04),
          Map.entry("tcp-push", 0x08),
          Map.entry("tcp-ack", 0x10),
          Map.entry("tcp-urg", 0x20),
          Map.entry("tcp-ece", 0x40),
          Map.entry("tcp-cwr", 0x80),
          Map.entry("icmptype", 0),
          Map.entry("icmpcode", 1),
          Map.entry("icmp-echoreply", 0),
          Map.entry("icmp-unreach", 3),
          Map.entry("icmp-sourcequench", 4),
          Map.entry("icmp-redirect", 5),
          Map.entry("icmp-echo", 8),
          Map.entry("icmp-routeradvert", 9),
          Map.entry("icmp-routersolicit", 10),
          Map.entry("icmp-timxceed", 11),
          Map.entry("icmp-paramprob", 12),
          Map.entry("icmp-tstamp", 13),
          Map.entry("icmp-tstampreply", 14),
          Map.entry("icmp-ireq", 15),
          Map.entry("icmp-ireqreply", 16),
          Map.entry("icmp-maskreq", 17),
          Map.entry("icmp-maskreply", 18));

  private Keywords() {}

  static boolean isKeyword(String word) {
    return WORDS.contains(word) || NUMBERS.containsKey(word);
  }

  /** The number that a word names; null if it names none. */
  static Integer number(String word) {
    return NUMBERS.get(word);
  }
}
