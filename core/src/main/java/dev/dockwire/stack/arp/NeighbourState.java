package dev.dockwire.stack.arp;

/**
 * What is known about a neighbour's link address: the states of RFC 4861, section 7.3.2, as Linux
 * uses them for ARP too.
 */
public enum NeighbourState {
  /** Asked for by broadcast, not answered yet. */
  INCOMPLETE,
  /** Confirmed a short while ago. */
  REACHABLE,
  /** Known, but not confirmed of late; still used. */
  STALE,
  /** Used while stale; asked soon unless something confirms it first. */
  DELAY,
  /** Being asked by unicast; still used. */
  PROBE,
  /** Did not answer. */
  FAILED,
  /** Set by hand; never asked, never changed. */
  PERMANENT;

  /** Whether frames are sent to the address. */
  public boolean isUsable() {
    return this != INCOMPLETE && this != FAILED;
  }
}
