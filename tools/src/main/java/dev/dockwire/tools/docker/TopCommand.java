package dev.dockwire.tools.docker;

import dev.dockwire.engine.Container;
import dev.dockwire.engine.Engine;
import dev.dockwire.host.Process;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * {@code docker top}: a container's processes, numbered as in the container: there is no machine
 * around it that would number them differently.
 */
final class TopCommand extends DockerCommand {

  private static final int MIN_WIDTH = 20;
  private static final DateTimeFormatter START = DateTimeFormatter.ofPattern("HH:mm");

  private enum Column {
    UID("UID"),
    USER("USER"),
    PID("PID"),
    PPID("PPID"),
    C("C"),
    STIME("STIME"),
    TTY("TTY"),
    TIME("TIME"),
    COMM("COMMAND"),
    ARGS("COMMAND"),
    CMD("CMD");

    private final String heading;

    Column(String heading) {
      this.heading = heading;
    }

    String of(Process process) {
      return switch (this) {
        case UID, USER -> "root";
        case PID -> Integer.toString(process.pid());
        case PPID -> Integer.toString(process.parent().map(Process::pid).orElse(0));
        case C -> "0";
        case STIME -> startOf(process);
        case TTY -> process.stdio().out().tty().isPresent() ? "pts/0" : "?";
        case TIME -> "00:00:00";
        case COMM -> process.arguments().getFirst().replaceFirst(".*/", "");
        case ARGS, CMD -> String.join(" ", process.arguments());
      };
    }
  }

  private static String startOf(Process process) {
    long ago = process.now() - process.startedAt();
    Instant start = Instant.ofEpochSecond(0, process.world().epochNanos() - ago);
    return START.format(start.atOffset(ZoneOffset.UTC));
  }

  TopCommand() {
    super(
        "top",
        List.of("docker container top", "docker top"),
        "CONTAINER [ps OPTIONS]",
        "Display the running processes of a container",
        1,
        Integer.MAX_VALUE);
  }

  @Override
  Flags flags() {
    return new Flags();
  }

  @Override
  boolean interspersed() {
    return false;
  }

  @Override
  int execute(Process self, Engine engine, Flags flags) {
    Container container = engine.container(flags.positional().getFirst());
    List<Process> processes = engine.processes(container);
    List<Column> columns;
    try {
      columns = columns(flags.positional().subList(1, flags.positional().size()));
    } catch (UsageException e) {
      self.printError("Error response from daemon: " + e.getMessage() + "\n");
      return FAILED;
    }
    StringBuilder lines = new StringBuilder(row(columns, column -> column.heading));
    for (Process process : processes) {
      lines.append(row(columns, column -> column.of(process)));
    }
    self.print(Table.align(lines.toString(), MIN_WIDTH));
    return 0;
  }

  private static String row(List<Column> columns, Function<Column, String> cell) {
    return columns.stream().map(cell).collect(Collectors.joining("\t", "", "\n"));
  }

  /** The columns of {@code ps -ef}, or those that {@code -o} names. */
  private static List<Column> columns(List<String> psOptions) throws UsageException {
    String options = String.join(" ", psOptions);
    if (options.isEmpty() || options.equals("-ef")) {
      return List.of(
          Column.UID,
          Column.PID,
          Column.PPID,
          Column.C,
          Column.STIME,
          Column.TTY,
          Column.TIME,
          Column.CMD);
    }
    if (!options.matches("-e?o ?[a-z,]+")) {
      throw new UsageException("ps: only -ef and -o are emulated here");
    }
    List<Column> columns = new ArrayList<>();
    for (String name : options.replaceFirst("-e?o ?", "").split(",")) {
      try {
        columns.add(Column.valueOf(name.toUpperCase(Locale.ROOT)));
      } catch (IllegalArgumentException unknown) {
        throw new UsageException(
            "ps: exit status 1: error: unknown user-defined format specifier \"" + name + "\"");
      }
    }
    if (!columns.contains(Column.PID)) {
      throw new UsageException("Couldn't find PID field in ps output");
    }
    return columns;
  }
}
