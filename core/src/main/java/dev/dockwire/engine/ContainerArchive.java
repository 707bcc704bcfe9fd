package dev.dockwire.engine;

import dev.dockwire.host.FileChange;
import dev.dockwire.host.FileMerge;
import dev.dockwire.host.FileNode;
import dev.dockwire.host.FileNode.Directory;
import dev.dockwire.host.FileTree;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A container's files as {@code docker cp} sees them, whether it runs or not: Docker's {@code
 * /containers/C/archive}. Paths begin at the container's root, with or without a slash.
 */
public final class ContainerArchive {

  /** Docker mounts these over the container's own files: {@code docker diff} does not see them. */
  private static final Set<String> MOUNTED =
      Set.of("/etc/hostname", "/etc/hosts", "/etc/resolv.conf");

  private final Container container;
  private final String reference;
  private final Events events;

  /**
   * @param reference what the user calls the container, for what the refusals say
   */
  ContainerArchive(Container container, String reference, Events events) {
    this.container = container;
    this.reference = reference;
    this.events = events;
  }

  /** The file or directory at a path, if there is one. */
  public Optional<FileNode> find(String path) {
    return container.files().find(FileTree.resolve("/", path));
  }

  /**
   * The file or directory at a path, to be packed.
   *
   * @throws EngineException 404
   */
  public FileNode get(String path) {
    FileNode node = existing(path);
    events.container(container, "archive-path");
    return node;
  }

  /**
   * The file or directory at a path, to be looked at only.
   *
   * @throws EngineException 404
   */
  public FileNode stat(String path) {
    return existing(path);
  }

  /** How the container's files differ from its image's. */
  public List<FileChange> changes() {
    return FileChange.between(container.image().files(), container.files().root(), MOUNTED);
  }

  private FileNode existing(String path) {
    return find(path)
        .orElseThrow(
            () ->
                new EngineException(
                    EngineException.NOT_FOUND,
                    "Could not find the file " + path + " in container " + reference));
  }

  /**
   * Unpacks into a directory.
   *
   * @throws EngineException 404 if it does not exist, 400 if it is none or if a file and a
   *     directory would have to share a name; then nothing has changed
   */
  public void put(String directory, Directory content) {
    if (!(existing(directory) instanceof Directory)) {
      throw new EngineException(EngineException.BAD_REQUEST, "extraction point is not a directory");
    }
    FileMerge.into(container.files(), FileTree.resolve("/", directory), content)
        .ifPresent(
            conflict -> {
              throw new EngineException(EngineException.BAD_REQUEST, conflict);
            });
    events.container(container, "extract-to-dir");
  }
}
