package dev.dockwire.tools.docker;

import dev.dockwire.engine.Engine;
import dev.dockwire.engine.image.Image;
import dev.dockwire.host.Process;
import dev.dockwire.tools.docker.filter.ImageFilter;
import dev.dockwire.tools.docker.flag.Flags;
import dev.dockwire.tools.docker.inspect.Durations;
import dev.dockwire.tools.template.GoStruct;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code docker images}. */
final class ImageListCommand extends DockerCommand {

  private static final int SHORT_ID = 12;
  private static final String STANDARD =
      "{{.Repository}}\t{{.Tag}}\t{{.ID}}\t{{.CreatedSince}}\t{{.Size}}";
  private static final String WITH_DIGESTS = STANDARD.replace("{{.ID}}", "{{.Digest}}\t{{.ID}}");
  private static final Map<String, String> TITLES =
      Map.of(
          "Repository", "REPOSITORY",
          "Tag", "TAG",
          "Digest", "DIGEST",
          "ID", "IMAGE ID",
          "CreatedSince", "CREATED",
          "CreatedAt", "CREATED AT",
          "Size", "SIZE");
  private static final DateTimeFormatter GO_TEXT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss '+0000 UTC'");

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
        .bool("digests", (char) 0, "Show digests")
        .filter("filter", 'f', "Filter output based on conditions provided")
        .string("format", (char) 0, ListFormat.USAGE)
        .bool("no-trunc", (char) 0, "Don't truncate output")
        .bool("quiet", 'q', "Only show image IDs");
  }

  @Override
  int execute(Process self, Engine engine, Flags flags) {
    ImageFilter filter = new ImageFilter(engine, flags.list("filter"));
    long now = self.world().epochNanos();
    String format = flags.string("format").orElse("");
    if (flags.isTrue("quiet") && (format.isEmpty() || format.equals("table"))) {
      format = "{{.ID}}";
    }
    List<GoStruct> rows =
        engine.images().list().stream()
            .filter(image -> isWanted(image, flags.positional()))
            .filter(filter::matches)
            .map(image -> row(image, flags.isTrue("no-trunc"), now))
            .toList();
    return ListFormat.of(format, flags.isTrue("digests") ? WITH_DIGESTS : STANDARD, TITLES)
        .columnWidth(engine.settings().compat().columnWidth())
        .print(self, rows);
  }

  private static boolean isWanted(Image image, List<String> wanted) {
    return wanted.isEmpty() || ImageFilter.isReference(image, wanted.getFirst());
  }

  private static GoStruct row(Image image, boolean whole, long now) {
    Map<String, Object> fields = new HashMap<>();
    fields.put("ID", whole ? "sha256:" + image.id() : image.id().substring(0, SHORT_ID));
    fields.put("Repository", image.name());
    fields.put("Tag", ImageFilter.TAG);
    fields.put("Digest", image.digest());
    fields.put(
        "CreatedSince", Durations.inWords(now - ImageFilter.epochNanos(image.created())) + " ago");
    fields.put("CreatedAt", GO_TEXT.format(image.created().atOffset(ZoneOffset.UTC)));
    fields.put("Size", Sizes.decimal(image.size()));
    fields.put("Containers", "N/A");
    return ListFormat.row("*formatter.imageContext", fields);
  }
}
