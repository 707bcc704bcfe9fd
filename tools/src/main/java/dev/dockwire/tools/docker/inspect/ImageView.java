package dev.dockwire.tools.docker.inspect;

import dev.dockwire.engine.Engine;
import dev.dockwire.engine.image.Image;
import dev.dockwire.engine.image.Images;
import dev.dockwire.tools.template.GoStruct;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * An image as {@code GET /images/I/json} answers. Images here are emulated: they have no layers, no
 * size, no digest, and no date but the epoch's.
 */
public final class ImageView {

  private static final long NOT_COUNTED = -1;

  private ImageView() {}

  public static GoStruct of(Image image, Engine engine) {
    boolean old = engine.settings().compat().showsContainerConfig();
    Fields fields =
        new Fields()
            .put("Id", "sha256:" + image.id())
            .put("RepoTags", List.of(Images.withTag(image.name())))
            .put("RepoDigests", List.of())
            .all("", "Parent", "Comment")
            .put("Created", "1970-01-01T00:00:00Z");
    if (old) {
      fields.put("Container", "").put("ContainerConfig", containerConfig(image));
    }
    fields.all("", "DockerVersion", "Author");
    if (old) {
      fields.put("Config", containerConfig(image, image.command()));
    }
    fields.put("Architecture", "amd64").put("Os", "linux").put("Size", 0);
    if (old) {
      fields.put("VirtualSize", 0);
    }
    fields
        .put("GraphDriver", graphDriver())
        .put("RootFS", new Fields().put("Type", "layers").as("image.RootFS"))
        .put("Metadata", new Fields().put("LastTagTime", WallClock.NEVER).as("image.Metadata"));
    if (!old) {
      fields.put("Config", config(image));
    }
    return fields.as("image.InspectResponse");
  }

  /** An image as one of those in {@code GET /images/json}. */
  public static GoStruct summary(Image image) {
    return summary(image, NOT_COUNTED);
  }

  /** Likewise, with how many containers are made of it. */
  public static GoStruct summary(Image image, long containers) {
    return new Fields()
        .put("Containers", containers)
        .put("Created", image.created().getEpochSecond())
        .put("Id", "sha256:" + image.id())
        .put("Labels", null)
        .put("ParentId", "")
        .put("RepoDigests", List.of(image.name() + "@" + image.digest()))
        .put("RepoTags", List.of(Images.withTag(image.name())))
        .put("SharedSize", -1)
        .put("Size", image.size())
        .as("image.Summary");
  }

  /** What {@code GET /images/I/history} answers: all of an image is one layer. */
  public static List<GoStruct> history(Image image) {
    return List.of(
        new Fields()
            .put("Comment", "")
            .put("Created", image.created().getEpochSecond())
            .put("CreatedBy", commandLine(image))
            .put("Id", "sha256:" + image.id())
            .put("Size", image.size())
            .put("Tags", List.of(Images.withTag(image.name())))
            .as("image.HistoryResponseItem"));
  }

  /** An image as one of those in {@code GET /images/search}. */
  public static GoStruct found(Image image) {
    return new Fields()
        .put("star_count", 0)
        .put("is_official", isOfficial(image))
        .put("name", image.name())
        .put("is_automated", false)
        .put("description", "Built in.")
        .as("registry.SearchResult");
  }

  /** Official ones have no owner's name before their own. */
  public static boolean isOfficial(Image image) {
    return !image.name().contains("/");
  }

  /** The last line of its Dockerfile. */
  private static String commandLine(Image image) {
    return image.command().stream()
        .map(word -> "\"" + word + "\"")
        .collect(Collectors.joining(" ", "CMD [", "]"));
  }

  /** The container in which an old builder ran the last line of a Dockerfile, which did nothing. */
  private static GoStruct containerConfig(Image image) {
    return containerConfig(image, List.of("/bin/sh", "-c", "#(nop) ", commandLine(image)));
  }

  private static GoStruct containerConfig(Image image, List<String> command) {
    Fields fields =
        new Fields()
            .all("", "Hostname", "Domainname", "User")
            .all(false, "AttachStdin", "AttachStdout", "AttachStderr");
    if (!image.exposedPorts().isEmpty()) {
      fields.put("ExposedPorts", exposedPorts(image.exposedPorts()));
    }
    return fields
        .all(false, "Tty", "OpenStdin", "StdinOnce")
        .put("Env", orNull(image.environment()))
        .put("Cmd", orNull(command))
        .put("Image", "")
        .put("Volumes", null)
        .put("WorkingDir", image.workingDirectory())
        .put("Entrypoint", orNull(image.entrypoint()))
        .all(null, "OnBuild", "Labels")
        .putIfPresent("StopSignal", image.stopSignal())
        .as("*container.Config");
  }

  private static GoStruct config(Image image) {
    Fields fields =
        new Fields()
            .put("Cmd", orNull(image.command()))
            .put("Entrypoint", orNull(image.entrypoint()))
            .put("Env", orNull(image.environment()));
    if (!image.exposedPorts().isEmpty()) {
      fields.put("ExposedPorts", exposedPorts(image.exposedPorts()));
    }
    return fields
        .all(null, "Labels", "OnBuild")
        .putIfPresent("StopSignal", image.stopSignal())
        .put("User", "")
        .put("Volumes", null)
        .put("WorkingDir", image.workingDirectory())
        .as("*v1.DockerOCIImageConfig");
  }

  static GoStruct graphDriver() {
    return new Fields().put("Data", null).put("Name", "overlay2").as("storage.DriverData");
  }

  static Map<String, Object> exposedPorts(List<String> exposedPorts) {
    Map<String, Object> ports = new TreeMap<>();
    exposedPorts.forEach(exposed -> ports.put(exposed, Map.of()));
    return ports;
  }

  static List<String> orNull(List<String> list) {
    return list.isEmpty() ? null : list;
  }
}
