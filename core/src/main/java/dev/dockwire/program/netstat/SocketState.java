package dev.dockwire.program.netstat;

import dev.dockwire.stack.tcp.TcpState;

/** The states of sockets with the names that netstat and ss have for them. */
enum SocketState {
  ESTABLISHED("ESTABLISHED", "ESTAB"),
  SYN_SENT("SYN_SENT", "SYN-SENT"),
  SYN_RECEIVED("SYN_RECV", "SYN-RECV"),
  FIN_WAIT_1("FIN_WAIT1", "FIN-WAIT-1"),
  FIN_WAIT_2("FIN_WAIT2", "FIN-WAIT-2"),
  TIME_WAIT("TIME_WAIT", "TIME-WAIT"),
  UNCONNECTED("", "UNCONN"),
  CLOSE_WAIT("CLOSE_WAIT", "CLOSE-WAIT"),
  LAST_ACK("LAST_ACK", "LAST-ACK"),
  LISTENING("LISTEN", "LISTEN"),
  CLOSING("CLOSING", "CLOSING");

  final String inNetstat;
  final String inSs;

  SocketState(String inNetstat, String inSs) {
    this.inNetstat = inNetstat;
    this.inSs = inSs;
  }

  static SocketState of(TcpState state) {
    return switch (state) {
      case SYN_SENT -> SYN_SENT;
      case SYN_RECEIVED -> SYN_RECEIVED;
      case ESTABLISHED -> ESTABLISHED;
      case FIN_WAIT_1 -> FIN_WAIT_1;
      case FIN_WAIT_2 -> FIN_WAIT_2;
      case CLOSE_WAIT -> CLOSE_WAIT;
      case CLOSING -> CLOSING;
      case LAST_ACK -> LAST_ACK;
      case TIME_WAIT -> TIME_WAIT;
      case CLOSED -> UNCONNECTED;
    };
  }

  /** Whether a socket in this state waits for others to begin. */
  boolean isServer() {
    return this == LISTENING || this == UNCONNECTED;
  }
}
