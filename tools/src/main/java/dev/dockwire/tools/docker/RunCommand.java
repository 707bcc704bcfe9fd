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
        .string("hostname", 'h', "Container host name")
        .string("ip", (char) 0, "IPv4 address (e.g., 172.30.100.104)")
        .list("link", (char) 0, "Add link to another container")
        .string("mac-address", (char) 0, "Container MAC address (e.g., 92:d0:c6:0a:29:33)")
        .string("name", (char) 0, "Assign a name to the container")
        .list("network", (char) 0, "network", "Connect a container to a network")
        .alias("net", "network")
        .list("network-alias", (char) 0, "Add network-scoped alias for the container")
        .alias("net-alias", "network-alias")
        .bool("tty", 't', "Allocate a pseudo-TTY");
  }

  @Override
  boolean interspersed() {
    return false;
  }

  @Override
  int execute(Process self, Engine engine, Flags flags) {
    boolean detached = flags.isTrue("detach");
    boolean interactive = flags.isTrue("interactive");
    if (flags.isTrue("tty") && interactive && !detached && self.stdio().in().tty().isEmpty()) {
      self.printError("the input device is not a TTY\n");
      return FAILED;
    }
    ContainerSpec spec;
    try {
      spec = spec(self, flags);
    } catch (UsageException e) {
      self.printError(
          "docker: " + e.getMessage() + "\n\nRun 'docker run --help' for more information\n");
      return REFUSED;
    }
    try {
      Container container = engine.create(spec);
      return detached
          ? runDetached(self, engine, container)
          : runAttached(self, engine, container, interactive);
    } catch (EngineException e) {
      return refused(self, engine, spec, e);
    }
  }

  private static ContainerSpec spec(Process self, Flags flags) throws UsageException {
    ContainerSpec spec =
        ContainerSpec.of(flags.positional().getFirst())
            .withCommand(flags.positional().subList(1, flags.positional().size()))
            .withEnvironment(EnvironmentOption.resolve(flags.list("env"), self.environment()))
            .withTerminal(flags.isTrue("tty"), flags.isTrue("interactive"))
            .withAttached(!flags.isTrue("detach"))
            .withNetworks(NetworkOption.attachments(flags))
            .withLinks(LinkOption.parse(flags.list("link")));
    if (flags.isSet("name")) {
      spec = spec.withName(flags.string("name").orElseThrow());
    }
    if (flags.isSet("hostname")) {
      spec = spec.withHostname(flags.string("hostname").orElseThrow());
    }
    return spec;
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
