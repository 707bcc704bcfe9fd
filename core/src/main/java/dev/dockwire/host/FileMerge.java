package dev.dockwire.host;

import dev.dockwire.host.FileNode.Directory;
import java.util.Map;
import java.util.Optional;

/**
 * Puts a tree of files into another one, as unpacking an archive does: directories are united,
 * files replace files, and neither takes the place of the other.
 */
public final class FileMerge {

  private FileMerge() {}

  /**
   * Merges what a directory holds into a directory that exists; all of it or, if a file and a
   * directory meet, nothing.
   *
   * @return the conflict, in Docker's words; empty if there was none
   * @throws SystemCallException ENOSPC; then a part has been merged
   */
  public static Optional<String> into(FileTree files, String directory, Directory content) {
    Optional<String> conflict = conflict(files, directory, directory, content);
    if (conflict.isEmpty()) {
      put(files, directory, content);
    }
    return conflict;
  }

  private static Optional<String> conflict(
      FileTree files, String top, String directory, Directory content) {
    for (Map.Entry<String, FileNode> child : content.children().entrySet()) {
      String path = FileTree.resolve(directory, child.getKey());
      Optional<FileNode> present = files.find(path);
      if (present.isEmpty()) {
        continue;
      }
      boolean wasDirectory = present.get() instanceof Directory;
      if (child.getValue() instanceof Directory below) {
        if (!wasDirectory) {
          return Optional.of(cannot("non-directory", path, "directory", top));
        }
        Optional<String> deeper = conflict(files, top, path, below);
        if (deeper.isPresent()) {
          return deeper;
        }
      } else if (wasDirectory) {
        return Optional.of(cannot("directory", path, "non-directory", top));
      }
    }
    return Optional.empty();
  }

  private static String cannot(String present, String path, String other, String top) {
    return "cannot overwrite " + present + " \"" + path + "\" with " + other + " \"" + top + "\"";
  }

  private static void put(FileTree files, String directory, Directory content) {
    for (Map.Entry<String, FileNode> child : content.children().entrySet()) {
      String path = FileTree.resolve(directory, child.getKey());
      if (child.getValue() instanceof Directory below && files.find(path).isPresent()) {
        put(files, path, below);
      } else {
        files.put(path, child.getValue());
      }
    }
  }
}
