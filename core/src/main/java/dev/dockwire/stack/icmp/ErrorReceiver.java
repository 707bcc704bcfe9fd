package dev.dockwire.stack.icmp;

/** A protocol that wants to hear what became of the packets it sent. */
@FunctionalInterface
public interface ErrorReceiver {

  /**
   * An error about a packet of this protocol's has come.
   *
   * @return whether the packet was one of a socket that exists; if not, the error is dropped
   */
  boolean onError(IcmpError error, long now);
}
