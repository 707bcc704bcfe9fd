package dev.dockwire.tools.docker;

import dev.dockwire.engine.Container;
import dev.dockwire.engine.Engine;
import dev.dockwire.host.Process;
import dev.dockwire.tools.docker.flag.Flags;
import java.util.List;

/** {@code docker attach}: this terminal at a running container's. */
final class AttachCommand extends DockerCommand {

  AttachCommand() {
    super(
        "attach",
        List.of("docker container attach", "docker attach"),
        "[OPTIONS] CONTAINER",
        "Attach local standard input, output, and error streams to a running container",
        1,
        1);
  }

  @Override
  Flags flags() {
    return new Flags()
        .bool("no-stdin", (char) 0, "Do not attach STDIN")
        .bool("sig-proxy", (char) 0, "Proxy all received signals to the process (default true)");
  }

  @Override
  int execute(Process self, Engine engine, Flags flags) {
    Container container = engine.container(flags.positional().getFirst());
    String refusal = refusal(container.state());
    if (!refusal.isEmpty()) {
      self.printError("You cannot attach to a " + refusal + "\n");
      return FAILED;
    }
    boolean withInput = container.spec().openStdin() && !flags.isTrue("no-stdin");
    return attach(self, engine, container, withInput, flags.isTrueByDefault("sig-proxy"));
  }

  private static String refusal(Container.State state) {
    return switch (state) {
      case RUNNING -> "";
      case PAUSED -> "paused container, unpause it first";
      case RESTARTING -> "restarting container, wait until it is running";
      default -> "stopped container, start it first";
    };
  }

  /** Attaches to a container that runs, or is started by {@link StartCommand} just before. */
  static int attach(
      Process self, Engine engine, Container container, boolean withInput, boolean sigProxy) {
    if (container.tty().isEmpty()) {
      return ClientStreams.attachUntilExit(self, engine, container, withInput, sigProxy);
    }
    if (withInput && self.stdio().in().tty().isEmpty()) {
      self.printError("the input device is not a TTY\n");
      return FAILED;
    }
    try (TerminalRelay relay = new TerminalRelay(self, container.tty().get(), withInput)) {
      long exits = container.exits();
      engine.attached(container);
      relay.redraw();
      if (relay.relayUntil(container.changed(), () -> container.exits() != exits)) {
        return container.exitCode();
      }
    }
    self.printError("read escape sequence\n");
    return FAILED;
  }
}
