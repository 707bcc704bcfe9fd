package dev.dockwire.stack.icmp;

import dev.dockwire.frame.IcmpView;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Who waits for replies to echo requests, by identifier. Hosts have a few, so a list serves. */
public final class EchoListeners {

  /** Stands for "no listener". */
  static final EchoListener NOBODY = new Nobody();

  private static final int MAX_LISTENERS = 1_024;

  private final RandomGenerator random;
  private EchoListener[] listeners = {};

  EchoListeners(RandomGenerator random) {
    this.random = random;
  }

  /** Whether no more can be added. */
  public boolean isFull() {
    return listeners.length >= MAX_LISTENERS;
  }

  /** An identifier that nobody uses. */
  public int freeIdentifier() {
    int identifier = random.nextInt(0x1_0000);
    while (find(identifier) != NOBODY) {
      identifier = identifier + 1 & 0xffff;
    }
    return identifier;
  }

  /**
   * Adds a listener.
   *
   * @throws IllegalArgumentException if its identifier is in use
   * @throws IllegalStateException if there are too many listeners
   */
  public void add(EchoListener listener) {
    if (find(listener.identifier()) != NOBODY) {
      throw new IllegalArgumentException("identifier " + listener.identifier() + " is in use");
    }
    if (isFull()) {
      throw new IllegalStateException("more than " + MAX_LISTENERS + " ping sockets on one host");
    }
    listeners = Arrays.copyOf(listeners, listeners.length + 1);
    listeners[listeners.length - 1] = listener;
  }

  public void remove(EchoListener listener) {
    listeners =
        Arrays.stream(listeners)
            .filter(candidate -> candidate != listener)
            .toArray(EchoListener[]::new);
  }

  EchoListener find(int identifier) {
    for (EchoListener listener : listeners) {
      if (listener.identifier() == identifier) {
        return listener;
      }
    }
    return NOBODY;
  }

  private static final class Nobody implements EchoListener {

    @Override
    public int identifier() {
      return -1;
    }

    @Override
    public void onMessage(int source, int ttl, IcmpView message, long now) {}

    @Override
    public void onError(
        int source, int ttl, IcmpView error, int quotedDestination, int quotedSequence, long now) {}
  }
}
