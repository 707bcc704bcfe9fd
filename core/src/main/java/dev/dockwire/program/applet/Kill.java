package dev.dockwire.program.applet;

import dev.dockwire.host.Host;
import dev.dockwire.host.Process;
import dev.dockwire.host.Program;
import dev.dockwire.host.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code kill [-l] [-SIG] PID...}; signal 0 only asks whether there is such a process. */
public final class Kill {

  /** The applet of that name; the shell has the same built in. */
  public static final Program PROGRAM =
      self -> {
        Kill kill = new Kill(self.host(), self.arguments().subList(1, self.arguments().size()));
        self.print(kill.output());
        kill.complaints().forEach(complaint -> self.printError("kill: " + complaint + "\n"));
        return kill.complaints().isEmpty() ? 0 : 1;
      };

  private final List<String> complaints = new ArrayList<>(0);
  private String output = "";

  /** Sends the signals. */
  public Kill(Host host, List<String> arguments) {
    List<String> pids = new ArrayList<>(arguments);
    Optional<Signal> signal = Optional.of(Signal.TERM);
    if (!pids.isEmpty() && pids.getFirst().equals("-l")) {
      list();
      return;
    }
    if (!pids.isEmpty() && pids.getFirst().matches("-.+")) {
      String name = pids.removeFirst().substring(1);
      if (name.equals("s") && !pids.isEmpty()) {
        name = pids.removeFirst();
      }
      signal = Signal.find(name);
      if (signal.isEmpty() && !name.equals("0")) {
        complaints.add("bad signal name '" + name + "'");
        return;
      }
    }
    if (pids.isEmpty()) {
      complaints.add("you need to specify whom to kill");
    }
    for (String pid : pids) {
      send(host, pid, signal);
    }
  }

  private void list() {
    StringBuilder text = new StringBuilder();
    for (Signal signal : Signal.values()) {
      text.append(String.format(Locale.ROOT, "%2d) %s\n", signal.number(), signal.name()));
    }
    output = text.toString();
  }

  private void send(Host host, String pid, Optional<Signal> signal) {
    if (!pid.matches("[0-9]{1,9}")) {
      complaints.add("invalid number '" + pid + "'");
      return;
    }
    int number = Integer.parseInt(pid);
    Optional<Process> process =
        host.processes().list().stream().filter(each -> each.pid() == number).findFirst();
    if (process.isEmpty()) {
      complaints.add("can't kill pid " + pid + ": No such process");
      return;
    }
    // From inside a PID namespace not even KILL reaches its first process (pid_namespaces(7)).
    if (number != 1 || !signal.equals(Optional.of(Signal.KILL))) {
      signal.ifPresent(process.get()::signal);
    }
  }

  /** What is printed. */
  public String output() {
    return output;
  }

  /** What went wrong. */
  public List<String> complaints() {
    return complaints;
  }
}
