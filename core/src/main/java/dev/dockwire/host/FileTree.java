package dev.dockwire.host;

import dev.dockwire.host.FileNode.Directory;
import dev.dockwire.host.FileNode.NullDevice;
import dev.dockwire.host.FileNode.RegularFile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The in-memory files of one host: a root that starts as its image's and is replaced, along the
 * path concerned, by each change. Paths are absolute; {@link #resolve} makes them so.
 */
public final class FileTree {

  /** A host's files together are limited; past that a write fails with ENOSPC. */
  private static final long MAX_BYTES = 16 << 20;

  /** What a name costs beside its content. */
  private static final int NODE_BYTES = 128;

  private Directory root;
  private long usedBytes;

  /** Paths that show another tree's file: bind mounts. */
  private Map<String, FileTree> bound = Map.of();

  public FileTree() {
    this(Directory.EMPTY);
  }

  public FileTree(Directory root) {
    this.root = root;
    this.usedBytes = bytesOf(root);
  }

  /** The present state, to share with another tree. */
  public Directory root() {
    return root;
  }

  /** The absolute path that {@code path} means in {@code directory}, without dots. */
  public static String resolve(String directory, String path) {
    List<String> names = new ArrayList<>();
    String whole = path.startsWith("/") ? path : directory + "/" + path;
    for (String name : whole.split("/")) {
      if (name.equals("..")) {
        if (!names.isEmpty()) {
          names.removeLast();
        }
      } else if (!name.isEmpty() && !name.equals(".")) {
        names.add(name);
      }
    }
    return "/" + String.join("/", names);
  }

  /** Has a path show, and change, the file at the same path of another tree: a bind mount. */
  public void bind(String path, FileTree owner) {
    Map<String, FileTree> more = new HashMap<>(bound);
    more.put(path, owner);
    bound = Map.copyOf(more);
  }

  /** The node at a path, if there is one. */
  public Optional<FileNode> find(String path) {
    FileTree owner = bound.get(path);
    if (owner != null) {
      return owner.find(path);
    }
    FileNode node = root;
    for (String name : names(path)) {
      node = node.list().get(name);
      if (node == null) {
        return Optional.empty();
      }
    }
    return Optional.of(node);
  }

  /**
   * The content of a file.
   *
   * @throws SystemCallException ENOENT, EISDIR
   */
  public byte[] read(String path) {
    return switch (find(path).orElseThrow(() -> new SystemCallException(Errno.ENOENT))) {
      case RegularFile file -> file.content();
      case Directory _ -> throw new SystemCallException(Errno.EISDIR);
      case NullDevice _ -> new byte[0];
    };
  }

  /** The content of a file as text; empty if there is no such file. */
  public String readText(String path) {
    return find(path).orElse(Directory.EMPTY) instanceof RegularFile file
        ? new String(file.content(), StandardCharsets.UTF_8)
        : "";
  }

  /**
   * Replaces, or appends to, the content of a file, which is made if need be.
   *
   * @throws SystemCallException ENOENT if its directory does not exist, EISDIR, ENOSPC
   */
  public void write(String path, byte[] content, boolean append) {
    FileTree owner = bound.get(path);
    if (owner != null) {
      owner.write(path, content, append);
      return;
    }
    FileNode old = find(path).orElse(null);
    if (old instanceof NullDevice) {
      return;
    }
    if (old instanceof Directory) {
      throw new SystemCallException(Errno.EISDIR);
    }
    byte[] present = old instanceof RegularFile file ? file.content() : new byte[0];
    byte[] before = append ? present : new byte[0];
    if (usedBytes - present.length + before.length + content.length > MAX_BYTES) {
      throw new SystemCallException(Errno.ENOSPC);
    }
    byte[] all = Arrays.copyOf(before, before.length + content.length);
    System.arraycopy(content, 0, all, before.length, content.length);
    Optional<Program> program =
        old instanceof RegularFile file && append ? file.program() : Optional.empty();
    put(path, new RegularFile(all, program));
  }

  public void write(String path, String text) {
    write(path, text.getBytes(StandardCharsets.UTF_8), false);
  }

  /** Puts an executable that runs {@code program}. */
  public void install(String path, Program program) {
    put(path, new RegularFile(new byte[0], Optional.of(program)));
  }

  /**
   * Makes a directory.
   *
   * @throws SystemCallException ENOENT, ENOTDIR, EEXIST
   */
  public void makeDirectory(String path) {
    if (find(path).isPresent()) {
      throw new SystemCallException(Errno.EEXIST);
    }
    put(path, Directory.EMPTY);
  }

  /** Makes a directory and those above it, as far as they do not exist. */
  public void makeDirectories(String path) {
    String made = "";
    for (String name : names(path)) {
      made += "/" + name;
      if (find(made).isEmpty()) {
        makeDirectory(made);
      }
    }
  }

  /**
   * Puts a node at a path whose directory exists.
   *
   * @throws SystemCallException ENOENT, ENOTDIR, ENOSPC
   */
  public void put(String path, FileNode node) {
    FileTree owner = bound.get(path);
    if (owner != null) {
      owner.put(path, node);
      return;
    }
    long grown = usedBytes + bytesOf(node) - find(path).map(FileTree::bytesOf).orElse(0L);
    if (grown > MAX_BYTES) {
      throw new SystemCallException(Errno.ENOSPC);
    }
    root = (Directory) replaced(root, names(path), 0, node);
    usedBytes = grown;
  }

  private static long bytesOf(FileNode node) {
    long bytes = NODE_BYTES + (node instanceof RegularFile file ? file.content().length : 0);
    for (FileNode child : node.list().values()) {
      bytes += bytesOf(child);
    }
    return bytes;
  }

  /**
   * Removes a file or an empty directory.
   *
   * @throws SystemCallException ENOENT, ENOTEMPTY; EBUSY if it is another tree's
   */
  public void remove(String path) {
    if (bound.containsKey(path)) {
      throw new SystemCallException(Errno.EBUSY);
    }
    FileNode node = find(path).orElseThrow(() -> new SystemCallException(Errno.ENOENT));
    if (!node.list().isEmpty() || path.equals("/")) {
      throw new SystemCallException(Errno.ENOTEMPTY);
    }
    root = (Directory) replaced(root, names(path), 0, null);
    usedBytes -= bytesOf(node);
  }

  private static FileNode replaced(FileNode node, String[] names, int depth, FileNode leaf) {
    if (depth == names.length) {
      return leaf;
    }
    if (!(node instanceof Directory directory)) {
      throw new SystemCallException(Errno.ENOTDIR);
    }
    String name = names[depth];
    FileNode child = directory.children().get(name);
    if (child == null && depth < names.length - 1) {
      throw new SystemCallException(Errno.ENOENT);
    }
    FileNode changed = replaced(child, names, depth + 1, leaf);
    return changed == null ? directory.without(name) : directory.with(name, changed);
  }

  private static String[] names(String path) {
    String[] names = path.substring(1).split("/");
    return names.length == 1 && names[0].isEmpty() ? new String[0] : names;
  }
}
