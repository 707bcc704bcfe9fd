package dev.dockwire.stack;

/** What became of an attempt to send: the reasons that a system call reports as errno. */
public enum SendResult {
  /** On its way, or waiting for its neighbour's address. */
  SENT,
  /** ENETUNREACH: no route. */
  NETWORK_UNREACHABLE,
  /** EHOSTUNREACH: the next hop did not answer ARP a moment ago. */
  HOST_UNREACHABLE,
  /** EMSGSIZE: larger than a packet can be, or than the path allows unfragmented. */
  MESSAGE_TOO_LONG,
  /** ENOBUFS: the transmit queue or the neighbour table is full. */
  NO_BUFFER,
  /** EACCES: a broadcast without permission to. */
  PERMISSION_DENIED
}
