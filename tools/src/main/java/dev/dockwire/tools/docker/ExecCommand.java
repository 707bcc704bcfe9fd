package dev.dockwire.tools.docker;

import dev.dockwire.engine.Container;
import dev.dockwire.engine.ContainerInput;
import dev.dockwire.engine.Engine;
import dev.dockwire.engine.EngineException;
import dev.dockwire.host.Input;
import dev.dockwire.host.Process;
import dev.dockwire.host.Stdio;
import dev.dockwire.host.Tty;
import java.util.List;
import java.util.Optional;

/** {@code docker exec}: another program in a running container. */
final class ExecCommand extends DockerCommand {

  ExecCommand() {
    super(
        "exec",
        List.of("docker container exec", "docker exec"),
        "[OPTIONS] CONTAINER COMMAND [ARG...]",
        "Execute a command in a running container",
        2,
        Integer.MAX_VALUE);
  }

  @Override
  Flags flags() {
    return new Flags()
        .bool("detach", 'd', "Detached mode: run command in the background")
        .list("env", 'e', "Set environment variables")
        .bool("interactive", 'i', "Keep STDIN open even if not attached")
        .bool("tty", 't', "Allocate a pseudo-TTY");
  }

  @Override
  boolean interspersed() {
    return false;
  }

  @Override
  int execute(Process self, Engine engine, Flags flags) {
    boolean tty = flags.isTrue("tty");
    boolean interactive = flags.isTrue("interactive");
    boolean detached = flags.isTrue("detach");
    if (tty && interactive && !detached && self.stdio().in().tty().isEmpty()) {
      self.printError("the input device is not a TTY\n");
      return FAILED;
    }
    Container container = engine.container(flags.positional().getFirst());
    List<String> commandLine = flags.positional().subList(1, flags.positional().size());
    List<String> environment = EnvironmentOption.resolve(flags.list("env"), self.environment());
    try {
      if (tty) {
        return execOnTerminal(
            self, engine, container, commandLine, environment, interactive, detached);
      }
      if (detached || !interactive) {
        Stdio streams = detached ? Stdio.NULL : self.stdio().withIn(Input.NULL);
        Process process =
            engine.exec(container, commandLine, environment, Optional.empty(), streams);
        return detached ? 0 : self.waitFor(process);
      }
      return execWithInput(self, engine, container, commandLine, environment);
    } catch (EngineException e) {
      if (Engine.exitCodeOf(e).isEmpty()) {
        throw e;
      }
      self.print(e.getMessage() + "\n");
      return Engine.exitCodeOf(e).getAsInt();
    }
  }

  /** The client's input is the program's as long as the client is there. */
  private static int execWithInput(
      Process self,
      Engine engine,
      Container container,
      List<String> commandLine,
      List<String> environment) {
    ContainerInput input = new ContainerInput();
    input.attach(self.stdio().in());
    try {
      Process process =
          engine.exec(
              container, commandLine, environment, Optional.empty(), self.stdio().withIn(input));
      return self.waitFor(process);
    } finally {
      input.end();
    }
  }

  private static int execOnTerminal(
      Process self,
      Engine engine,
      Container container,
      List<String> commandLine,
      List<String> environment,
      boolean interactive,
      boolean detached) {
    Tty terminal = new Tty();
    if (detached) {
      engine.exec(container, commandLine, environment, Optional.of(terminal), Stdio.of(terminal));
      return 0;
    }
    try (TerminalRelay relay = new TerminalRelay(self, terminal, interactive)) {
      Process process =
          engine.exec(
              container, commandLine, environment, Optional.of(terminal), Stdio.of(terminal));
      if (relay.relayUntil(process.ended(), process::hasEnded)) {
        return process.exitStatus();
      }
    }
    self.printError("read escape sequence\n");
    return FAILED;
  }
}
