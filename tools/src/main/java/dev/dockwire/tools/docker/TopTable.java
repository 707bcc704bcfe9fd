package dev.dockwire.tools.docker;

import dev.dockwire.engine.Container;
import dev.dockwire.engine.Engine;
import dev.dockwire.host.Process;
import dev.dockwire.tools.docker.flag.UsageException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A container's processes as {@code docker top} shows them, numbered as in the container: there is
 * no machine around it that would number them differently.
 */
public record TopTable(List<String> titles, List<List<String>> rows) {

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

  /**
   * What runs in a container.
   *
   * @param psOptions those of {@code ps}; empty for {@code -ef}
   * @throws UsageException for options that are not emulated
   */
  public static TopTable of(Engine engine, Container container, List<String> psOptions)
      throws UsageException {
    List<Process> processes = engine.processes(container);
    List<Column> columns = columns(psOptions);
    return new TopTable(
        columns.stream().map(column -> column.heading).toList(),
        processes.stream()
            .map(process -> columns.stream().map(column -> column.of(process)).toList())
            .toList());
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
