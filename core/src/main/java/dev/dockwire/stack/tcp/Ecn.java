package dev.dockwire.stack.tcp;

import dev.dockwire.frame.TcpView;

/**
 * Explicit congestion notification (RFC 3168): both ends agree on it in their SYNs, new data says
 * that it can be marked instead of dropped, the receiver echoes a mark until the sender says that
 * it has slowed down, which it does once a window.
 *
 * <p>Not: the nonce (RFC 3540) and accurate feedback.
 */
final class Ecn {

  /** What a host does: net.ipv4.tcp_ecn. */
  enum Use {
    NEVER,
    ASK,
    ANSWER
  }

  private static final int FIELD = 3;
  private static final int CAPABLE = 2;
  private static final int CONGESTION_EXPERIENCED = 3;

  private final Use use;
  private boolean on;
  private int field;
  private boolean echoes;
  private boolean owesAnswer;

  Ecn(Use use) {
    this.use = use;
  }

  /** Flags of our SYN; one that was not answered goes out without, for paths that dislike them. */
  int synFlags(boolean active, boolean again) {
    if (active) {
      return use == Use.ASK && !again ? TcpView.ECE | TcpView.CWR : 0;
    }
    return on ? TcpView.ECE : 0;
  }

  /** Takes the peer's SYN, or its answer to ours. */
  void learn(TcpView syn) {
    on =
        syn.isAck()
            ? use == Use.ASK && syn.isEce() && !syn.isCwr()
            : use != Use.NEVER && syn.isEce() && syn.isCwr();
  }

  /** A packet for this connection has come, with this type of service. */
  void arrived(int typeOfService) {
    field = typeOfService & FIELD;
  }

  /** Its segment is acceptable, and carries data. */
  void received(TcpView segment) {
    if (segment.isCwr()) {
      echoes = false;
    }
    if (on && field == CONGESTION_EXPERIENCED) {
      echoes = true;
    }
  }

  /** Whether the segment says that something of ours was marked. */
  boolean isReported(TcpView segment) {
    return on && segment.isEce() && !segment.isSyn();
  }

  /** The window was made smaller for it. */
  void slowedDown() {
    owesAnswer = true;
  }

  /**
   * Flags of a segment that goes out.
   *
   * @param fresh whether it carries data for the first time
   */
  int flags(boolean fresh) {
    int flags = echoes ? TcpView.ECE : 0;
    if (fresh && owesAnswer) {
      owesAnswer = false;
      flags |= TcpView.CWR;
    }
    return flags;
  }

  int typeOfService(boolean fresh) {
    return on && fresh ? CAPABLE : 0;
  }
}
