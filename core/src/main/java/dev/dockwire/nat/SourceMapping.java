package dev.dockwire.nat;

/**
 * An inside source and the outside port that it has, towards everybody, as long as one of its flows
 * lasts (RFC 4787, REQ-1).
 */
final class SourceMapping {

  /** Where packets really come from, and the address they shall come from. */
  record Inside(int protocol, int address, int port, int outside) {}

  private final Inside inside;
  private final int port;
  int flows;

  SourceMapping(Inside inside, int port) {
    this.inside = inside;
    this.port = port;
  }

  Inside inside() {
    return inside;
  }

  /** The port outside, or the identifier of ICMP queries. */
  int port() {
    return port;
  }
}
