package dev.dockwire.tools.docker;

import dev.dockwire.engine.Container;
import dev.dockwire.engine.ContainerLogs;
import dev.dockwire.engine.Engine;
import dev.dockwire.host.Output;
import dev.dockwire.host.Process;
import dev.dockwire.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** {@code docker logs}: what a container has written, and, with {@code -f}, what it writes. */
final class LogsCommand extends DockerCommand {

  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'");

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
        .bool("follow", 'f', "Follow log output")
        .string("tail", 'n', "Number of lines to show from the end of the logs (default \"all\")")
        .bool("timestamps", 't', "Show timestamps");
  }

  @Override
  int execute(Process self, Engine engine, Flags flags) {
    Container container = engine.container(flags.positional().getFirst());
    ContainerLogs logs = container.logs();
    boolean timestamps = flags.isTrue("timestamps");
    long next = logs.next();
    List<ContainerLogs.Line> kept = logs.from(0);
    print(self, kept.subList(kept.size() - tail(flags, kept.size()), kept.size()), timestamps);
    if (!flags.isTrue("follow")) {
      return 0;
    }
    while (container.isRunning() || logs.next() > next) {
      long from = next;
      self.await(
          List.of(logs.changed(), container.changed()),
          () -> logs.next() > from || !container.isRunning(),
          Clock.NEVER);
      next = logs.next();
      print(self, logs.from(from), timestamps);
    }
    return 0;
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
        self.write(output, timestamp(line.epochNanos()) + " ");
      }
      output.write(self, line.text(), 0, line.text().length);
    }
  }

  private static String timestamp(long epochNanos) {
    Instant instant = Instant.ofEpochSecond(0, epochNanos);
    return TIMESTAMP.format(instant.atOffset(ZoneOffset.UTC));
  }
}
