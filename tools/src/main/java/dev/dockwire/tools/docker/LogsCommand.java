package dev.dockwire.tools.docker;

import dev.dockwire.engine.Container;
import dev.dockwire.engine.ContainerLogs;
import dev.dockwire.engine.Engine;
import dev.dockwire.host.Output;
import dev.dockwire.host.Process;
import java.util.List;

/** {@code docker logs}: what a container has written, and, with {@code -f}, what it writes. */
final class LogsCommand extends DockerCommand {

  private static final String TIMES =
      "timestamp (e.g. \"2013-01-02T13:23:37Z\") or relative (e.g. \"42m\" for 42 minutes)";

  LogsCommand() {
    super(
        "logs",
        List.of("docker container logs", "docker logs"),
        "[OPTIONS] CONTAINER",
        "Fetch the logs of a container",
        1,
        1);
  }

  @Override
  Flags flags() {
    return new Flags()
        .bool("details", (char) 0, "Show extra details provided to logs")
        .string("since", (char) 0, "Show logs since " + TIMES)
        .string("until", (char) 0, "Show logs before a " + TIMES)
        .bool("follow", 'f', "Follow log output")
        .string("tail", 'n', "Number of lines to show from the end of the logs (default \"all\")")
        .bool("timestamps", 't', "Show timestamps");
  }

  @Override
  int execute(Process self, Engine engine, Flags flags) {
    Container container = engine.container(flags.positional().getFirst());
    ContainerLogs logs = container.logs();
    TimeRange range;
    try {
      range = TimeRange.of(flags, engine.world().epochNanos());
    } catch (UsageException e) {
      self.printError(e.getMessage() + "\n");
      return FAILED;
    }
    boolean timestamps = flags.isTrue("timestamps");
    long next = logs.next();
    List<ContainerLogs.Line> kept = within(range, logs.from(0));
    print(self, kept.subList(kept.size() - tail(flags, kept.size()), kept.size()), timestamps);
    if (!flags.isTrue("follow")) {
      return 0;
    }
    long deadline = range.deadline(self);
    while ((container.isRunning() || logs.next() > next) && self.now() < deadline) {
      long from = next;
      self.await(
          List.of(logs.changed(), container.changed()),
          () -> logs.next() > from || !container.isRunning(),
          deadline);
      next = logs.next();
      print(self, within(range, logs.from(from)), timestamps);
    }
    return 0;
  }

  private static List<ContainerLogs.Line> within(TimeRange range, List<ContainerLogs.Line> lines) {
    return lines.stream().filter(line -> range.contains(line.epochNanos())).toList();
  }

  /** How many lines the user wants; all of them also if it is no number, as with docker. */
  private static int tail(Flags flags, int kept) {
    String wanted = flags.string("tail").orElse("all");
    return wanted.matches("[0-9]{1,9}") ? Math.min(Integer.parseInt(wanted), kept) : kept;
  }

  private static void print(Process self, List<ContainerLogs.Line> lines, boolean timestamps) {
    for (ContainerLogs.Line line : lines) {
      Output output =
          line.stream() == ContainerLogs.Stream.OUT ? self.stdio().out() : self.stdio().err();
      if (timestamps) {
        self.write(output, EventFormat.timestamp(line.epochNanos()) + " ");
      }
      output.write(self, line.text(), 0, line.text().length);
    }
  }
}
