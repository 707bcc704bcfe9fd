package dev.dockwire.tools.docker.inspect;

import dev.dockwire.engine.Container;
import dev.dockwire.engine.Engine;
import dev.dockwire.tools.template.GoStruct;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A container as {@code GET /containers/C/json} answers. */
public final class ContainerView {

  private static final int LOWEST_PID = 1_000;

  private ContainerView() {}

  public static GoStruct of(Container container, Engine engine) {
    WallClock clock = new WallClock(engine.world());
    String folder = "/var/lib/docker/containers/" + container.id() + "/";
    List<String> commandLine = container.commandLine();
    return new Fields()
        .put("Id", container.id())
        .put("Created", clock.rfc3339(container.createdAt()))
        .put("Path", commandLine.getFirst())
        .put("Args", commandLine.subList(1, commandLine.size()))
        .put("State", state(container, clock))
        .put("Image", "sha256:" + container.image().id())
        .put("ResolvConfPath", folder + "resolv.conf")
        .put("HostnamePath", folder + "hostname")
        .put("HostsPath", folder + "hosts")
        .put("LogPath", folder + container.id() + "-json.log")
        .put("Name", "/" + container.name())
        .put("RestartCount", container.restartCount())
        .put("Driver", "overlay2")
        .put("Platform", "linux")
        .all("", "MountLabel", "ProcessLabel", "AppArmorProfile")
        .put("ExecIDs", ImageView.orNull(container.runningExecs()))
        .put("HostConfig", HostConfigView.of(container, engine))
        .put("GraphDriver", ImageView.graphDriver())
        .put("Mounts", List.of())
        .put("Config", config(container, engine))
        .put("NetworkSettings", NetworkSettingsView.of(container, engine))
        .as("container.InspectResponse");
  }

  /** Docker's word for a state. */
  public static String stateWord(Container container) {
    return container.state() == Container.State.REMOVED
        ? "removing"
        : container.state().name().toLowerCase(Locale.ROOT);
  }

  private static GoStruct state(Container container, WallClock clock) {
    boolean started = container.state() != Container.State.CREATED;
    boolean finished = container.finishedAt() != 0;
    return new Fields()
        .put("Status", stateWord(container))
        .put("Running", container.isRunning())
        .put("Paused", container.state() == Container.State.PAUSED)
        .put("Restarting", container.state() == Container.State.RESTARTING)
        .all(false, "OOMKilled", "Dead")
        .put("Pid", container.host().isPresent() ? pid(container) : 0)
        .put("ExitCode", container.exitCode())
        .put("Error", container.error())
        .put("StartedAt", started ? clock.rfc3339(container.startedAt()) : WallClock.NEVER)
        .put("FinishedAt", finished ? clock.rfc3339(container.finishedAt()) : WallClock.NEVER)
        .as("*container.State");
  }

  /** No process of the host's is the container's; a number that stays the same stands for it. */
  private static int pid(Container container) {
    return LOWEST_PID + Integer.parseInt(container.id(), 0, 4, 16);
  }

  private static GoStruct config(Container container, Engine engine) {
    boolean attached = container.spec().attached();
    boolean stdin = container.spec().openStdin();
    boolean onHost = container.spec().networkMode().equals("host");
    Fields fields =
        new Fields()
            .put(
                "Hostname",
                onHost && container.spec().hostname().isEmpty()
                    ? engine.dockerHost().host().hostname()
                    : container.hostname())
            .put("Domainname", container.spec().domainname().orElse(""))
            .put("User", "")
            .put("AttachStdin", attached && stdin)
            .all(attached, "AttachStdout", "AttachStderr");
    if (!container.exposedPorts().isEmpty()) {
      fields.put("ExposedPorts", ImageView.exposedPorts(container.exposedPorts()));
    }
    fields
        .put("Tty", container.spec().tty())
        .put("OpenStdin", stdin)
        .put("StdinOnce", container.spec().stdinOnce())
        .put("Env", environment(container))
        .put("Cmd", ImageView.orNull(command(container)))
        .put("Image", container.spec().image())
        .put("Volumes", null)
        .put("WorkingDir", container.workingDirectory())
        .put("Entrypoint", ImageView.orNull(entrypoint(container)))
        .put("OnBuild", null)
        .put("Labels", new TreeMap<String, Object>(container.spec().labels()));
    container.stopSignal().ifPresent(signal -> fields.put("StopSignal", signal));
    container
        .spec()
        .stopTimeoutNanos()
        .ifPresent(nanos -> fields.put("StopTimeout", TimeUnit.NANOSECONDS.toSeconds(nanos)));
    return fields.as("*container.Config");
  }

  /** The image's own command goes with its own entry point only. */
  private static List<String> command(Container container) {
    List<String> given = container.spec().command();
    return given.isEmpty() && container.spec().entrypoint().isEmpty()
        ? container.image().command()
        : given;
  }

  private static List<String> entrypoint(Container container) {
    return container
        .spec()
        .entrypoint()
        .map(given -> given.isEmpty() ? List.of("") : List.of(given))
        .orElse(container.image().entrypoint());
  }

  /** The user's variables, then those of the image that the user has not set. */
  private static List<String> environment(Container container) {
    List<String> environment = new ArrayList<>(container.spec().environment());
    for (String variable : container.image().environment()) {
      String name = variable.substring(0, variable.indexOf('=') + 1);
      if (environment.stream().noneMatch(set -> set.startsWith(name))) {
        environment.add(variable);
      }
    }
    return environment;
  }
}
