package dev.dockwire.tools.docker;

import dev.dockwire.engine.Container;
import dev.dockwire.engine.Engine;
import dev.dockwire.host.Input;
import dev.dockwire.host.Output;
import dev.dockwire.host.Process;
import dev.dockwire.host.Signal;
import dev.dockwire.host.Stdio;
import java.util.function.BooleanSupplier;

/**
 * A docker client attached to a container without a terminal: its own streams are the container's,
 * and, unless the user does not want it, the signals it gets are passed on.
 */
final class ClientStreams {

  private ClientStreams() {}

  /** Attaches, starts the container and waits for its end; returns its exit code. */
  static int runUntilExit(
      Process self, Engine engine, Container container, boolean interactive, boolean sigProxy) {
    return runUntilExit(self, engine, container, self.stdio(), interactive, sigProxy);
  }

  /**
   * @param clients the client's own streams; those that it does not want attached lead nowhere
   */
  static int runUntilExit(
      Process self,
      Engine engine,
      Container container,
      Stdio clients,
      boolean interactive,
      boolean sigProxy) {
    Stdio streams = interactive ? clients : clients.withIn(Input.NULL);
    container.attach(streams, interactive);
    try {
      long exits = container.exits();
      if (sigProxy) {
        passSignalsOn(self, engine, container);
      }
      engine.attached(container);
      engine.start(container);
      return awaitExit(self, container, exits);
    } finally {
      container.detach(streams);
    }
  }

  /** Attaches to a running container and waits for its end; returns its exit code. */
  static int attachUntilExit(
      Process self, Engine engine, Container container, boolean withInput, boolean sigProxy) {
    container.attach(self.stdio(), withInput);
    try {
      if (sigProxy) {
        passSignalsOn(self, engine, container);
      }
      engine.attached(container);
      return awaitExit(self, container, container.exits());
    } finally {
      container.detach(self.stdio());
    }
  }

  /**
   * Waits for the container's end, or until what this client writes to is gone: then it ends as any
   * program does that writes there, and the container goes on.
   */
  private static int awaitExit(Process self, Container container, long before) {
    Output out = self.stdio().out();
    BooleanSupplier over =
        () -> container.exits() != before || !container.isRunning() || out.isBroken();
    while (!over.getAsBoolean()) {
      self.await(container.changed(), over);
    }
    boolean cutOff = container.exits() == before && container.isRunning();
    return cutOff ? Signal.PIPE.exitStatus() : container.exitCode();
  }

  private static void passSignalsOn(Process self, Engine engine, Container container) {
    for (Signal signal : new Signal[] {Signal.INT, Signal.TERM, Signal.HUP, Signal.QUIT}) {
      self.onSignal(
          signal,
          () -> {
            if (container.isRunning()) {
              engine.kill(container, signal);
            }
          });
    }
  }
}
