package dev.dockwire.tools.docker;

import dev.dockwire.engine.Container;
import dev.dockwire.engine.Engine;
import dev.dockwire.engine.EngineException;
import dev.dockwire.engine.stream.ClientOutput;
import dev.dockwire.engine.stream.ContainerInput;
import dev.dockwire.host.Process;
import dev.dockwire.host.Stdio;
import dev.dockwire.host.Tty;
import dev.dockwire.tools.docker.flag.Flags;
import dev.dockwire.tools.docker.flag.UsageException;
import dev.dockwire.tools.docker.option.EnvironmentOption;
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
        .check("env", EnvironmentOption::check)
        .list("env-file", (char) 0, "Read in a file of environment variables")
        .bool("interactive", 'i', "Keep STDIN open even if not attached")
        .bool("tty", 't', "Allocate a pseudo-TTY")
        .string("workdir", 'w', "Working directory inside the container");
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
    List<String> environment;
    try {
      environment = EnvironmentOption.resolve(self, flags);
    } catch (UsageException e) {
      self.printError(e.getMessage() + "\n");
      return FAILED;
    }
    Container container = engine.container(flags.positional().getFirst());
    List<String> commandLine = flags.positional().subList(1, flags.positional().size());
    try {
      if (tty) {
        return execOnTerminal(self, engine, container, commandLine, environment, flags);
      }
      if (detached) {
        exec(engine, container, commandLine, environment, flags, Stdio.NULL);
        return 0;
      }
      return execAttached(self, engine, container, commandLine, environment, flags);
    } catch (EngineException e) {
      if (Engine.exitCodeOf(e).isEmpty()) {
        throw e;
      }
      self.print(e.getMessage() + "\n");
      return Engine.exitCodeOf(e).getAsInt();
    }
  }

  /** The client's streams are the program's as long as the client is there. */
  private static int execAttached(
      Process self,
      Engine engine,
      Container container,
      List<String> commandLine,
      List<String> environment,
      Flags flags) {
    ContainerInput input = new ContainerInput();
    if (flags.isTrue("interactive")) {
      input.attach(self.stdio().in());
    } else {
      input.end();
    }
    ClientOutput out = new ClientOutput(self.stdio().out());
    ClientOutput err = new ClientOutput(self.stdio().err());
    try {
      Stdio streams = new Stdio(input, out, err);
      return self.waitFor(exec(engine, container, commandLine, environment, flags, streams));
    } finally {
      input.end();
      out.end();
      err.end();
    }
  }

  private static Process exec(
      Engine engine,
      Container container,
      List<String> commandLine,
      List<String> environment,
      Flags flags,
      Stdio streams) {
    Optional<String> directory = flags.string("workdir");
    return engine.exec(container, commandLine, environment, directory, Optional.empty(), streams);
  }

  private static int execOnTerminal(
      Process self,
      Engine engine,
      Container container,
      List<String> commandLine,
      List<String> environment,
      Flags flags) {
    Tty terminal = new Tty();
    Optional<String> directory = flags.string("workdir");
    Optional<Tty> tty = Optional.of(terminal);
    Stdio streams = Stdio.of(terminal);
    if (flags.isTrue("detach")) {
      engine.exec(container, commandLine, environment, directory, tty, streams);
      return 0;
    }
    try (TerminalRelay relay = new TerminalRelay(self, terminal, flags.isTrue("interactive"))) {
      Process process = engine.exec(container, commandLine, environment, directory, tty, streams);
      if (relay.relayUntil(process.ended(), process::hasEnded)) {
        return process.exitStatus();
      }
    }
    self.printError("read escape sequence\n");
    return FAILED;
  }
}
