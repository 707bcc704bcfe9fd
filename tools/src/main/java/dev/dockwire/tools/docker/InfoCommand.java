package dev.dockwire.tools.docker;

import dev.dockwire.engine.Container;
import dev.dockwire.engine.Engine;
import dev.dockwire.host.Process;
import java.util.List;

/** {@code docker info}: what there is on the emulated Docker host; in docker's own form only. */
final class InfoCommand extends DockerCommand {

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
    return new Flags();
  }

  @Override
  int execute(Process self, Engine engine, Flags flags) {
    List<Container> containers = engine.containers();
    long paused = containers.stream().filter(InfoCommand::isPaused).count();
    long running = containers.stream().filter(Container::isRunning).count() - paused;
    String version = engine.settings().compat().dockerVersion();
    self.print(
        """
        Client:
         Version:    %1$s
         Context:    default
         Debug Mode: false

        Server:
         Containers: %2$d
          Running: %3$d
          Paused: %4$d
          Stopped: %5$d
         Images: %6$d
         Server Version: %1$s
         Storage Driver: overlay2
         Logging Driver: json-file
         Plugins:
          Network: bridge host null
          Log: json-file
         Swarm: inactive
         Operating System: Dockwire
         OSType: linux
         Architecture: x86_64
         Name: %7$s
         Docker Root Dir: /var/lib/docker
         Debug Mode: false
         Experimental: false
        """
            .formatted(
                version,
                containers.size(),
                running,
                paused,
                containers.size() - running - paused,
                engine.images().list().size(),
                engine.dockerHost().host().hostname()));
    return 0;
  }

  private static boolean isPaused(Container container) {
    return container.state() == Container.State.PAUSED;
  }
}
