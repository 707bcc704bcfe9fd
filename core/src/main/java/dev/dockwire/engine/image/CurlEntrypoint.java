package dev.dockwire.engine.image;

import dev.dockwire.host.Process;
import dev.dockwire.host.Program;
import java.util.ArrayList;
import java.util.List;

/** The entry point of the curl image: arguments that are no command of their own are curl's. */
final class CurlEntrypoint implements Program {

  @Override
  public int run(Process self) {
    List<String> command = new ArrayList<>(self.arguments().subList(1, self.arguments().size()));
    if (command.isEmpty() || !Executables.exists(self, command.getFirst())) {
      command.addFirst("curl");
    }
    return Executables.become(self, command, "/entrypoint.sh");
  }
}
