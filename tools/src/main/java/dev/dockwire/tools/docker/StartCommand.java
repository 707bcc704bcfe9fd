package dev.dockwire.tools.docker;

import dev.dockwire.engine.Container;
import dev.dockwire.engine.Engine;
import dev.dockwire.engine.EngineException;
import dev.dockwire.host.Process;
import dev.dockwire.tools.docker.flag.Flags;
import java.util.ArrayList;
import java.util.List;

/** {@code docker start}: stopped containers run again. */
final class StartCommand extends DockerCommand {

  StartCommand() {
    super(
        "start",
        List.of("docker container start", "docker start"),
        "[OPTIONS] CONTAINER [CONTAINER...]",
        "Start one or more stopped containers",
        1,
        Integer.MAX_VALUE);
  }

  @Override
  Flags flags() {
    return new Flags()
        .bool("attach", 'a', "Attach STDOUT/STDERR and forward signals")
        .bool("interactive", 'i', "Attach container's STDIN");
  }

  @Override
  int execute(Process self, Engine engine, Flags flags) {
    boolean interactive = flags.isTrue("interactive");
    if (flags.isTrue("attach") || interactive) {
      return startAttached(self, engine, flags, interactive);
    }
    List<String> failed = new ArrayList<>();
    for (String reference : flags.positional()) {
      try {
        engine.start(engine.container(reference));
        self.print(reference + "\n");
      } catch (EngineException e) {
        self.printError("Error response from daemon: " + e.getMessage() + "\n");
        failed.add(reference);
      }
    }
    if (failed.isEmpty()) {
      return 0;
    }
    self.printError("Error: failed to start containers: " + String.join(", ", failed) + "\n");
    return FAILED;
  }

  private static int startAttached(Process self, Engine engine, Flags flags, boolean interactive) {
    if (flags.positional().size() > 1) {
      self.printError("you cannot start and attach multiple containers at once\n");
      return FAILED;
    }
    Container container = engine.container(flags.positional().getFirst());
    boolean withInput = interactive && container.spec().openStdin();
    if (container.isRunning()) {
      // Its program may have ended just now: without this there would be nothing to attach to.
      engine.start(container);
      return AttachCommand.attach(self, engine, container, withInput, true);
    }
    if (container.tty().isEmpty()) {
      return ClientStreams.runUntilExit(self, engine, container, withInput, true);
    }
    try (TerminalRelay relay = new TerminalRelay(self, container.tty().get(), withInput)) {
      long exits = container.exits();
      engine.attached(container);
      engine.start(container);
      if (relay.relayUntil(container.changed(), () -> container.exits() != exits)) {
        return container.exitCode();
      }
      return 0;
    }
  }
}
