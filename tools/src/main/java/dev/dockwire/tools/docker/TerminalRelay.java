package dev.dockwire.tools.docker;

import dev.dockwire.host.Process;
import dev.dockwire.host.Signal;
import dev.dockwire.host.Tty;
import dev.dockwire.host.WaitQueue;
import dev.dockwire.time.Clock;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * A docker client between two terminals: what is typed at its own goes, raw, to the container's,
 * and what the container's shows goes to its own output, until the program there ends or Ctrl-P
 * Ctrl-Q is typed.
 *
 * <p>Keys that the program has not read when it ends go to whoever reads at the client's terminal
 * next, as if the program had run there: a real client has sent them away by then and loses them.
 */
final class TerminalRelay implements AutoCloseable {

  private static final int CTRL_P = 0x10;
  private static final int CTRL_Q = 0x11;

  /** Writers wait when this much is not printed yet. */
  private static final int FULL = 64 << 10;

  private static final int MAX_SHOWN = 1 << 20;

  private final Process self;
  private final Optional<Tty> console;
  private final Tty terminal;
  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
  private final Tty.Screen screen =
      new Tty.Screen() {
        @Override
        public void show(byte[] bytes, int offset, int length) {
          TerminalRelay.this.show(bytes, offset, length);
        }

        @Override
        public boolean isFull() {
          return shown.size() > FULL;
        }
      };
  private final byte[] keys = new byte[1_024];
  private boolean prefixTyped;
  private boolean programEnded;

  /**
   * Starts relaying output at once, so that nothing the program prints is lost.
   *
   * @param withInput whether the keyboard is relayed, too
   */
  TerminalRelay(Process self, Tty terminal, boolean withInput) {
    this.self = self;
    this.terminal = terminal;
    this.console = withInput ? self.stdio().in().tty() : Optional.empty();
    terminal.attach(screen);
    console.ifPresent(
        own -> {
          own.raw(true);
          own.relayTo(terminal);
          takeSize(own);
          self.onSignal(Signal.WINCH, () -> takeSize(own));
        });
  }

  private void takeSize(Tty own) {
    if (own.rows() != terminal.rows() || own.columns() != terminal.columns()) {
      terminal.resize(own.rows(), own.columns());
    }
  }

  /** Tells the container's terminal our size, so that what runs there draws its prompt anew. */
  void redraw() {
    terminal.resize(terminal.rows(), terminal.columns());
  }

  /**
   * Relays.
   *
   * @return true when {@code ended}; false when the user detached
   */
  boolean relayUntil(WaitQueue changed, BooleanSupplier ended) {
    List<WaitQueue> changes = new ArrayList<>(List.of(changed));
    console.ifPresent(own -> changes.add(own.inputChanged()));
    while (true) {
      self.await(
          changes,
          () ->
              shown.size() > 0 || ended.getAsBoolean() || console.map(Tty::hasInput).orElse(false),
          Clock.NEVER);
      print();
      if (ended.getAsBoolean()) {
        programEnded = true;
        return true;
      }
      if (console.map(Tty::hasInput).orElse(false)) {
        int count = console.get().read(self, keys, 0, keys.length);
        if (count < 0 || !type(count)) {
          return false;
        }
      }
    }
  }

  /** Passes typed bytes on; returns false at the keys that detach. */
  private boolean type(int count) {
    for (int i = 0; i < count; i++) {
      int key = keys[i] & 0xff;
      if (prefixTyped && key == CTRL_Q) {
        console.get().putBack(Arrays.copyOfRange(keys, i + 1, count));
        return false;
      }
      if (prefixTyped) {
        terminal.type(new byte[] {CTRL_P}, 0, 1);
      }
      prefixTyped = key == CTRL_P;
      if (!prefixTyped) {
        terminal.type(keys, i, 1);
      }
    }
    return true;
  }

  /** Keeps what is shown until it can be printed; past the limit it is lost, as on a slow line. */
  private void show(byte[] bytes, int offset, int length) {
    if (shown.size() + length <= MAX_SHOWN) {
      shown.write(bytes, offset, length);
    }
    self.wake();
  }

  private void print() {
    if (shown.size() > 0) {
      byte[] bytes = shown.toByteArray();
      shown.reset();
      terminal.drained().wakeAll();
      self.stdio().out().write(self, bytes, 0, bytes.length);
    }
  }

  @Override
  public void close() {
    try {
      print();
    } finally {
      terminal.detach(screen);
      console.ifPresent(
          own -> {
            own.relayEnds();
            own.raw(false);
            if (programEnded) {
              own.putBack(terminal.takeUnread());
            }
          });
    }
  }
}
