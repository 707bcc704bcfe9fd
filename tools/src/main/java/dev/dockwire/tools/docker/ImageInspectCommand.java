package dev.dockwire.tools.docker;

import dev.dockwire.engine.Engine;
import dev.dockwire.host.Process;
import dev.dockwire.tools.docker.flag.Flags;
import dev.dockwire.tools.docker.inspect.ImageView;
import java.util.List;

/** {@code docker image inspect}. */
final class ImageInspectCommand extends DockerCommand {

  ImageInspectCommand() {
    super(
        "inspect",
        List.of(),
        "[OPTIONS] IMAGE [IMAGE...]",
        "Display detailed information on one or more images",
        1,
        Integer.MAX_VALUE);
  }

  @Override
  Flags flags() {
    return new Flags().string("format", 'f', FormatOption.USAGE);
  }

  @Override
  int execute(Process self, Engine engine, Flags flags) {
    return Inspection.print(
        self, flags, reference -> ImageView.of(engine.images().find(reference), engine));
  }
}
