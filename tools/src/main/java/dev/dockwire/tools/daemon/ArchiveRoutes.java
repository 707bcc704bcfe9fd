package dev.dockwire.tools.daemon;

import dev.dockwire.engine.ContainerArchive;
import dev.dockwire.engine.Engine;
import dev.dockwire.engine.EngineException;
import dev.dockwire.host.FileNode;
import dev.dockwire.host.FileNode.Directory;
import dev.dockwire.host.FileNode.NullDevice;
import dev.dockwire.host.FileNode.RegularFile;
import dev.dockwire.host.FileTree;
import dev.dockwire.host.TarArchive;
import dev.dockwire.tools.docker.inspect.Fields;
import dev.dockwire.tools.docker.inspect.IndentedJson;
import dev.dockwire.tools.docker.inspect.WallClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.TimeUnit;

/**
 * {@code /containers/C/archive}: files to and from a container as a tar archive, {@code docker cp};
 * and {@code /containers/C/changes}, {@code docker diff}. An archive to unpack is read whole, so it
 * is limited as any body is.
 */
final class ArchiveRoutes {

  private static final String TAR = "application/x-tar";

  /** Go's os.FileMode, not the kernel's st_mode. */
  private static final long DIRECTORY = 1L << 31 | 0755;

  private static final long CHARACTER_DEVICE = 1L << 26 | 1L << 21 | 0666;
  private static final long EXECUTABLE = 0755;
  private static final long FILE = 0644;

  private final Engine engine;

  ArchiveRoutes(Engine engine) {
    this.engine = engine;
  }

  void addTo(Router router) {
    router
        .add("HEAD", "/containers/{}/archive", this::stat)
        .add("GET", "/containers/{}/archive", this::get)
        .add("PUT", "/containers/{}/archive", this::put)
        .add("GET", "/containers/{}/changes", this::changes);
  }

  private void stat(Exchange exchange, String container) {
    ContainerArchive archive = engine.archive(container);
    String path = path(exchange);
    FileNode node = archive.stat(path);
    check(path, node);
    describe(exchange, path, node);
    exchange.empty(Exchange.OK);
  }

  private void get(Exchange exchange, String container) {
    ContainerArchive archive = engine.archive(container);
    String path = path(exchange);
    check(path, archive.stat(path));
    FileNode node = archive.get(path);
    describe(exchange, path, node);
    long seconds = TimeUnit.NANOSECONDS.toSeconds(engine.world().epochNanos());
    exchange.bytes(Exchange.OK, TAR, TarArchive.write(nameInArchive(path), node, seconds));
  }

  private void put(Exchange exchange, String container) {
    ContainerArchive archive = engine.archive(container);
    String path = path(exchange);
    Directory content;
    try {
      content = TarArchive.read(Compression.unpack(exchange.request().body()));
    } catch (IOException e) {
      throw new EngineException(EngineException.INTERNAL, e.getMessage());
    }
    archive.put(path, content);
    exchange.empty(Exchange.OK);
  }

  private static String path(Exchange exchange) {
    String path = exchange.request().parameter("path");
    if (path.isEmpty()) {
      throw new EngineException(EngineException.BAD_REQUEST, "bad parameter: 'path' is required");
    }
    return path;
  }

  /** A slash at a path's end says that it is a directory. */
  private static void check(String path, FileNode node) {
    if ((path.endsWith("/") || path.endsWith("/.")) && !(node instanceof Directory)) {
      throw new EngineException(EngineException.INTERNAL, "lstat " + path + ": not a directory");
    }
  }

  /** The client reads from this header what it is about to unpack, or to unpack over. */
  private void describe(Exchange exchange, String path, FileNode node) {
    long mode =
        switch (node) {
          case Directory _ -> DIRECTORY;
          case NullDevice _ -> CHARACTER_DEVICE;
          case RegularFile file -> file.program().isPresent() ? EXECUTABLE : FILE;
        };
    WallClock clock = new WallClock(engine.world());
    String json =
        IndentedJson.compact(
            new Fields()
                .put("name", name(path))
                .put("size", node instanceof RegularFile file ? file.content().length : 0)
                .put("mode", mode)
                .put("mtime", clock.rfc3339(engine.world().now()))
                .put("linkTarget", "")
                .as("container.PathStat"));
    exchange.field(
        "X-Docker-Container-Path-Stat",
        Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8)));
  }

  private static String name(String path) {
    if (path.endsWith("/.")) {
      return ".";
    }
    String absolute = FileTree.resolve("/", path);
    return absolute.equals("/") ? "/" : absolute.substring(absolute.lastIndexOf('/') + 1);
  }

  /** The root's entries are {@code /bin} and so on: the client puts its own name before them. */
  private static String nameInArchive(String path) {
    String name = name(path);
    return name.equals("/") ? "" : name;
  }

  private void changes(Exchange exchange, String container) {
    exchange.json(
        engine.archive(container).changes().stream()
            .map(
                change ->
                    new Fields()
                        .put("Path", change.path())
                        .put("Kind", change.kind().ordinal())
                        .as("container.FilesystemChange"))
            .toList());
  }
}
