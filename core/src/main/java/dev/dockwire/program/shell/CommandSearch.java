package dev.dockwire.program.shell;

import dev.dockwire.host.FileNode;
import dev.dockwire.host.FileTree;
import dev.dockwire.host.Process;
import dev.dockwire.host.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the programs that commands name, along PATH. */
final class CommandSearch {

  private static final String DEFAULT_PATH = "/sbin:/usr/sbin:/bin:/usr/bin";

  private final Process self;
  private final Variables variables;

  CommandSearch(Process self, Variables variables) {
    this.self = self;
    this.variables = variables;
  }

  /**
   * Finds the program that a command's name means, by itself if it has a slash, else along PATH.
   *
   * @throws ShellException with status 127 if there is none, 126 if it cannot be run
   */
  Program find(String name) {
    if (name.isEmpty()) {
      throw new ShellException(": Permission denied", 127);
    }
    boolean denied = false;
    for (String path : candidates(name)) {
      Optional<FileNode> node = self.host().files().find(path);
      if (node.isPresent()
          && node.get() instanceof FileNode.RegularFile file
          && file.program().isPresent()) {
        return file.program().get();
      }
      denied |=
          node.isPresent() && (name.contains("/") || !(node.get() instanceof FileNode.Directory));
    }
    throw denied
        ? new ShellException(name + ": Permission denied", 126)
        : new ShellException(name + ": not found", 127);
  }

  /** The places where a command may be. */
  List<String> candidates(String name) {
    if (name.contains("/")) {
      return List.of(FileTree.resolve(self.workingDirectory(), name));
    }
    List<String> places = new ArrayList<>();
    for (String directory : variables.get("PATH").orElse(DEFAULT_PATH).split(":")) {
      places.add(
          FileTree.resolve(
              FileTree.resolve(self.workingDirectory(), directory.isEmpty() ? "." : directory),
              name));
    }
    return places;
  }
}
