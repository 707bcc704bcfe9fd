package dev.dockwire.engine.spec;

import dev.dockwire.frame.Ipv4View;

/** A port that a container says it has, as in {@code 3306/tcp}. */
public record ExposedPort(int number, String protocol) {

  /** Reads Docker's form; TCP if no protocol is named. */
  public static ExposedPort parse(String text) {
    String[] parts = text.split("/");
    return new ExposedPort(Integer.parseInt(parts[0]), parts.length > 1 ? parts[1] : "tcp");
  }

  /** The protocol's number in an IP header. */
  public static int protocolNumber(String protocol) {
    return protocol.equals("udp") ? Ipv4View.PROTOCOL_UDP : Ipv4View.PROTOCOL_TCP;
  }

  @Override
  public String toString() {
    return number + "/" + protocol;
  }
}
