package dev.dockwire.engine;

import dev.dockwire.host.Input;
import dev.dockwire.host.Process;
import dev.dockwire.host.WaitQueue;
import java.util.Optional;

/**
 * The standard input of a container without a terminal: reads from the client that is attached, and
 * waits while none is. The client's end is the input's end.
 */
final class ContainerInput implements Input {

  private final WaitQueue changed = new WaitQueue();
  private Optional<Input> client = Optional.empty();

  void attach(Input input) {
    client = Optional.of(input);
    changed.wakeAll();
  }

  void detach(Input input) {
    if (client.equals(Optional.of(input))) {
      client = Optional.empty();
    }
  }

  @Override
  public int read(Process reader, byte[] buffer, int offset, int length) {
    if (!reader.await(changed, client::isPresent)) {
      return 0;
    }
    return client.orElseThrow().read(reader, buffer, offset, length);
  }
}
