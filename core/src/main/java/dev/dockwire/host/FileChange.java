package dev.dockwire.host;

import dev.dockwire.host.FileNode.Directory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How one place of a file tree differs from what was there before. A directory in which something
 * differs is changed itself.
 */
public record FileChange(String path, Kind kind) {

  /** In the order of the numbers that Docker gives them. */
  public enum Kind {
    CHANGED,
    ADDED,
    DELETED
  }

  /**
   * Compares two trees; sorted by path, a directory before what is in it.
   *
   * @param except paths that are not looked at
   */
  public static List<FileChange> between(Directory before, Directory after, Set<String> except) {
    List<FileChange> changes = new ArrayList<>();
    compare("", before, after, except, changes);
    return changes;
  }

  private static void compare(
      String path,
      Directory before,
      Directory after,
      Set<String> except,
      List<FileChange> changes) {
    before
        .children()
        .forEach(
            (name, old) -> {
              FileNode now = after.children().get(name);
              if (now == null) {
                add(path + "/" + name, Kind.DELETED, except, changes);
              } else if (now != old) {
                compare(path + "/" + name, old, now, except, changes);
              }
            });
    for (Map.Entry<String, FileNode> child : after.children().entrySet()) {
      if (!before.children().containsKey(child.getKey())) {
        addAll(path + "/" + child.getKey(), child.getValue(), except, changes);
      }
    }
    if (path.isEmpty()) {
      changes.sort((one, other) -> one.path().compareTo(other.path()));
    }
  }

  private static void compare(
      String path, FileNode before, FileNode after, Set<String> except, List<FileChange> changes) {
    if (!(before instanceof Directory old) || !(after instanceof Directory now)) {
      add(path, Kind.CHANGED, except, changes);
      return;
    }
    int size = changes.size();
    compare(path, old, now, except, changes);
    if (changes.size() > size) {
      add(path, Kind.CHANGED, except, changes);
    }
  }

  private static void addAll(
      String path, FileNode node, Set<String> except, List<FileChange> changes) {
    if (add(path, Kind.ADDED, except, changes)) {
      node.list().forEach((name, child) -> addAll(path + "/" + name, child, except, changes));
    }
  }

  private static boolean add(String path, Kind kind, Set<String> except, List<FileChange> changes) {
    return !except.contains(path) && changes.add(new FileChange(path, kind));
  }
}
