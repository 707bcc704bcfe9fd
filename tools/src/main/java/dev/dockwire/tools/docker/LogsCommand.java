package dev.dockwire.tools.docker;

import dev.dockwire.engine.Container;
import dev.dockwire.engine.Engine;
import dev.dockwire.host.Process;
import dev.dockwire.host.WaitQueue;
import dev.dockwire.tools.docker.flag.Flags;
import dev.dockwire.tools.docker.flag.UsageException;
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
    TimeRange range;
    try {
      range = TimeRange.of(flags, engine.world().epochNanos());
    } catch (UsageException e) {
      self.printError(e.getMessage() + "\n");
      return FAILED;
    }
    new LogStream(
            container,
            range,
            flags.string("tail").orElse("all"),
            flags.isTrue("follow"),
            flags.isTrue("timestamps"))
        .print(self, self.stdio().out(), self.stdio().err(), new WaitQueue(), () -> false);
    return 0;
  }
}
