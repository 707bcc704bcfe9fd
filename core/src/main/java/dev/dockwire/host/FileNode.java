package dev.dockwire.host;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A file or directory. Nodes are immutable, so hosts of the same image share them until they write.
 */
public sealed interface FileNode {

  /** A regular file; an executable one has the program it runs. */
  record RegularFile(byte[] content, Optional<Program> program) implements FileNode {}

  /** The device that swallows everything. */
  record NullDevice() implements FileNode {}

  /** A directory, sorted by name. */
  record Directory(SortedMap<String, FileNode> children) implements FileNode {

    static final Directory EMPTY = new Directory(Collections.emptySortedMap());

    Directory with(String name, FileNode child) {
      SortedMap<String, FileNode> changed = new TreeMap<>(children);
      changed.put(name, child);
      return new Directory(Collections.unmodifiableSortedMap(changed));
    }

    Directory without(String name) {
      SortedMap<String, FileNode> changed = new TreeMap<>(children);
      changed.remove(name);
      return new Directory(Collections.unmodifiableSortedMap(changed));
    }
  }

  /** The children as a plain map; empty if this is not a directory. */
  default Map<String, FileNode> list() {
    return this instanceof Directory directory ? directory.children() : Map.of();
  }
}
