package dev.dockwire.program.applet;

import dev.dockwire.host.FileNode;
import dev.dockwire.host.FileTree;
import dev.dockwire.host.Process;
import dev.dockwire.host.Program;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the program that a name means to a process, as {@code execvp} does: along PATH. */
public final class PathSearch {

  private static final String DEFAULT_PATH = "/bin:/usr/bin";

  private PathSearch() {}

  /**
   * The program of a name; by itself if there is a slash in it.
   *
   * @param environment where PATH is looked up
   */
  public static Optional<Program> find(Process self, Map<String, String> environment, String name) {
    List<String> directories =
        name.contains("/")
            ? List.of("")
            : List.of(environment.getOrDefault("PATH", DEFAULT_PATH).split(":"));
    for (String directory : directories) {
      String path = directory.isEmpty() ? name : directory + "/" + name;
      FileNode node =
          self.host().files().find(FileTree.resolve(self.workingDirectory(), path)).orElse(null);
      if (node instanceof FileNode.RegularFile file && file.program().isPresent()) {
        return file.program();
      }
    }
    return Optional.empty();
  }
}
