package dev.dockwire.stack.udp;

import dev.dockwire.stack.icmp.IcmpError;

/** What a socket holds in the {@link UdpTable}: its addresses, and where its datagrams go. */
public final class UdpBinding {

  /** Takes what comes for a binding. Bytes may be read until the call returns. */
  public interface Receiver {

    /**
     * A datagram has arrived.
     *
     * @param destination where it was sent to: an address of this host's, or of everybody
     * @param offset index of the payload
     * @return false if there was no room for it
     */
    boolean onDatagram(
        int source,
        int sourcePort,
        int destination,
        byte[] bytes,
        int offset,
        int length,
        long now);

    /** How much of its room what has arrived and not been taken occupies, in octets. */
    default int queuedOctets() {
      return 0;
    }

    /** An error about a datagram that was sent has come back; most need not know. */
    default void onError(IcmpError error, long now) {}
  }

  final Receiver receiver;
  final int localAddress;
  final int localPort;
  final int remoteAddress;
  final int remotePort;
  UdpBinding next;

  /**
   * @param localAddress 0 for all of the host's
   * @param remotePort 0 for any peer
   */
  public UdpBinding(
      Receiver receiver, int localAddress, int localPort, int remoteAddress, int remotePort) {
    this.receiver = receiver;
    this.localAddress = localAddress;
    this.localPort = localPort;
    this.remoteAddress = remoteAddress;
    this.remotePort = remotePort;
  }

  boolean isFor(int address, int udpPort) {
    return remotePort == 0 || remotePort == udpPort && remoteAddress == address;
  }

  /** See {@link Receiver#queuedOctets}. */
  public int queuedOctets() {
    return receiver.queuedOctets();
  }

  public int localAddress() {
    return localAddress;
  }

  public int localPort() {
    return localPort;
  }

  public int remoteAddress() {
    return remoteAddress;
  }

  public int remotePort() {
    return remotePort;
  }
}
