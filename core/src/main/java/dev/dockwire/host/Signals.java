package dev.dockwire.host;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * The signals of one process: those that have come and are not taken yet, and what it does about
 * each, which is to run a handler, to let it pass by, or to end.
 *
 * <p>Process 1 lets pass what it has no handler for, except KILL, as Linux has it for the first
 * process of a PID namespace. A signal that comes twice before it is taken counts once.
 */
final class Signals {

  private final boolean isFirstProcess;
  private final Set<Signal> pending = EnumSet.noneOf(Signal.class);
  private final Set<Signal> ignored = EnumSet.noneOf(Signal.class);
  private final Map<Signal, Runnable> handlers = new EnumMap<>(Signal.class);

  /** Those of a process that nobody on its host has started. */
  Signals(boolean isFirstProcess) {
    this.isFirstProcess = isFirstProcess;
  }

  /** Those of a child, which ignores what its parent does. */
  Signals(boolean isFirstProcess, Signals parents) {
    this(isFirstProcess);
    ignored.addAll(parents.ignored);
  }

  /** Returns whether a signal that comes has to be taken. */
  boolean come(Signal signal) {
    if (passesBy(signal)) {
      return false;
    }
    pending.add(signal);
    return true;
  }

  private boolean passesBy(Signal signal) {
    return signal != Signal.KILL
        && !handlers.containsKey(signal)
        && (isFirstProcess || signal.isIgnoredByDefault() || ignored.contains(signal));
  }

  /**
   * Takes those that have come, on the process's own thread.
   *
   * @return whether a handler ran that others than the end of a child called for
   * @throws ProcessEnd if the process ends by one of them
   */
  boolean take() {
    if (pending.isEmpty()) {
      return false;
    }
    if (pending.contains(Signal.KILL)) {
      throw new ProcessEnd(Signal.KILL);
    }
    boolean handled = false;
    while (!pending.isEmpty()) {
      Signal signal = pending.iterator().next();
      pending.remove(signal);
      Runnable handler = handlers.get(signal);
      if (handler != null) {
        handler.run();
        handled = handled || signal != Signal.CHLD;
      } else if (!passesBy(signal)) {
        throw new ProcessEnd(signal);
      }
    }
    return handled;
  }

  void handle(Signal signal, Runnable handler) {
    handlers.put(signal, handler);
  }

  void ignore(Signal signal) {
    handlers.remove(signal);
    ignored.add(signal);
  }

  boolean ignores(Signal signal) {
    return ignored.contains(signal);
  }

  /** Goes back to what the signal does by itself. */
  void reset(Signal signal) {
    handlers.remove(signal);
    ignored.remove(signal);
  }

  /** Another program runs in the process: handlers are gone, what is ignored stays so. */
  void forgetHandlers() {
    handlers.clear();
  }
}
