package dev.dockwire.engine;

import dev.dockwire.host.FileNode;
import dev.dockwire.host.FileTree;
import dev.dockwire.host.Program;
import java.util.Optional;
import java.util.OptionalInt;

/** Finds what a container is to run, with runc's words when there is no such thing. */
final class Executables {

  private static final String NOT_FOUND = "executable file not found in $PATH";
  private static final String NO_SUCH_FILE = "no such file or directory";
  private static final String DENIED = "permission denied";

  private Executables() {}

  /**
   * The program that {@code command} means, by path or along {@code searchPath}.
   *
   * @param occasion {@code create} for a container's first process, {@code exec} for another
   * @throws EngineException 400 with the message that Docker prints
   */
  static Program find(FileTree files, String searchPath, String command, String occasion) {
    if (command.contains("/")) {
      FileNode node = files.find(FileTree.resolve("/", command)).orElse(null);
      if (node == null) {
        throw refusal(occasion, command, "stat " + command + ": " + NO_SUCH_FILE);
      }
      return programOf(node)
          .orElseThrow(
              () ->
                  refusal(
                      occasion,
                      command,
                      node instanceof FileNode.Directory ? "is a directory: " + DENIED : DENIED));
    }
    for (String directory : (searchPath == null ? "" : searchPath).split(":")) {
      Optional<Program> program =
          files.find(FileTree.resolve(directory, command)).flatMap(Executables::programOf);
      if (program.isPresent()) {
        return program.get();
      }
    }
    throw refusal(occasion, command, NOT_FOUND);
  }

  /** The exit code that {@code docker run} and {@code docker exec} end with, if that was why. */
  static OptionalInt exitCodeOf(EngineException e) {
    String message = e.getMessage();
    if (message.contains(NOT_FOUND) || message.contains(NO_SUCH_FILE)) {
      return OptionalInt.of(127);
    }
    return message.contains(DENIED) ? OptionalInt.of(126) : OptionalInt.empty();
  }

  private static Optional<Program> programOf(FileNode node) {
    return node instanceof FileNode.RegularFile file ? file.program() : Optional.empty();
  }

  private static EngineException refusal(String occasion, String command, String why) {
    String prefix =
        occasion.equals("exec")
            ? "OCI runtime exec failed: exec failed: unable to start container process: "
            : "failed to create task for container: failed to create shim task: OCI runtime create"
                + " failed: runc create failed: unable to start container process: error during"
                + " container init: ";
    String suffix = occasion.equals("exec") ? "" : ": unknown";
    return new EngineException(
        EngineException.BAD_REQUEST, prefix + "exec: \"" + command + "\": " + why + suffix);
  }
}
