package dev.dockwire.stack.tcp;

/**
 * What a sender knows of its connection, as Linux's TCP_INFO tells it.
 *
 * @param resends segments that were sent again so far
 * @param congestionWindow in octets
 * @param peerWindow in octets
 */
public record TcpInfo(
    int resends, int congestionWindow, int peerWindow, int rttMicros, int rttVarianceMicros) {

  /** Of something that is no TCP connection. */
  public static final TcpInfo NONE = new TcpInfo(0, 0, 0, 0, 0);
}
