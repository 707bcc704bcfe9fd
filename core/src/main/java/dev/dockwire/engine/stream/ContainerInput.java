package dev.dockwire.engine.stream;

import dev.dockwire.host.Input;
import dev.dockwire.host.Process;
import dev.dockwire.host.Tty;
import dev.dockwire.host.WaitQueue;
import dev.dockwire.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The standard input of a program in a container that has no terminal: reads from the client that
 * is attached, and waits while none is. A client that goes takes its own input with it: what is
 * typed there afterwards is not read here.
 */
public final class ContainerInput implements Input {

  private final WaitQueue changed = new WaitQueue();
  private Optional<Input> client = Optional.empty();
  private boolean ended;

  /** Reads from {@code input} from now on. */
  public void attach(Input input) {
    client = Optional.of(input);
    changed.wakeAll();
  }

  void detach(Input input) {
    if (client.equals(Optional.of(input))) {
      client = Optional.empty();
      changed.wakeAll();
    }
  }

  /** There will be no client any more: readers meet the end. */
  public void end() {
    client = Optional.empty();
    ended = true;
    changed.wakeAll();
  }

  @Override
  public int read(Process reader, byte[] buffer, int offset, int length) {
    while (true) {
      if (!reader.await(changed, () -> ended || client.isPresent())) {
        return 0;
      }
      if (ended) {
        return -1;
      }
      Input source = client.orElseThrow();
      Optional<Tty> terminal = source.tty();
      if (terminal.isEmpty()) {
        return source.read(reader, buffer, offset, length);
      }
      if (!awaitKeys(reader, terminal.get(), source)) {
        return 0;
      }
      if (client.equals(Optional.of(source))) {
        return source.read(reader, buffer, offset, length);
      }
    }
  }

  @Override
  public boolean isReadable() {
    return ended || client.map(Input::isReadable).orElse(false);
  }

  @Override
  public List<WaitQueue> changes() {
    List<WaitQueue> changes = new ArrayList<>(List.of(changed));
    client.map(Input::changes).ifPresent(changes::addAll);
    return changes;
  }

  /** Waits for something typed, or for the client to go; false if a signal came first. */
  private boolean awaitKeys(Process reader, Tty terminal, Input source) {
    return reader.await(
        List.of(changed, terminal.inputChanged()),
        () -> terminal.hasInput() || !client.equals(Optional.of(source)),
        Clock.NEVER);
  }
}
