package dev.dockwire.capture.filter;

import dev.dockwire.capture.filter.Condition.Address;
import dev.dockwire.capture.filter.Condition.EtherType;
import dev.dockwire.capture.filter.Condition.Ipv4Protocol;
import dev.dockwire.capture.filter.Condition.Ipv6Protocol;
import dev.dockwire.capture.filter.Condition.Or;
import dev.dockwire.frame.EthernetView;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an id means, given its qualifiers, and what is wrong where they do not go together. */
final class Primitives {

  static final int ICMP6 = 58;

  private static final int MAX_PORT = 65_535;
  private static final Pattern RANGE = Pattern.compile("([^-]+)-([^-]+)");

  private static final Map<String, Integer> PROTOCOLS =
      Map.ofEntries(
          Map.entry("icmp", 1),
          Map.entry("igmp", 2),
          Map.entry("tcp", 6),
          Map.entry("udp", 17),
          Map.entry("ipv6", 41),
          Map.entry("gre", 47),
          Map.entry("esp", 50),
          Map.entry("ah", 51),
          Map.entry("ospf", 89),
          Map.entry("pim", 103),
          Map.entry("vrrp", 112),
          Map.entry("sctp", 132));

  private static final Map<String, Integer> ETHER_TYPES =
      Map.of(
          "ip", EthernetView.TYPE_IPV4,
          "arp", EthernetView.TYPE_ARP,
          "rarp", Header.RARP.etherType,
          "ip6", EthernetView.TYPE_IPV6);

  private final FilterNames names;

  Primitives(FilterNames names) {
    this.names = names;
  }

  /** A protocol by itself: {@code tcp}. */
  Condition protocol(Header header) throws FilterException {
    if (header == Header.ETHER) {
      throw new FilterException("link layer applied in wrong context");
    }
    if (header.etherType != 0) {
      return new EtherType(header.etherType);
    }
    Condition overIpv4 = new Ipv4Protocol(header.protocol);
    return header.isOverIpv6() ? new Or(new Ipv6Protocol(header.protocol), overIpv4) : overIpv4;
  }

  Condition ipBroadcast() {
    return new Condition.IpBroadcast(names.networkMask());
  }

  /** A number. */
  Condition number(long value, Qualifiers qualifiers) throws FilterException {
    return switch (qualifiers.kind()) {
      case DEFAULT, HOST -> address((int) value, -1, qualifiers);
      case NET -> shortNet((int) value, qualifiers);
      case PORT, PORT_RANGE -> ports(port(value), port(value), qualifiers);
      case PROTOCOL -> protocol((int) value, qualifiers);
      case GATEWAY -> throw new FilterException("'gateway' requires a name");
      case NONE -> throw FilterException.unqualified();
    };
  }

  /** {@code net 10} is 10.0.0.0/8. */
  private static Condition shortNet(int number, Qualifiers qualifiers) throws FilterException {
    int address = number;
    int mask = -1;
    while (address != 0 && address >>> 24 == 0) {
      address <<= 8;
      mask <<= 8;
    }
    return address(address, mask, qualifiers);
  }

  /** Two to four numbers with dots: an address, or the network that begins so. */
  Condition dotted(String text, Qualifiers qualifiers) throws FilterException {
    return switch (qualifiers.kind()) {
      case DEFAULT, HOST, NET -> address(addressOf(text), maskOf(partsOf(text)), qualifiers);
      case PORT, PORT_RANGE -> throw new FilterException("unknown port '" + text + "'");
      case PROTOCOL -> throw new FilterException("unknown protocol '" + text + "'");
      case GATEWAY -> throw new FilterException("'gateway' requires a name");
      case NONE -> throw FilterException.unqualified();
    };
  }

  Condition prefix(String text, long length, Qualifiers qualifiers) throws FilterException {
    if (length > 32) {
      throw new FilterException("mask length must be <= 32");
    }
    int mask = length == 0 ? 0 : -1 << 32 - length;
    return network(text, mask, text + "/" + length, qualifiers);
  }

  Condition masked(String text, String maskText, Qualifiers qualifiers) throws FilterException {
    return network(text, addressOf(maskText), text + " mask " + maskText, qualifiers);
  }

  private static Condition network(String text, int mask, String shown, Qualifiers qualifiers)
      throws FilterException {
    int address = addressOf(text);
    if ((address & ~mask) != 0) {
      throw new FilterException("non-network bits set in \"" + shown + "\"");
    }
    if (qualifiers.kind() == Qualifiers.Kind.NONE) {
      throw FilterException.unqualified();
    }
    if (qualifiers.kind() != Qualifiers.Kind.NET) {
      throw new FilterException("Mask syntax for networks only");
    }
    return address(address, mask, qualifiers);
  }

  private static int partsOf(String text) {
    return text.split("\\.").length;
  }

  private static int maskOf(int parts) {
    return -1 << 32 - 8 * parts;
  }

  /** The numbers of an address, those that are missing 0. */
  private static int addressOf(String text) throws FilterException {
    int address = 0;
    for (String part : text.split("\\.")) {
      long number = ArithmeticParser.number(part);
      if (number > 255) {
        throw new FilterException("invalid IPv4 address '" + text + "'");
      }
      address = address << 8 | (int) number;
    }
    int missing = 32 - 8 * partsOf(text);
    return missing == 0 ? address : address << missing;
  }

  private static Condition address(int address, int mask, Qualifiers qualifiers)
      throws FilterException {
    boolean net = qualifiers.kind() == Qualifiers.Kind.NET;
    Header header = qualifiers.header();
    if (header == null) {
      return new Or(
          address(Header.IP, address, mask, qualifiers),
          new Or(
              address(Header.ARP, address, mask, qualifiers),
              address(Header.RARP, address, mask, qualifiers)));
    }
    return switch (header) {
      case IP, ARP, RARP -> address(header, address, mask, qualifiers);
      case ETHER -> throw new FilterException("illegal link layer address");
      case IP6 -> throw new FilterException("'ip6' modifier applied to ip " + word(net));
      default ->
          throw new FilterException("'" + header.word() + "' modifier applied to " + word(net));
    };
  }

  private static String word(boolean net) {
    return net ? "net" : "host";
  }

  private static Condition address(Header header, int address, int mask, Qualifiers qualifiers) {
    return new Address(header.etherType, qualifiers.endOrEither(), address, mask);
  }

  Condition mac(String text, Qualifiers qualifiers) throws FilterException {
    boolean host =
        qualifiers.kind() == Qualifiers.Kind.HOST || qualifiers.kind() == Qualifiers.Kind.DEFAULT;
    if (!host || qualifiers.header() != Header.ETHER) {
      throw new FilterException("ethernet address used in non-ether expression");
    }
    long mac = 0;
    for (String octet : text.split("[:-]")) {
      mac = mac << 8 | Integer.parseInt(octet, 16);
    }
    return new Condition.EtherAddress(qualifiers.endOrEither(), mac);
  }

  /** A word: the name of a host, a service or a protocol. */
  Condition name(String name, Qualifiers qualifiers) throws FilterException {
    return switch (qualifiers.kind()) {
      case DEFAULT, HOST -> host(name, qualifiers);
      case NET -> throw new FilterException("unknown network '" + name + "'");
      case PORT -> service(name, qualifiers);
      case PORT_RANGE -> range(name, qualifiers);
      case PROTOCOL -> protocol(protocolOf(name, qualifiers.header()), qualifiers);
      case GATEWAY -> throw new FilterException("'gateway' not supported in this configuration");
      case NONE -> throw FilterException.unqualified();
    };
  }

  private Condition host(String name, Qualifiers qualifiers) throws FilterException {
    if (qualifiers.header() == Header.ETHER) {
      throw new FilterException("unknown ether host '" + name + "'");
    }
    List<Integer> addresses = names.hosts(name);
    if (addresses.isEmpty()) {
      throw new FilterException("unknown host '" + name + "'");
    }
    Condition any = address(addresses.getFirst(), -1, qualifiers);
    for (int address : addresses.subList(1, addresses.size())) {
      any = new Or(any, address(address, -1, qualifiers));
    }
    return any;
  }

  private static int protocolOf(String name, Header header) throws FilterException {
    boolean link = header == Header.ETHER;
    Integer number = (link ? ETHER_TYPES : PROTOCOLS).get(name);
    if (number == null) {
      throw new FilterException("unknown " + (link ? "ether" : "ip") + " proto '" + name + "'");
    }
    return number;
  }

  private static Condition protocol(int number, Qualifiers qualifiers) throws FilterException {
    if (qualifiers.end() != null) {
      throw FilterException.syntaxError();
    }
    return switch (qualifiers.header()) {
      case null -> new Or(new Ipv4Protocol(number), new Ipv6Protocol(number));
      case IP -> new Ipv4Protocol(number);
      case IP6 -> new Ipv6Protocol(number);
      case ETHER -> new EtherType(number);
      case ARP, RARP ->
          throw new FilterException(
              qualifiers.header().word() + " does not encapsulate another protocol");
      default -> throw new FilterException("'" + qualifiers.header().word() + " proto' is bogus");
    };
  }

  private static int port(long number) throws FilterException {
    if (number > MAX_PORT) {
      throw new FilterException("illegal port number " + number + " > 65535");
    }
    return (int) number;
  }

  private Condition service(String name, Qualifiers qualifiers) throws FilterException {
    requirePorts(qualifiers);
    OptionalInt tcp = names.tcpPort(name);
    OptionalInt udp = names.udpPort(name);
    if (tcp.isEmpty() && udp.isEmpty()) {
      throw new FilterException("unknown port '" + name + "'");
    }
    if (qualifiers.header() == Header.UDP && udp.isEmpty()) {
      throw new FilterException("port '" + name + "' is tcp");
    }
    if (qualifiers.header() == Header.TCP && tcp.isEmpty()) {
      throw new FilterException("port '" + name + "' is udp");
    }
    Header header = qualifiers.header();
    if (header == null && (tcp.isEmpty() || udp.isEmpty())) {
      header = udp.isEmpty() ? Header.TCP : Header.UDP;
    }
    int number = header == Header.UDP ? udp.orElseThrow() : tcp.orElse(0);
    Qualifiers certain = new Qualifiers(header, qualifiers.end(), qualifiers.kind());
    return ports(number, number, certain);
  }

  private Condition range(String text, Qualifiers qualifiers) throws FilterException {
    requirePorts(qualifiers);
    Matcher range = RANGE.matcher(text);
    int first;
    int last;
    if (range.matches()) {
      first = rangeEnd(range.group(1), text);
      last = rangeEnd(range.group(2), text);
    } else {
      first = rangeEnd(text, text);
      last = first;
    }
    return ports(Math.min(first, last), Math.max(first, last), qualifiers);
  }

  private int rangeEnd(String text, String range) throws FilterException {
    if (text.matches("[0-9]+")) {
      return port(ArithmeticParser.number(text));
    }
    OptionalInt tcp = names.tcpPort(text);
    OptionalInt either = tcp.isPresent() ? tcp : names.udpPort(text);
    if (either.isEmpty()) {
      throw new FilterException("unknown port in range '" + range + "'");
    }
    return either.getAsInt();
  }

  private static void requirePorts(Qualifiers qualifiers) throws FilterException {
    if (qualifiers.header() != null && !qualifiers.header().hasPorts()) {
      boolean range = qualifiers.kind() == Qualifiers.Kind.PORT_RANGE;
      throw new FilterException("illegal qualifier of '" + (range ? "portrange" : "port") + "'");
    }
  }

  /** A range of ports, of TCP, UDP and SCTP unless one is named, over IPv4 and IPv6. */
  private static Condition ports(int low, int high, Qualifiers qualifiers) throws FilterException {
    requirePorts(qualifiers);
    if (qualifiers.header() != null) {
      return ports(qualifiers.header(), low, high, qualifiers);
    }
    return new Or(
        ports(Header.TCP, low, high, qualifiers),
        new Or(
            ports(Header.UDP, low, high, qualifiers), ports(Header.SCTP, low, high, qualifiers)));
  }

  private static Condition ports(Header header, int low, int high, Qualifiers qualifiers) {
    int protocol = header.protocol;
    Condition.End end = qualifiers.endOrEither();
    return new Or(
        new Condition.Port(EthernetView.TYPE_IPV6, protocol, end, low, high),
        new Condition.Port(EthernetView.TYPE_IPV4, protocol, end, low, high));
  }
}
