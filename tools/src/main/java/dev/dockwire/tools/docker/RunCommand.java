package dev.dockwire.tools.docker;

import dev.dockwire.engine.Container;
import dev.dockwire.engine.Engine;
import dev.dockwire.engine.EngineException;
import dev.dockwire.engine.spec.ContainerSpec;
import dev.dockwire.host.Output;
import dev.dockwire.host.Process;
import dev.dockwire.host.Stdio;
import dev.dockwire.host.Tty;
import dev.dockwire.tools.docker.flag.Flags;
import dev.dockwire.tools.docker.flag.UsageException;
import dev.dockwire.tools.docker.option.ContainerOptions;
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
    return ContainerOptions.flags()
        .bool("detach", 'd', "Run container in background and print container ID")
        .bool("sig-proxy", (char) 0, "Proxy received signals to the process (default true)");
  }

  @Override
  boolean interspersed() {
    return false;
  }

  @Override
  int execute(Process self, Engine engine, Flags flags) {
    boolean detached = flags.isTrue("detach");
    boolean interactive = flags.isTrue("interactive");
    if (detached && flags.isSet("attach")) {
      self.printError("conflicting options: cannot specify both --attach and --detach\n");
      return FAILED;
    }
    if (flags.isTrue("tty") && interactive && !detached && self.stdio().in().tty().isEmpty()) {
      self.printError("the input device is not a TTY\n");
      return FAILED;
    }
    ContainerSpec spec;
    ImageReference image;
    try {
      spec = ContainerOptions.spec(self, flags);
      image = ImageReference.parse(spec.image());
    } catch (UsageException e) {
      self.printError(
          "docker: " + e.getMessage() + "\n\nRun 'docker run --help' for more information\n");
      return REFUSED;
    }
    try {
      Container container = engine.create(spec);
      ContainerOptions.warn(self, spec, flags);
      return detached
          ? runDetached(self, engine, container)
          : runAttached(self, engine, container, flags);
    } catch (EngineException e) {
      return refused(self, engine, image, e);
    }
  }

  private static int runDetached(Process self, Engine engine, Container container) {
    self.print(container.id() + "\n");
    engine.start(container);
    return 0;
  }

  private static int runAttached(Process self, Engine engine, Container container, Flags flags) {
    boolean interactive =
        flags.isTrue("interactive") && ContainerOptions.isAttached(flags, "stdin");
    if (container.tty().isEmpty()) {
      boolean sigProxy = flags.isTrueByDefault("sig-proxy");
      Stdio streams = self.stdio();
      if (!ContainerOptions.isAttached(flags, "stdout")) {
        streams = streams.withOut(Output.NULL);
      }
      if (!ContainerOptions.isAttached(flags, "stderr")) {
        streams = streams.withErr(Output.NULL);
      }
      return ClientStreams.runUntilExit(self, engine, container, streams, interactive, sigProxy);
    }
    Tty terminal = container.tty().get();
    try (TerminalRelay relay = new TerminalRelay(self, terminal, interactive)) {
      long exits = container.exits();
      engine.attached(container);
      engine.start(container);
      boolean ended = relay.relayUntil(container.changed(), () -> container.exits() != exits);
      return ended ? container.exitCode() : 0;
    }
  }

  private static int refused(
      Process self, Engine engine, ImageReference image, EngineException refusal) {
    String message = refusal.getMessage();
    String hint = "";
    if (message.startsWith("No such image")) {
      self.printError("Unable to find image '" + image.familiar() + "' locally\n");
      message = image.whyNot(engine);
      hint = ImageReference.thereAre(engine);
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
