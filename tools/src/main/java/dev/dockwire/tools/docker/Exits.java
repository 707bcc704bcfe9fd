package dev.dockwire.tools.docker;

import dev.dockwire.engine.Container;
import dev.dockwire.engine.Engine;
import dev.dockwire.engine.EngineException;
import dev.dockwire.host.Process;
import dev.dockwire.host.Signal;
import dev.dockwire.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Waiting for the end of a container's run. */
public final class Exits {

  private Exits() {}

  /**
   * Waits until one more run has ended than {@code before}, or none goes on; a restart policy may
   * have the container run again by then.
   *
   * @return the exit code
   */
  public static int await(Process self, Container container, long before) {
    while (container.exits() == before && container.isRunning()) {
      self.await(container.changed(), () -> container.exits() != before || !container.isRunning());
    }
    return container.exitCode();
  }

  /**
   * Has a container end, if it runs, and start again; waits until it has.
   *
   * @throws EngineException why it cannot be started
   */
  public static void restart(
      Process self,
      Engine engine,
      Container container,
      Optional<Signal> signal,
      OptionalLong graceNanos) {
    List<Optional<EngineException>> outcome = new ArrayList<>(1);
    engine.restart(
        container,
        signal,
        graceNanos,
        refusal -> {
          outcome.add(refusal);
          self.wake();
        });
    while (outcome.isEmpty()) {
      self.await(() -> !outcome.isEmpty(), Clock.NEVER);
    }
    if (outcome.getFirst().isPresent()) {
      throw outcome.getFirst().get();
    }
  }
}
