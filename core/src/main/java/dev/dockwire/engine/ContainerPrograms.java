package dev.dockwire.engine;

import dev.dockwire.engine.image.Executables;
import dev.dockwire.host.FileTree;
import dev.dockwire.host.Host;
import dev.dockwire.host.Process;
import dev.dockwire.host.ProcessSpec;
import dev.dockwire.host.Program;
import dev.dockwire.host.Stdio;
import dev.dockwire.host.SystemCallException;
import dev.dockwire.host.Tty;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs programs in containers: finds them, and makes their environment as Docker orders it. */
final class ContainerPrograms {

  private final Links links;

  /** A container's first program, found before anything of the container is set up. */
  record First(Program program, ProcessSpec spec) {}

  ContainerPrograms(Links links) {
    this.links = links;
  }

  /**
   * Finds what a container runs when it starts.
   *
   * @throws EngineException 400 if there is no such program
   */
  First first(Container container) {
    List<String> commandLine = container.commandLine();
    Map<String, String> environment = environment(container);
    Program program =
        Executables.find(
            container.files(), environment.get("PATH"), commandLine.getFirst(), "create");
    String directory = directoryOf(container);
    makeDirectory(container.files(), directory);
    return new First(
        program, new ProcessSpec(commandLine, environment, directory, container.stdio()));
  }

  private static String directoryOf(Container container) {
    String own = container.workingDirectory();
    return own.isEmpty() ? "/" : own;
  }

  private static void makeDirectory(FileTree files, String directory) {
    try {
      files.makeDirectories(directory);
    } catch (SystemCallException e) {
      throw new EngineException(
          EngineException.BAD_REQUEST, "Cannot mkdir: " + directory + " is not a directory");
    }
  }

  /**
   * Starts another program.
   *
   * @param assignments {@code NAME=value}, added to the container's environment
   * @param workingDirectory the container's own if nothing is said
   * @throws EngineException 400 if the program cannot be run
   */
  Process exec(
      Host host,
      Container container,
      List<String> commandLine,
      List<String> assignments,
      Optional<String> workingDirectory,
      Optional<Tty> tty,
      Stdio stdio) {
    Map<String, String> environment = environment(container);
    if (tty.isPresent()) {
      environment.put("TERM", "xterm");
    } else {
      environment.remove("TERM");
    }
    putAll(environment, assignments);
    String directory = workingDirectory.orElseGet(() -> directoryOf(container));
    checkDirectory(container.files(), directory);
    Program program =
        Executables.find(
            container.files(), environment.get("PATH"), commandLine.getFirst(), "exec");
    Process process =
        host.processes()
            .start(program, null, new ProcessSpec(commandLine, environment, directory, stdio));
    tty.ifPresent(terminal -> terminal.foreground(List.of(process)));
    return process;
  }

  private static void checkDirectory(FileTree files, String directory) {
    if (files.find(FileTree.resolve("/", directory)).isEmpty()) {
      throw new EngineException(
          EngineException.BAD_REQUEST,
          "OCI runtime exec failed: exec failed: unable to start container process: chdir to cwd"
              + " (\""
              + directory
              + "\") set in config.json failed: no such file or directory");
    }
  }

  private Map<String, String> environment(Container container) {
    Map<String, String> environment = new LinkedHashMap<>();
    putAll(environment, container.image().environment());
    environment.put("HOSTNAME", container.hostname());
    if (container.spec().tty()) {
      environment.put("TERM", "xterm");
    }
    putAll(environment, links.environment(container));
    putAll(environment, container.spec().environment());
    environment.putIfAbsent("HOME", "/root");
    return environment;
  }

  private static void putAll(Map<String, String> environment, List<String> assignments) {
    for (String assignment : assignments) {
      int equals = assignment.indexOf('=');
      if (equals > 0) {
        environment.put(assignment.substring(0, equals), assignment.substring(equals + 1));
      }
    }
  }
}
