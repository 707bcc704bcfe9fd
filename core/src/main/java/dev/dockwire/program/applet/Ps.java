package dev.dockwire.program.applet;

import dev.dockwire.host.Process;
import dev.dockwire.host.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code ps}: the host's processes; programs here use no time that could be counted. */
public final class Ps implements Program {

  private static final Usage USAGE =
      new Usage(
          "ps",
          """
          ps [-o COL1,COL2=HEADER] [-T]

          Show list of processes

          \t-o COL1,COL2=HEADER\tSelect columns for display
          \t-T\t\t\tShow threads
          """);

  /** The columns there are; the width is that of the text, negative if it stands at the left. */
  private enum Column {
    PID("PID", 5),
    PPID("PPID", 5),
    PGID("PGID", 5),
    USER("USER", -8),
    GROUP("GROUP", -8),
    TIME("TIME", 5),
    STAT("STAT", -4),
    COMM("COMMAND", -16),
    ARGS("COMMAND", -1);

    private final String header;
    private final int width;

    Column(String header, int width) {
      this.header = header;
      this.width = width;
    }

    String of(Process process) {
      return switch (this) {
        case PID -> Integer.toString(process.pid());
        case PPID -> Integer.toString(process.parent().map(Process::pid).orElse(0));
        case PGID -> Integer.toString(process.groupLeader().pid());
        case USER, GROUP -> "root";
        case TIME -> "0:00";
        case STAT -> "S";
        case COMM -> process.arguments().getFirst().replaceFirst(".*/", "");
        case ARGS -> String.join(" ", process.arguments());
      };
    }
  }

  @Override
  public int run(Process self) {
    Options options = Options.parse(self, USAGE, "To:aefluxw");
    List<Column> columns =
        options.values('o').isEmpty()
            ? List.of(Column.PID, Column.USER, Column.TIME, Column.ARGS)
            : columns(self, String.join(",", options.values('o')));
    StringBuilder text = new StringBuilder();
    List<String> headers = columns.stream().map(column -> column.header).toList();
    text.append(line(columns, headers, true));
    for (Process process : self.host().processes().list()) {
      text.append(line(columns, columns.stream().map(each -> each.of(process)).toList(), false));
    }
    self.print(text.toString());
    return 0;
  }

  private static List<Column> columns(Process self, String names) {
    List<Column> columns = new ArrayList<>();
    for (String name : names.split(",")) {
      try {
        columns.add(Column.valueOf(name.replaceFirst("=.*", "").toUpperCase(Locale.ROOT)));
      } catch (IllegalArgumentException unknown) {
        USAGE.fail(
            self,
            "bad -o argument '"
                + name
                + "', supported arguments: user,group,comm,args,pid,ppid,pgid,time,stat");
      }
    }
    return columns;
  }

  /** Headers stand at the left of their columns, numbers at the right. */
  private static String line(List<Column> columns, List<String> texts, boolean header) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < columns.size(); i++) {
      int width = columns.get(i).width;
      String text = texts.get(i);
      boolean last = i == columns.size() - 1;
      String padding = " ".repeat(Math.max(0, Math.abs(width) - text.length()));
      boolean right = width > 0 && !header;
      line.append(right ? padding + text : last ? text : text + padding);
      line.append(last ? "\n" : " ");
    }
    return line.toString();
  }
}
