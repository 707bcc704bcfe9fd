package dev.dockwire.nat.rule;

/**
 * What rules can see of a packet: reused, and good until the call returns that hands it over.
 * Interface names are empty where the packet has not come in by one, or does not leave by one yet.
 */
public final class Packet {

  /** Whether an address is one of the host's own. */
  @FunctionalInterface
  public interface LocalAddresses {
    boolean contains(int address);
  }

  int source;
  int destination;
  int protocol;
  int sourcePort;
  int destinationPort;
  int length;
  String in = "";
  String out = "";
  String state = "";
  private final LocalAddresses local;

  public Packet(LocalAddresses local) {
    this.local = local;
  }

  /** The addresses and ports as they are at this point of its way. */
  public void set(
      int source, int destination, int protocol, int sourcePort, int destinationPort, int length) {
    this.source = source;
    this.destination = destination;
    this.protocol = protocol;
    this.sourcePort = sourcePort;
    this.destinationPort = destinationPort;
    this.length = length;
  }

  /**
   * The interfaces, and what the packet is to its connection.
   *
   * @param state in the words of {@code --ctstate}
   */
  public void way(String in, String out, String state) {
    this.in = in;
    this.out = out;
    this.state = state;
  }

  boolean isLocal(int address) {
    return local.contains(address);
  }
}
