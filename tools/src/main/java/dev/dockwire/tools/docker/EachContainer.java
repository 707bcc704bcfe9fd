package dev.dockwire.tools.docker;

import dev.dockwire.engine.Container;
import dev.dockwire.engine.Engine;
import dev.dockwire.engine.EngineException;
import dev.dockwire.host.Process;
import java.util.List;
import java.util.function.Consumer;

/** Does the same to several containers, as docker does: names on stdout, refusals on stderr. */
final class EachContainer {

  private EachContainer() {}

  /** Returns 0 if all went well, 1 if the engine refused any. */
  static int of(Process self, Engine engine, List<String> references, Consumer<Container> action) {
    int status = 0;
    for (String reference : references) {
      try {
        action.accept(engine.container(reference));
        self.print(reference + "\n");
      } catch (EngineException e) {
        self.printError("Error response from daemon: " + e.getMessage() + "\n");
        status = DockerCommand.FAILED;
      }
    }
    return status;
  }
}
