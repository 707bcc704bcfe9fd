package dev.dockwire.tools.docker;

import dev.dockwire.engine.Container;
import dev.dockwire.engine.Engine;
import dev.dockwire.engine.EngineException;
import dev.dockwire.host.FileTree;
import dev.dockwire.host.Process;
import java.util.List;

/**
 * {@code docker cp}: files and directories between a container, running or not, and the Docker host
 * on which the client runs. Streams of tar archives ({@code -}) are refused.
 */
final class CopyCommand extends DockerCommand {

  private static final String DESCRIPTION =
      """
      Copy files/folders between a container and the local filesystem

      Use '-' as the source to read a tar archive from stdin
      and extract it to a directory destination in a container.
      Use '-' as the destination to stream a tar archive of a
      container source to stdout.\
      """;

  /** One end of a copy; the container is empty for the client's own machine. */
  private record End(String container, String path) {

    static End parse(String argument) {
      int colon = argument.indexOf(':');
      boolean local = argument.startsWith("/") || colon < 0 || argument.startsWith(".");
      return local
          ? new End("", argument)
          : new End(argument.substring(0, colon), argument.substring(colon + 1));
    }

    boolean isLocal() {
      return container.isEmpty();
    }

    EngineException notFound(String missing) {
      return new EngineException(
          EngineException.NOT_FOUND,
          "Could not find the file " + missing + " in container " + container);
    }
  }

  CopyCommand() {
    super(
        "cp",
        List.of("docker container cp", "docker cp"),
        "[OPTIONS] CONTAINER:SRC_PATH DEST_PATH|-\n"
            + "\tdocker cp [OPTIONS] SRC_PATH|- CONTAINER:DEST_PATH",
        "Copy files/folders between a container and the local filesystem",
        2,
        2);
  }

  @Override
  String description() {
    return DESCRIPTION;
  }

  @Override
  Flags flags() {
    return new Flags()
        .bool("archive", 'a', "Archive mode (copy all uid/gid information)")
        .bool("follow-link", 'L', "Always follow symbol link in SRC_PATH")
        .bool(
            "quiet",
            'q',
            "Suppress progress output during copy. Progress output is automatically suppressed if"
                + " no terminal is attached");
  }

  @Override
  int execute(Process self, Engine engine, Flags flags) {
    End from = End.parse(flags.positional().getFirst());
    End to = End.parse(flags.positional().getLast());
    try {
      check(from, to);
      FileCopy copy =
          from.isLocal() ? copyIn(self, engine, from, to) : copyOut(self, engine, from, to);
      long bytes = copy.run();
      boolean terminal = self.stdio().out().tty().isPresent();
      if (flags.isSet("quiet") ? !flags.isTrue("quiet") : terminal) {
        String place = to.isLocal() ? local(self, to) : to.container() + ":" + to.path();
        self.printError("Successfully copied " + Sizes.decimal(bytes) + " to " + place + "\n");
      }
      return 0;
    } catch (UsageException e) {
      self.printError(e.getMessage() + "\n");
      return FAILED;
    }
  }

  private static void check(End from, End to) throws UsageException {
    if (from.isLocal() && to.isLocal()) {
      throw new UsageException("must specify at least one container source");
    }
    if (!from.isLocal() && !to.isLocal()) {
      throw new UsageException("copying between containers is not supported");
    }
    if (from.path().equals("-") || to.path().equals("-")) {
      throw new UsageException("tar streams are not emulated here");
    }
  }

  private static String local(Process self, End end) {
    return FileTree.resolve(self.workingDirectory(), end.path());
  }

  private static FileCopy copyIn(Process self, Engine engine, End from, End to)
      throws UsageException {
    Container container = engine.container(to.container());
    FileTree own = self.host().files();
    String source = local(self, from);
    if (own.find(source).isEmpty()) {
      throw new UsageException("lstat " + source + ": no such file or directory");
    }
    FileCopy copy = new FileCopy(own, source, from.path(), container.files(), to.path(), to.path());
    if (!copy.hasPlace()) {
      throw to.notFound(FileCopy.parent(FileTree.resolve("/", to.path())));
    }
    return copy;
  }

  private static FileCopy copyOut(Process self, Engine engine, End from, End to)
      throws UsageException {
    FileTree own = self.host().files();
    String destination = local(self, to);
    Container container = engine.container(from.container());
    if (container.files().find(from.path()).isEmpty()) {
      throw from.notFound(from.path());
    }
    FileCopy copy =
        new FileCopy(container.files(), from.path(), from.path(), own, destination, to.path());
    if (!copy.hasPlace()) {
      throw new UsageException(
          "invalid output path: directory \"" + FileCopy.parent(destination) + "\" does not exist");
    }
    return copy;
  }
}
