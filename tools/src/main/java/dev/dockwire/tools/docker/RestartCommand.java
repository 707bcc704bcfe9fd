package dev.dockwire.tools.docker;

import dev.dockwire.engine.Container;
import dev.dockwire.engine.Engine;
import dev.dockwire.engine.EngineException;
import dev.dockwire.host.Process;
import dev.dockwire.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code docker restart}: stop as {@link StopCommand} does, then start. */
final class RestartCommand extends DockerCommand {

  RestartCommand() {
    super(
        "restart",
        List.of("docker container restart", "docker restart"),
        "[OPTIONS] CONTAINER [CONTAINER...]",
        "Restart one or more containers",
        1,
        Integer.MAX_VALUE);
  }

  @Override
  Flags flags() {
    return StopOptions.flags();
  }

  @Override
  int execute(Process self, Engine engine, Flags flags) {
    return EachContainer.of(
        self, engine, flags.positional(), container -> restart(self, engine, container, flags));
  }

  private static void restart(Process self, Engine engine, Container container, Flags flags) {
    List<Optional<EngineException>> outcome = new ArrayList<>(1);
    engine.restart(
        container,
        StopOptions.signal(flags),
        StopOptions.graceNanos(flags, container),
        refusal -> {
          outcome.add(refusal);
          self.wake();
        });
    while (outcome.isEmpty()) {
      self.await(() -> !outcome.isEmpty(), Clock.NEVER);
    }
    if (outcome.getFirst().isPresent()) {
      throw outcome.getFirst().get();
    }
  }
}
