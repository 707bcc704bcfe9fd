package dev.dockwire.tools.docker;

import dev.dockwire.engine.Container;
import dev.dockwire.host.Process;

/** Waiting for the end of a container's run. */
final class Exits {

  private Exits() {}

  /**
   * Waits until one more run has ended than {@code before}, or none goes on; a restart policy may
   * have the container run again by then.
   *
   * @return the exit code
   */
  static int await(Process self, Container container, long before) {
    while (container.exits() == before && container.isRunning()) {
      self.await(container.changed(), () -> container.exits() != before || !container.isRunning());
    }
    return container.exitCode();
  }
}
