package dev.dockwire.engine.image;

import dev.dockwire.host.Process;
import dev.dockwire.host.Program;
import java.util.List;

/** The entry point of the nginx image: says what it configures, then becomes the command. */
final class NginxEntrypoint implements Program {

  private static final String SCRIPT = "/docker-entrypoint.sh: ";
  private static final String FOLDER = "/docker-entrypoint.d/";

  @Override
  public int run(Process self) {
    List<String> command = self.arguments().subList(1, self.arguments().size());
    if (command.isEmpty()) {
      return 0;
    }
    if (command.getFirst().equals("nginx")) {
      self.print(
          (SCRIPT + FOLDER + " is not empty, will attempt to perform configuration\n")
              + (SCRIPT + "Looking for shell scripts in " + FOLDER + "\n")
              + (SCRIPT + "Launching " + FOLDER + "10-listen-on-ipv6-by-default.sh\n")
              + "10-listen-on-ipv6-by-default.sh: info: ipv6 not available\n"
              + (SCRIPT + "Sourcing " + FOLDER + "15-local-resolvers.envsh\n")
              + (SCRIPT + "Launching " + FOLDER + "20-envsubst-on-templates.sh\n")
              + (SCRIPT + "Launching " + FOLDER + "30-tune-worker-processes.sh\n")
              + (SCRIPT + "Configuration complete; ready for start up\n"));
    }
    return Executables.become(self, command, "/docker-entrypoint.sh");
  }
}
