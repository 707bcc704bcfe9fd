package dev.dockwire.tools.docker;

import dev.dockwire.engine.Container;
import dev.dockwire.engine.Engine;
import dev.dockwire.host.Input;
import dev.dockwire.host.Process;
import dev.dockwire.host.Signal;
import dev.dockwire.host.Stdio;

/**
 * A docker client attached to a container without a terminal: its own streams are the container's,
 * and the signals it gets are passed on.
 */
final class ClientStreams {

  private ClientStreams() {}

  /** Attaches, starts the container and waits for its end; returns its exit code. */
  static int runUntilExit(Process self, Engine engine, Container container, boolean interactive) {
    Stdio streams = interactive ? self.stdio() : self.stdio().withIn(Input.NULL);
    container.attach(streams, interactive);
    try {
      engine.start(container);
      return untilExit(self, engine, container);
    } finally {
      container.detach(streams);
    }
  }

  /** Attaches to a running container and waits for its end; returns its exit code. */
  static int attachUntilExit(Process self, Engine engine, Container container, boolean withInput) {
    container.attach(self.stdio(), withInput);
    try {
      return untilExit(self, engine, container);
    } finally {
      container.detach(self.stdio());
    }
  }

  private static int untilExit(Process self, Engine engine, Container container) {
    for (Signal signal : new Signal[] {Signal.INT, Signal.TERM, Signal.HUP, Signal.QUIT}) {
      self.onSignal(
          signal,
          () -> {
            if (container.isRunning()) {
              engine.kill(container, signal);
            }
          });
    }
    while (container.isRunning()) {
      self.await(container.changed(), () -> !container.isRunning());
    }
    return container.exitCode();
  }
}
