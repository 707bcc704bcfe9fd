package dev.dockwire.tools.docker;

import dev.dockwire.engine.Engine;
import dev.dockwire.host.Process;
import dev.dockwire.tools.docker.flag.Flags;
import dev.dockwire.tools.docker.inspect.SystemView;
import java.util.List;

/** {@code docker info}: what there is on the emulated Docker host. */
final class InfoCommand extends DockerCommand {

  private static final String TEXT =
      """
      Client:
       Version:    {{.ServerVersion}}
       Context:    default
       Debug Mode: false

      Server:
       Containers: {{.Containers}}
        Running: {{.ContainersRunning}}
        Paused: {{.ContainersPaused}}
        Stopped: {{.ContainersStopped}}
       Images: {{.Images}}
       Server Version: {{.ServerVersion}}
       Storage Driver: {{.Driver}}
       Logging Driver: {{.LoggingDriver}}
       Plugins:
        Network: {{join .Plugins.Network " "}}
        Log: {{join .Plugins.Log " "}}
       Swarm: {{.Swarm.LocalNodeState}}
       Operating System: {{.OperatingSystem}}
       OSType: {{.OSType}}
       Architecture: {{.Architecture}}
       Name: {{.Name}}
       Docker Root Dir: {{.DockerRootDir}}
       Debug Mode: {{.Debug}}
       Experimental: {{.ExperimentalBuild}}\
      """;

  InfoCommand() {
    super(
        "info",
        List.of("docker system info", "docker info"),
        "[OPTIONS]",
        "Display system-wide information",
        0,
        0);
  }

  @Override
  Flags flags() {
    return new Flags().string("format", 'f', FormatOption.USAGE);
  }

  @Override
  int execute(Process self, Engine engine, Flags flags) {
    return SystemFormat.print(self, SystemView.info(engine), flags.string("format").orElse(TEXT));
  }
}
