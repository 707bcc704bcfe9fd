package dev.dockwire.host;

import java.util.Optional;

/**
 * Unwinds the stack of a process that ends before its program returns. Programs never catch it: it
 * is an error lest one does that catches all exceptions.
 */
final class ProcessEnd extends Error {

  private static final long serialVersionUID = 1;

  private final int status;
  private final transient Optional<Signal> signal;

  ProcessEnd(Signal signal) {
    this(signal.exitStatus(), Optional.of(signal));
  }

  ProcessEnd(int status, Optional<Signal> signal) {
    super("exit " + status, null, false, false);
    this.status = status;
    this.signal = signal;
  }

  int status() {
    return status;
  }

  Optional<Signal> signal() {
    return signal;
  }
}
