package dev.dockwire.frame;

import java.util.Arrays;
import java.util.Locale;

/**
 * An IPv4 packet (RFC 791) as a value.
 *
 * @param fragmentOffset in octets, a multiple of eight
 * @param options with their padding: a multiple of four octets, at most 40
 */
public record Ipv4Packet(
    int typeOfService,
    int identification,
    boolean dontFragment,
    boolean moreFragments,
    int fragmentOffset,
    int timeToLive,
    int protocol,
    Ipv4Address source,
    Ipv4Address destination,
    byte[] options,
    byte[] payload)
    implements WireValue {

  private static final byte[] NO_OPTIONS = {};
  private static final int DEFAULT_TIME_TO_LIVE = 64;

  public Ipv4Packet {
    if (options.length % 4 != 0 || options.length > 40) {
      throw new IllegalArgumentException("IPv4 options of " + options.length + " octets");
    }
    if (Ipv4View.HEADER_LENGTH + options.length + payload.length > 0xffff) {
      throw new IllegalArgumentException("IPv4 payload of " + payload.length + " octets");
    }
    if (fragmentOffset % 8 != 0) {
      throw new IllegalArgumentException("fragment offset " + fragmentOffset);
    }
    options = options.clone();
    payload = payload.clone();
  }

  /** A whole packet without options: identification 0, not to be fragmented, time to live 64. */
  public Ipv4Packet(int protocol, Ipv4Address source, Ipv4Address destination, byte[] payload) {
    this(
        0,
        0,
        true,
        false,
        0,
        DEFAULT_TIME_TO_LIVE,
        protocol,
        source,
        destination,
        NO_OPTIONS,
        payload);
  }

  /**
   * @throws IllegalArgumentException with the reason {@link Ipv4View} refuses the bytes for
   */
  public static Ipv4Packet parse(byte[] bytes, int offset, int length) {
    Ipv4View view = new Ipv4View();
    if (!view.wrap(bytes, offset, length)) {
      throw WireValue.refused(view.problem());
    }
    int start = view.payloadOffset();
    return new Ipv4Packet(
        view.typeOfService(),
        view.identification(),
        view.dontFragment(),
        view.moreFragments(),
        view.fragmentOffset(),
        view.timeToLive(),
        view.protocol(),
        new Ipv4Address(view.source()),
        new Ipv4Address(view.destination()),
        Arrays.copyOfRange(bytes, view.optionsOffset(), start),
        Arrays.copyOfRange(bytes, start, start + view.payloadLength()));
  }

  @Override
  public byte[] options() {
    return options.clone();
  }

  @Override
  public byte[] payload() {
    return payload.clone();
  }

  private int headerLength() {
    return Ipv4View.HEADER_LENGTH + options.length;
  }

  @Override
  public int length() {
    return headerLength() + payload.length;
  }

  @Override
  public int emit(byte[] bytes, int offset) {
    System.arraycopy(options, 0, bytes, offset + Ipv4View.HEADER_LENGTH, options.length);
    System.arraycopy(payload, 0, bytes, offset + headerLength(), payload.length);
    Ipv4View.emitHeader(
        bytes,
        offset,
        headerLength(),
        length(),
        typeOfService,
        identification,
        dontFragment,
        moreFragments,
        fragmentOffset,
        timeToLive,
        protocol,
        source.value(),
        destination.value());
    return length();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Ipv4Packet packet && Arrays.equals(toBytes(), packet.toBytes());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(toBytes());
  }

  /** For example {@code IP 172.17.0.2 > 172.17.0.3: ICMP, ttl 64, id 1, flags [DF], length 84}. */
  @Override
  public String toString() {
    String name =
        switch (protocol) {
          case Ipv4View.PROTOCOL_ICMP -> "ICMP";
          case Ipv4View.PROTOCOL_TCP -> "TCP";
          case Ipv4View.PROTOCOL_UDP -> "UDP";
          default -> "ip-proto-" + protocol;
        };
    String flags = dontFragment ? (moreFragments ? "+, DF" : "DF") : moreFragments ? "+" : "none";
    String part = fragmentOffset == 0 ? "" : ", offset " + fragmentOffset;
    return String.format(
        Locale.ROOT,
        "IP %s > %s: %s, ttl %d, id %d%s, flags [%s], length %d",
        source,
        destination,
        name,
        timeToLive,
        identification,
        part,
        flags,
        length());
  }
}
