package dev.dockwire.tools.docker;

import dev.dockwire.engine.Container;
import dev.dockwire.engine.ContainerSpec;
import dev.dockwire.engine.Engine;
import dev.dockwire.engine.EngineException;
import dev.dockwire.engine.Images;
import dev.dockwire.host.Process;
import dev.dockwire.host.Tty;
import java.util.List;

/** {@code docker run}: create, attach, start, and wait unless detached. */
final class RunCommand extends DockerCommand {

  private static final int REFUSED = 125;

  RunCommand() {
    super(
        "run",
        List.of("docker container run", "docker run"),
        "[OPTIONS] IMAGE [COMMAND] [ARG...]",
        "Create and run a new container from an image",
        1,
        Integer.MAX_VALUE);
  }

  @Override
  Flags flags() {
    return new Flags()
        .bool("detach", 'd', "Run container in background and print container ID")
        .list("env", 'e', "Set environment variables")
        .bool("interactive", 'i', "Keep STDIN open even if not attached")
        .string("name", (char) 0, "Assign a name to the container")
        .bool("tty", 't', "Allocate a pseudo-TTY");
  }

  @Override
  boolean interspersed() {
    return false;
  }

  @Override
  int execute(Process self, Engine engine, Flags flags) {
    boolean detached = flags.isTrue("detach");
    boolean tty = flags.isTrue("tty");
    boolean interactive = flags.isTrue("interactive");
    if (tty && interactive && !detached && self.stdio().in().tty().isEmpty()) {
      self.printError("the input device is not a TTY\n");
      return FAILED;
    }
    ContainerSpec spec =
        new ContainerSpec(
            flags.positional().getFirst(),
            flags.string("name"),
            flags.positional().subList(1, flags.positional().size()),
            EnvironmentOption.resolve(flags.list("env"), self.environment()),
            tty,
            interactive);
    try {
      Container container = engine.create(spec);
      return detached
          ? runDetached(self, engine, container)
          : runAttached(self, engine, container, interactive);
    } catch (EngineException e) {
      return refused(self, engine, spec, e);
    }
  }

  private static int runDetached(Process self, Engine engine, Container container) {
    self.print(container.id() + "\n");
    engine.start(container);
    return 0;
  }

  private static int runAttached(
      Process self, Engine engine, Container container, boolean interactive) {
    if (container.tty().isEmpty()) {
      return ClientStreams.runUntilExit(self, engine, container, interactive);
    }
    Tty terminal = container.tty().get();
    try (TerminalRelay relay = new TerminalRelay(self, terminal, interactive)) {
      engine.start(container);
      boolean ended = relay.relayUntil(container.changed(), () -> !container.isRunning());
      return ended ? container.exitCode() : 0;
    }
  }

  private static int refused(
      Process self, Engine engine, ContainerSpec spec, EngineException refusal) {
    String message = refusal.getMessage();
    String hint = "";
    if (message.startsWith("No such image")) {
      self.printError("Unable to find image '" + Images.withTag(spec.image()) + "' locally\n");
      message =
          "pull access denied for "
              + spec.image().replaceFirst(":[^/]*$", "")
              + ", repository does not exist or may require 'docker login': denied: requested"
              + " access to the resource is denied";
      hint =
          "Images are emulated here; there are: "
              + String.join(", ", engine.images().names())
              + "\n";
    }
    self.printError(
        "docker: Error response from daemon: "
            + message
            + "\n"
            + hint
            + "\nRun 'docker run --help' for more information\n");
    return Engine.exitCodeOf(refusal).orElse(REFUSED);
  }
}
