package dev.dockwire.stack.tcp;

/** Why a connection is over. */
public enum CloseReason {
  /** Both directions have ended in order. */
  ORDERLY,
  /** This end gave it up. */
  ABORTED,
  REFUSED,
  RESET,
  TIMED_OUT,
  NETWORK_UNREACHABLE,
  HOST_UNREACHABLE,
  PROTOCOL_UNREACHABLE
}
