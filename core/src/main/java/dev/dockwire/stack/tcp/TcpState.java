package dev.dockwire.stack.tcp;

/** The states of a connection, named as in RFC 9293, section 3.3.2. */
public enum TcpState {
  SYN_SENT,
  SYN_RECEIVED,
  ESTABLISHED,
  FIN_WAIT_1,
  FIN_WAIT_2,
  CLOSE_WAIT,
  CLOSING,
  LAST_ACK,
  TIME_WAIT,
  CLOSED;

  /** Whether both ends have agreed on their initial sequence numbers. */
  public boolean isSynchronized() {
    return this != SYN_SENT && this != SYN_RECEIVED && this != CLOSED;
  }

  /** Whether the peer must hear of an abort (RFC 9293, section 3.10.5). */
  boolean endsByReset() {
    return canReceive() || this == SYN_RECEIVED || this == CLOSE_WAIT;
  }

  /** Whether the peer may still send data that is wanted. */
  public boolean canReceive() {
    return this == ESTABLISHED || this == FIN_WAIT_1 || this == FIN_WAIT_2;
  }

  /** Whether data, or a FIN that is not acknowledged yet, may be sent. */
  boolean canSend() {
    return switch (this) {
      case ESTABLISHED, CLOSE_WAIT, FIN_WAIT_1, CLOSING, LAST_ACK -> true;
      default -> false;
    };
  }

  /** This end has sent its FIN. */
  TcpState afterFinSent() {
    return switch (this) {
      case ESTABLISHED -> FIN_WAIT_1;
      case CLOSE_WAIT -> LAST_ACK;
      default -> this;
    };
  }

  /** The peer has acknowledged this end's FIN. */
  TcpState afterFinAcknowledged() {
    return switch (this) {
      case FIN_WAIT_1 -> FIN_WAIT_2;
      case CLOSING -> TIME_WAIT;
      case LAST_ACK -> CLOSED;
      default -> this;
    };
  }

  /** The peer's FIN has come, and everything before it. */
  TcpState afterFinReceived() {
    return switch (this) {
      case ESTABLISHED -> CLOSE_WAIT;
      case FIN_WAIT_1 -> CLOSING;
      case FIN_WAIT_2 -> TIME_WAIT;
      default -> this;
    };
  }
}
