package dev.dockwire.host;

import java.util.ArrayList;
import java.util.List;

/** The processes that wait for one thing to change. */
public final class WaitQueue {

  private final List<Process> waiting = new ArrayList<>(1);

  /** Has every process that waits look again. */
  public void wakeAll() {
    for (int i = 0; i < waiting.size(); i++) {
      waiting.get(i).wake();
    }
  }

  /** Whether nobody waits. */
  public boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Whether somebody waits whom nothing has woken yet. */
  boolean hasBlocked() {
    for (int i = 0; i < waiting.size(); i++) {
      if (waiting.get(i).isBlocked()) {
        return true;
      }
    }
    return false;
  }

  void add(Process process) {
    waiting.add(process);
  }

  void remove(Process process) {
    waiting.remove(process);
  }
}
