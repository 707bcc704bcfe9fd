package dev.dockwire.stack.tcp;

import dev.dockwire.stack.HostStack;

/** Foresees the initial sequence numbers of a host, to test what happens near their wrap. */
public final class InitialNumbers {

  private static final long TICK_NANOS = 4000;

  private InitialNumbers() {}

  /** The first time from now on when a connection between these begins with this number. */
  public static long whenItIs(
      int number,
      HostStack stack,
      int localAddress,
      int localPort,
      int remoteAddress,
      int remotePort,
      long now) {
    int atOnce = stack.tcp().isns().next(localAddress, localPort, remoteAddress, remotePort, now);
    return now + Integer.toUnsignedLong(number - atOnce) * TICK_NANOS;
  }
}
