package dev.dockwire.tools.daemon;

import dev.dockwire.host.Process;
import dev.dockwire.host.Tty;
import dev.dockwire.host.WaitQueue;
import dev.dockwire.time.Clock;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * A client at a container's terminal: what it sends is typed there, what is shown there is sent to
 * it. A client that ends its direction has gone.
 */
final class TerminalLink implements AutoCloseable {

  private static final int BUFFER = 4_096;

  private final Hijack client;
  private final Tty terminal;
  private final DetachKeys detachKeys;
  private final Tty.Screen screen;

  TerminalLink(Hijack client, Tty terminal, DetachKeys detachKeys) {
    this.client = client;
    this.terminal = terminal;
    this.detachKeys = detachKeys;
    this.screen = client::screen;
    terminal.attach(screen);
  }

  /**
   * Relays.
   *
   * @param withInput whether what the client sends is typed, or thrown away
   * @return false if the client typed the keys that detach
   */
  boolean relayUntil(Process self, boolean withInput, WaitQueue changed, BooleanSupplier ended) {
    List<WaitQueue> changes = List.of(changed, client.inputChanged());
    byte[] buffer = new byte[BUFFER];
    ByteArrayOutputStream keys = new ByteArrayOutputStream();
    while (!ended.getAsBoolean() && !client.isInputOver()) {
      self.await(
          changes,
          () -> ended.getAsBoolean() || client.hasInput() || client.isInputOver(),
          Clock.NEVER);
      int count = client.take(buffer, 0, buffer.length);
      if (!withInput || count == 0) {
        continue;
      }
      keys.reset();
      boolean detached = detachKeys.type(buffer, count, keys);
      terminal.type(keys.toByteArray(), 0, keys.size());
      if (detached) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() {
    terminal.detach(screen);
    client.end();
  }
}
