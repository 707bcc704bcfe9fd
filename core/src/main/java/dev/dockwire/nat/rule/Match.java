package dev.dockwire.nat.rule;

import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.frame.Ipv4Prefix;
import dev.dockwire.frame.Services;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One condition of a rule, and how it is written.
 *
 * @param option as it is given to iptables, such as {@code -d} or {@code --dport}
 * @param value as {@code iptables -S} prints it
 */
record Match(String option, boolean negated, String value, Test test) {

  private static final Map<String, Integer> PROTOCOLS = Map.of("tcp", 6, "udp", 17, "icmp", 1);
  private static final Ipv4Prefix LOOPBACK = Ipv4Prefix.parse("127.0.0.0/8");

  @FunctionalInterface
  interface Test {
    boolean matches(Packet packet);
  }

  boolean matches(Packet packet) {
    return test.matches(packet) != negated;
  }

  boolean is(String anOption) {
    return option.equals(anOption);
  }

  /** Reads a condition; throws IllegalArgumentException for what iptables would not take. */
  static Match of(String option, boolean negated, String value) {
    return switch (option) {
      case "-s", "--source" -> {
        Ipv4Prefix from = prefix(value);
        Test test = packet -> from.contains(packet.source);
        yield new Match("-s", negated, from.toString(), test);
      }
      case "-d", "--destination" -> {
        Ipv4Prefix to = prefix(value);
        Test test = packet -> to.contains(packet.destination);
        yield new Match("-d", negated, to.toString(), test);
      }
      case "-i", "--in-interface" -> new Match("-i", negated, value, p -> isNamed(p.in, value));
      case "-o", "--out-interface" -> new Match("-o", negated, value, p -> isNamed(p.out, value));
      case "-p", "--protocol" -> {
        String name = value.toLowerCase(Locale.ROOT);
        Integer number = PROTOCOLS.get(name);
        if (number == null) {
          throw new IllegalArgumentException("unknown protocol \"" + value + "\" specified");
        }
        yield new Match("-p", negated, name, packet -> packet.protocol == number);
      }
      case "--sport", "--source-port" -> {
        int first = firstPort(value);
        int last = lastPort(value);
        Test test = packet -> packet.sourcePort >= first && packet.sourcePort <= last;
        yield new Match("--sport", negated, value, test);
      }
      case "--dport", "--destination-port" -> {
        int first = firstPort(value);
        int last = lastPort(value);
        Test test = packet -> packet.destinationPort >= first && packet.destinationPort <= last;
        yield new Match("--dport", negated, value, test);
      }
      case "--ctstate", "--state" -> {
        List<String> states = List.of(value.split(","));
        yield new Match("--ctstate", negated, value, packet -> states.contains(packet.state));
      }
      case "--dst-type" -> local(option, negated, value, packet -> packet.destination);
      case "--src-type" -> local(option, negated, value, packet -> packet.source);
      default -> throw new IllegalArgumentException("unknown option \"" + option + "\"");
    };
  }

  private interface AddressOf {
    int of(Packet packet);
  }

  private static Match local(String option, boolean negated, String value, AddressOf address) {
    if (!value.equals("LOCAL")) {
      throw new IllegalArgumentException("Unknown address type \"" + value + "\"");
    }
    return new Match(
        option,
        negated,
        value,
        packet -> LOOPBACK.contains(address.of(packet)) || packet.isLocal(address.of(packet)));
  }

  private static Ipv4Prefix prefix(String text) {
    String whole = text.indexOf('/') < 0 ? text + "/32" : text;
    try {
      return Ipv4Prefix.parse(whole).network();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("host/network `" + text + "' not found", e);
    }
  }

  private static int firstPort(String value) {
    return port(value.split(":", 2)[0], value);
  }

  private static int lastPort(String value) {
    String[] ends = value.split(":", 2);
    return port(ends[ends.length - 1], value);
  }

  private static int port(String text, String value) {
    if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > 65_535) {
      throw new IllegalArgumentException("invalid port/service `" + value + "' specified");
    }
    return Integer.parseInt(text);
  }

  /** A name that ends in + stands for all that begin so. */
  private static boolean isNamed(String name, String wanted) {
    return wanted.endsWith("+")
        ? name.startsWith(wanted.substring(0, wanted.length() - 1))
        : name.equals(wanted);
  }

  /** The extension that an option belongs to; empty for those that all rules may have. */
  String module(String protocol) {
    return switch (option) {
      case "--sport", "--dport" -> protocol;
      case "--ctstate" -> "conntrack";
      case "--dst-type", "--src-type" -> "addrtype";
      default -> "";
    };
  }

  /**
   * What {@code iptables -L} says of it behind the destination.
   *
   * @param protocol whose ports they are, if it is about ports
   * @param numeric whether ports have no names
   */
  String inWords(String protocol, boolean numeric) {
    String not = negated ? "!" : "";
    return switch (option) {
      case "--dport" -> " dpt:" + not + ports(protocol, numeric);
      case "--sport" -> " spt:" + not + ports(protocol, numeric);
      case "--ctstate" -> (negated ? " ! ctstate " : " ctstate ") + value;
      case "--dst-type", "--src-type" ->
          " ADDRTYPE match " + option.substring(2) + " " + not + value;
      default -> "";
    };
  }

  private String ports(String protocol, boolean numeric) {
    return numeric
        ? value
        : Arrays.stream(value.split(":"))
            .map(number -> Services.of(protocol).name(Integer.parseInt(number)).orElse(number))
            .collect(Collectors.joining(":"));
  }

  /** An address as {@code iptables -L} shows it: without a length if it is a host's. */
  String address(boolean numeric) {
    String shown = value.endsWith("/32") ? value.substring(0, value.length() - 3) : value;
    boolean isLoopback = shown.equals(Ipv4Address.LOOPBACK.toString());
    return (negated ? "!" : " ") + (isLoopback && !numeric ? "localhost" : shown);
  }
}
