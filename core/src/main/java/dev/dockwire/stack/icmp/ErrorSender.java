package dev.dockwire.stack.icmp;

import dev.dockwire.stack.ip.InboundPacket;

/** Sends ICMP errors. */
public final class ErrorSender {
  public static final int PORT_UNREACHABLE = 3;

  public void send(InboundPacket packet, int type, int code, int restOfHeader, long now) {}
}
