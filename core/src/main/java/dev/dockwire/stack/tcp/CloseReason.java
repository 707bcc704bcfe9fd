package dev.dockwire.stack.tcp;

/** Why a connection is over. */
public enum CloseReason {
  /** Both directions have ended in order. */
  ORDERLY,
  /** This end gave it up. */
  ABORTED,
  REFUSED,
  RESET,

  /** The peer, which had ended its stream, wants nothing more either: EPIPE. */
  BROKEN,
  TIMED_OUT,
  NETWORK_UNREACHABLE,
  HOST_UNREACHABLE,
  PROTOCOL_UNREACHABLE
}
