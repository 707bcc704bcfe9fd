package dev.dockwire.program.http.server;

import dev.dockwire.host.FileNode;
import dev.dockwire.host.FileTree;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The files below a server's document root.
 *
 * <p>Files of hosts do not know when they were written. So those that are there when the server
 * starts have the image's date, and others the time at which the server first meets their content.
 */
final class DocumentTree {

  private static final int MAX_REMEMBERED = 4_096;

  private final FileTree files;
  private final String root;
  private final FileTree before;
  private final Instant imageDate;
  private final LongSupplier epochNanos;
  private final Map<String, Dated> met = new LinkedHashMap<>();

  private record Dated(FileNode node, Instant modified) {}

  DocumentTree(FileTree files, String root, Instant imageDate, LongSupplier epochNanos) {
    this.files = files;
    this.root = root;
    this.before = new FileTree(files.root());
    this.imageDate = imageDate;
    this.epochNanos = epochNanos;
  }

  /** Changes whenever anything below has changed, and only then. */
  Object version() {
    return files.root();
  }

  /** The path in the host's files of a path of the server. */
  String filePath(String path) {
    return path.equals("/") ? root + "/" : root + path;
  }

  Optional<FileNode> find(String path) {
    return files.find(FileTree.resolve("/", root + path));
  }

  /** The file at a path, if there is one. */
  Optional<Document> document(String path) {
    return find(path).orElse(null) instanceof FileNode.RegularFile file
        ? Optional.of(new Document(file.content(), modified(path, file), Document.typeOf(path)))
        : Optional.empty();
  }

  private Instant modified(String path, FileNode node) {
    if (before.find(FileTree.resolve("/", root + path)).orElse(null) == node) {
      return imageDate;
    }
    Dated dated = met.get(path);
    if (dated == null || dated.node() != node) {
      if (met.size() >= MAX_REMEMBERED) {
        met.remove(met.keySet().iterator().next());
      }
      dated = new Dated(node, Instant.ofEpochSecond(epochNanos.getAsLong() / 1_000_000_000));
      met.put(path, dated);
    }
    return dated.modified();
  }
}
