package dev.dockwire.engine;

import dev.dockwire.host.Process;
import dev.dockwire.host.Stdio;
import dev.dockwire.host.Tty;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The programs that {@code docker exec} runs beside a container's own: announced, then started. */
final class Execs {

  private final Ids ids;
  private final Lifecycle lifecycle;
  private final Links links;
  private final ContainerPrograms programs;
  private final Events events;

  Execs(Ids ids, Lifecycle lifecycle, Links links, ContainerPrograms programs, Events events) {
    this.ids = ids;
    this.lifecycle = lifecycle;
    this.links = links;
    this.programs = programs;
    this.events = events;
  }

  /** See {@link Engine#createExec}. */
  String create(Container container, List<String> commandLine) {
    lifecycle.runForExec(container);
    links.check(container);
    String execId = ids.next();
    event(container, execId, "exec_create: ", commandLine);
    return execId;
  }

  /** See {@link Engine#startExec}. */
  Process start(
      String execId,
      Container container,
      List<String> commandLine,
      List<String> environment,
      Optional<String> workingDirectory,
      Optional<Tty> tty,
      Stdio stdio) {
    Container.Run run = lifecycle.runForExec(container);
    event(container, execId, "exec_start: ", commandLine);
    Process process =
        programs.exec(
            run.host(), container, commandLine, environment, workingDirectory, tty, stdio);
    container.execIds().add(execId);
    process.onEnd(() -> ended(container, execId, process.exitStatus()));
    return process;
  }

  private void event(Container container, String execId, String action, List<String> commandLine) {
    events.container(container, action + String.join(" ", commandLine), Map.of("execID", execId));
  }

  private void ended(Container container, String execId, int exitStatus) {
    container.execIds().remove(execId);
    events.container(
        container, "exec_die", Map.of("execID", execId, "exitCode", Integer.toString(exitStatus)));
  }
}
