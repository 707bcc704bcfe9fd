package dev.dockwire.tools.daemon;

import dev.dockwire.engine.Container;
import dev.dockwire.engine.Engine;
import dev.dockwire.host.Process;
import dev.dockwire.host.Stdio;
import dev.dockwire.host.Tty;
import dev.dockwire.tools.JsonObject;
import dev.dockwire.tools.docker.inspect.Fields;
import dev.dockwire.tools.template.GoStruct;
import java.util.List;
import java.util.Optional;

/** A program that a client has announced to start in a container, started or not, ended or not. */
final class Exec {

  private final String id;
  private final Container container;
  private final JsonObject asked;
  private final DetachKeys detachKeys;
  private final List<String> commandLine;
  private final Optional<Tty> tty;
  private Optional<Process> process = Optional.empty();
  private boolean started;
  private int refusedWith;

  Exec(String id, Container container, JsonObject asked, DetachKeys detachKeys) {
    this.id = id;
    this.container = container;
    this.asked = asked;
    this.detachKeys = detachKeys;
    this.commandLine = asked.words("Cmd");
    this.tty = asked.isTrue("Tty") ? Optional.of(new Tty()) : Optional.empty();
  }

  /** Starts it; {@code streams} are used without a terminal. */
  Process start(Engine engine, Stdio streams) {
    started = true;
    Process running =
        engine.startExec(
            id,
            container,
            commandLine,
            asked.texts("Env"),
            asked.filled("WorkingDir"),
            tty,
            tty.map(Stdio::of).orElse(streams));
    process = Optional.of(running);
    return running;
  }

  /** It could not be started. */
  void refused(int exitCode) {
    refusedWith = exitCode;
  }

  String id() {
    return id;
  }

  Container container() {
    return container;
  }

  DetachKeys detachKeys() {
    return detachKeys;
  }

  boolean wants(String stream) {
    return asked.isTrue("Attach" + stream);
  }

  Optional<Tty> tty() {
    return tty;
  }

  boolean hasStarted() {
    return started;
  }

  boolean isRunning() {
    return process.isPresent() && !process.get().hasEnded();
  }

  /** Whether it will not do anything any more. */
  boolean isOver() {
    return started && !isRunning();
  }

  GoStruct view() {
    return new Fields()
        .put("ID", id)
        .put("Running", isRunning())
        .put("ExitCode", isOver() ? exitCode() : null)
        .put(
            "ProcessConfig",
            new Fields()
                .put("tty", tty.isPresent())
                .put("entrypoint", commandLine.getFirst())
                .put("arguments", commandLine.subList(1, commandLine.size()))
                .put("privileged", asked.isTrue("Privileged"))
                .as("struct"))
        .put("OpenStdin", wants("Stdin"))
        .put("OpenStderr", wants("Stderr"))
        .put("OpenStdout", wants("Stdout"))
        .put("CanRemove", isOver())
        .put("ContainerID", container.id())
        .put("DetachKeys", detachKeysInBase64())
        .put("Pid", process.map(Process::pid).orElse(0))
        .as("container.ExecInspect");
  }

  /** Go writes bytes so. */
  private String detachKeysInBase64() {
    return asked.text("DetachKeys").isEmpty() ? "" : detachKeys.inBase64();
  }

  private int exitCode() {
    return process.map(Process::exitStatus).orElse(refusedWith);
  }
}
