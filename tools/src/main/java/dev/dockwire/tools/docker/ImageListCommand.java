package dev.dockwire.tools.docker;

import dev.dockwire.engine.Engine;
import dev.dockwire.engine.Image;
import dev.dockwire.host.Process;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code docker images}. */
final class ImageListCommand extends DockerCommand {

  private static final int SHORT_ID = 12;

  ImageListCommand() {
    super(
        "images",
        List.of("docker image ls", "docker image list", "docker images"),
        "[OPTIONS] [REPOSITORY[:TAG]]",
        "List images",
        0,
        1);
  }

  @Override
  Flags flags() {
    return new Flags()
        .bool("all", 'a', "Show all images (default hides intermediate images)")
        .bool("no-trunc", (char) 0, "Don't truncate output")
        .bool("quiet", 'q', "Only show image IDs");
  }

  @Override
  int execute(Process self, Engine engine, Flags flags) {
    boolean whole = flags.isTrue("no-trunc");
    StringBuilder lines = new StringBuilder("REPOSITORY\tTAG\tIMAGE ID\tCREATED\tSIZE\n");
    StringBuilder ids = new StringBuilder();
    for (Image image : engine.images().list()) {
      if (isWanted(image, flags.positional())) {
        String id = whole ? "sha256:" + image.id() : image.id().substring(0, SHORT_ID);
        long age = self.world().epochNanos() - epochNanos(image.created());
        String created = Durations.inWords(age) + " ago";
        String row =
            String.join("\t", image.name(), "latest", id, created, Sizes.decimal(image.size()));
        lines.append(row).append('\n');
        ids.append(id).append('\n');
      }
    }
    self.print(
        flags.isTrue("quiet")
            ? ids.toString()
            : Table.align(lines.toString(), engine.settings().compat().columnWidth()));
    return 0;
  }

  private static boolean isWanted(Image image, List<String> wanted) {
    return wanted.isEmpty()
        || wanted.getFirst().equals(image.name())
        || wanted.getFirst().equals(image.name() + ":latest");
  }

  private static long epochNanos(Instant instant) {
    return TimeUnit.SECONDS.toNanos(instant.getEpochSecond()) + instant.getNano();
  }
}
