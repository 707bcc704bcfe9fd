package dev.dockwire.tools.docker;

import dev.dockwire.host.FileNode;
import dev.dockwire.host.FileNode.Directory;
import dev.dockwire.host.FileNode.RegularFile;
import dev.dockwire.host.FileTree;
import java.util.Map;

/**
 * A copy from one machine's files to another's by the rules of {@code docker cp}: into a directory
 * that exists, else under the new name; only what is in a directory if its path ends in {@code /.}.
 */
final class FileCopy {

  /**
   * What docker counts is the tar archive that it sends: blocks, one for each name, two at the end.
   */
  private static final int BLOCK_BYTES = 512;

  private final FileNode node;
  private final String sourcePath;
  private final boolean contentsOnly;
  private final FileTree to;
  private final String destination;
  private final boolean directoryMeant;

  /**
   * @param source must exist
   * @param givenSource as the user gave it; its ending matters, likewise for the destination
   */
  FileCopy(
      FileTree from,
      String source,
      String givenSource,
      FileTree to,
      String destination,
      String givenDestination) {
    this.sourcePath = FileTree.resolve("/", source);
    this.node = from.find(sourcePath).orElseThrow();
    this.contentsOnly = givenSource.equals(".") || givenSource.endsWith("/.");
    this.to = to;
    this.destination = FileTree.resolve("/", destination);
    this.directoryMeant = givenDestination.endsWith("/") || givenDestination.endsWith("/.");
  }

  static String parent(String path) {
    return path.substring(0, Math.max(1, path.lastIndexOf('/')));
  }

  /** Whether the directory that it goes into exists. */
  boolean hasPlace() {
    return to.find(destination).isPresent()
        || to.find(parent(destination)).orElse(null) instanceof Directory;
  }

  /** Copies; returns how many bytes docker says. */
  long run() throws UsageException {
    FileNode present = to.find(destination).orElse(null);
    boolean directory = node instanceof Directory;
    if (present instanceof Directory) {
      boolean merged = directory && contentsOnly || sourcePath.equals("/");
      merge(merged ? destination : inside(destination, nameOf(sourcePath)), node);
    } else if (present != null && directory) {
      throw new UsageException("cannot copy directory");
    } else if (present == null && !directory && directoryMeant) {
      throw new UsageException("no such directory");
    } else {
      merge(destination, node);
    }
    return archiveBytes(node) + 2 * BLOCK_BYTES;
  }

  private static String nameOf(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static String inside(String directory, String name) {
    return directory.equals("/") ? "/" + name : directory + "/" + name;
  }

  /** Directories that exist keep what the source does not have. */
  private void merge(String path, FileNode copied) throws UsageException {
    FileNode present = to.find(path).orElse(null);
    if (copied instanceof Directory directory && present instanceof Directory) {
      for (Map.Entry<String, FileNode> entry : directory.list().entrySet()) {
        merge(inside(path, entry.getKey()), entry.getValue());
      }
      return;
    }
    boolean sameKind = copied instanceof Directory == present instanceof Directory;
    if (present != null && !sameKind) {
      throw new UsageException(
          copied instanceof Directory
              ? "cannot overwrite non-directory \"" + path + "\" with directory"
              : "cannot overwrite directory \"" + path + "\" with non-directory");
    }
    to.put(path, copied);
  }

  private static long archiveBytes(FileNode node) {
    return BLOCK_BYTES
        + switch (node) {
          case RegularFile file -> Math.ceilDiv(file.content().length, BLOCK_BYTES) * BLOCK_BYTES;
          default -> node.list().values().stream().mapToLong(FileCopy::archiveBytes).sum();
        };
  }
}
