package dev.dockwire.tools.docker;

import dev.dockwire.host.FileNode;
import dev.dockwire.host.FileNode.Directory;
import dev.dockwire.host.FileTree;
import dev.dockwire.tools.docker.flag.UsageException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One end of {@code docker cp}. A slash at the end says that a directory is meant; {@code /.} at
 * the end of a source, that only what is in it is.
 *
 * @param text as the user wrote it
 * @param absolute without dots or a slash at its end
 */
record CopyPath(String text, String absolute) {

  /** What a path means in a directory. */
  static CopyPath of(String directory, String text) {
    return new CopyPath(text, FileTree.resolve(directory, text));
  }

  private boolean isContent() {
    return endsInDot() || absolute.equals("/");
  }

  private boolean endsInDot() {
    String path = text.replaceFirst("/+$", "");
    return path.isEmpty() || path.equals(".") || path.endsWith("/.");
  }

  private boolean meansDirectory() {
    return text.endsWith("/") || isContent();
  }

  /** What it is called in an archive. */
  String name() {
    return isContent() ? "." : base();
  }

  private String base() {
    return absolute.substring(absolute.lastIndexOf('/') + 1);
  }

  /** The whole path, with what the user wrote at its end. */
  String shown() {
    if (absolute.equals("/")) {
      return absolute;
    }
    if (endsInDot()) {
      return absolute + "/.";
    }
    return text.endsWith("/") ? absolute + "/" : absolute;
  }

  /** The directory that it is in, as the user would write it. */
  String parent() {
    String above = absolute.substring(0, absolute.lastIndexOf('/'));
    if (text.startsWith("/")) {
      return above.isEmpty() ? "/" : above;
    }
    return above.isEmpty() ? "." : above.substring(1);
  }

  /**
   * Whether a node can be what this path says.
   *
   * @return the reason against it, in Go's words
   */
  Optional<String> refusal(Optional<FileNode> node) {
    if (node.isEmpty()) {
      return Optional.of("no such file or directory");
    }
    return meansDirectory() && !(node.get() instanceof Directory)
        ? Optional.of("not a directory")
        : Optional.empty();
  }

  /** What is unpacked, and the path of the directory that it is unpacked into. */
  record Plan(String directory, Directory content) {}

  /**
   * Where a source goes if it is copied here: into a directory that exists, or under a new name.
   *
   * @param present what is here already
   * @throws UsageException with docker's reason if it can go nowhere
   */
  Plan take(CopyPath source, FileNode node, Optional<FileNode> present) throws UsageException {
    boolean directory = node instanceof Directory;
    if (present.isPresent() && present.get() instanceof Directory) {
      Directory content = source.isContent() ? (Directory) node : only(source.name(), node);
      return new Plan(text, content);
    }
    if (present.isPresent() && directory) {
      throw new UsageException("cannot copy directory");
    }
    if (!directory && meansDirectory()) {
      throw new UsageException(present.isPresent() ? "not a directory" : "no such directory");
    }
    return new Plan(parent(), only(base(), node));
  }

  private static Directory only(String name, FileNode node) {
    return new Directory(new TreeMap<>(Map.of(name, node)));
  }
}
