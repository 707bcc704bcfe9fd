package dev.dockwire.engine.image;

import dev.dockwire.engine.EngineException;
import dev.dockwire.host.FileNode;
import dev.dockwire.host.FileTree;
import dev.dockwire.host.Process;
import dev.dockwire.host.ProcessSpec;
import dev.dockwire.host.Program;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Finds what a container is to run, with runc's words when there is no such thing. */
public final class Executables {

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
  public static Program find(FileTree files, String searchPath, String command, String occasion) {
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

  /** Whether a command means a program in this process's environment. */
  static boolean exists(Process self, String command) {
    try {
      find(self.host().files(), self.environment().get("PATH"), command, "exec");
      return true;
    } catch (EngineException notFound) {
      return false;
    }
  }

  /**
   * Has a process run another program in its place, as a script's {@code exec} does.
   *
   * @return the status to end with if there is no such program
   */
  static int become(Process self, List<String> command, String script) {
    if (!exists(self, command.getFirst())) {
      self.printError(script + ": exec: " + command.getFirst() + ": not found\n");
      return 127;
    }
    Program program =
        find(self.host().files(), self.environment().get("PATH"), command.getFirst(), "exec");
    self.exec(
        program,
        new ProcessSpec(command, self.environment(), self.workingDirectory(), self.stdio()));
    return 0;
  }

  /** The exit code that {@code docker run} and {@code docker exec} end with, if that was why. */
  public static OptionalInt exitCodeOf(EngineException e) {
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
