package dev.dockwire.stack.ip;

import dev.dockwire.stack.SendResult;
import dev.dockwire.stack.StackInterface;

/** How the protocols send: {@code open}, fill in the payload, {@code send}. */
public final class Ipv4Output {

  public SendResult open(
      int destination,
      int source,
      StackInterface via,
      int payloadLength,
      DontFragment dontFragment,
      long now) {
    return SendResult.NETWORK_UNREACHABLE;
  }

  public SendResult send(int protocol, int ttl, int typeOfService, long now) {
    return SendResult.NETWORK_UNREACHABLE;
  }

  public byte[] bytes() {
    return new byte[0];
  }

  public int payloadOffset() {
    return 0;
  }
}
