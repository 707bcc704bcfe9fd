package dev.dockwire.host;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The processes of one host, in the order of their numbers. */
public final class ProcessTable {

  /** What a shell that forks without end comes up against. */
  private static final int MAX_PROCESSES = 1_000;

  private final Host host;
  private final Map<Integer, Process> byPid = new LinkedHashMap<>(4);
  private int lastPid;

  ProcessTable(Host host) {
    this.host = host;
  }

  /**
   * Starts a program. The first process of a host is its process 1.
   *
   * @throws SystemCallException EAGAIN if there are too many
   */
  public Process start(Program program, Process parent, ProcessSpec spec) {
    if (byPid.size() >= MAX_PROCESSES) {
      throw new SystemCallException(Errno.EAGAIN);
    }
    Process process = new Process(host, ++lastPid, parent, spec);
    byPid.put(process.pid(), process);
    process.start(program);
    return process;
  }

  public List<Process> list() {
    return new ArrayList<>(byPid.values());
  }

  /** Kills every process; the numbers start anew when they have ended. */
  public void killAll() {
    for (Process process : list()) {
      process.signal(Signal.KILL);
    }
  }

  /**
   * Keeps every process from running, as Linux's cgroup freezer does: signals and whatever else
   * comes to them waits; the host's stack goes on by itself. None may be started meanwhile.
   */
  public void freeze() {
    byPid.values().forEach(Process::freeze);
  }

  public void thaw() {
    byPid.values().forEach(Process::thaw);
  }

  void remove(Process process) {
    byPid.remove(process.pid());
    if (byPid.isEmpty()) {
      lastPid = 0;
    }
    if (process.pid() == 1) {
      killAll();
    }
  }
}
