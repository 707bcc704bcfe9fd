package dev.dockwire.tools.docker;

import dev.dockwire.engine.Engine;
import dev.dockwire.engine.EngineException;
import dev.dockwire.engine.image.Image;
import dev.dockwire.host.Process;
import dev.dockwire.tools.docker.flag.Flags;
import dev.dockwire.tools.docker.flag.UsageException;
import java.util.List;

/**
 * {@code docker pull}: the images there are count as pulled and up to date; there is no registry.
 */
final class PullCommand extends DockerCommand {

  PullCommand() {
    super(
        "pull",
        List.of("docker image pull", "docker pull"),
        "[OPTIONS] NAME[:TAG|@DIGEST]",
        "Download an image from a registry",
        1,
        1);
  }

  @Override
  Flags flags() {
    return new Flags().bool("quiet", 'q', "Suppress verbose output");
  }

  @Override
  int execute(Process self, Engine engine, Flags flags) {
    ImageReference reference;
    try {
      reference = ImageReference.parse(flags.positional().getFirst());
    } catch (UsageException e) {
      self.printError(e.getMessage() + "\n");
      return FAILED;
    }
    boolean quiet = flags.isTrue("quiet");
    if (!quiet && !reference.hasTag()) {
      self.print("Using default tag: latest\n");
    }
    Image image;
    try {
      image = engine.pull(reference.familiar());
    } catch (EngineException e) {
      self.printError("Error response from daemon: " + reference.whyNot(engine) + "\n");
      self.printError(ImageReference.thereAre(engine));
      return FAILED;
    }
    if (!quiet) {
      self.print(
          reference.tag()
              + ": Pulling from "
              + reference.path()
              + "\nDigest: "
              + image.digest()
              + "\nStatus: Image is up to date for "
              + reference.familiar()
              + "\n");
    }
    self.print(reference.canonical() + "\n");
    return 0;
  }
}
