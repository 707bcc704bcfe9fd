package dev.dockwire.tools.docker;

import dev.dockwire.engine.Engine;
import dev.dockwire.engine.EngineException;
import dev.dockwire.host.FileMerge;
import dev.dockwire.host.FileNode;
import dev.dockwire.host.FileNode.Directory;
import dev.dockwire.host.FileNode.NullDevice;
import dev.dockwire.host.FileTree;
import dev.dockwire.host.Process;
import dev.dockwire.host.TarArchive;
import dev.dockwire.tools.docker.flag.Flags;
import dev.dockwire.tools.docker.flag.UsageException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * {@code docker cp}: files between a container and the Docker host, or as a tar archive through the
 * standard streams.
 *
 * <p>There are no links and no owners but root here, so {@code -L} and {@code -a} change nothing.
 * Copying takes no time, so there is no progress to show on a terminal, only what docker leaves
 * there.
 */
final class CopyCommand extends DockerCommand {

  private static final String STREAM = "-";

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
    return summary()
        + """


        Use '-' as the source to read a tar archive from stdin
        and extract it to a directory destination in a container.
        Use '-' as the destination to stream a tar archive of a
        container source to stdout.\
        """;
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

  /** An argument: a container and a path in it, or a path on the Docker host. */
  private record Side(Optional<String> container, String path) {

    /** A colon belongs to a local path that is written with a slash or a dot at its beginning. */
    static Side of(String argument) {
      int colon = argument.indexOf(':');
      boolean local = colon <= 0 || argument.startsWith("/") || argument.startsWith(".");
      return local
          ? new Side(Optional.empty(), argument)
          : new Side(Optional.of(argument.substring(0, colon)), argument.substring(colon + 1));
    }
  }

  @Override
  int execute(Process self, Engine engine, Flags flags) {
    try {
      copy(self, engine, flags);
      return 0;
    } catch (UsageException e) {
      self.printError(e.getMessage() + "\n");
      return FAILED;
    }
  }

  private static void copy(Process self, Engine engine, Flags flags) throws UsageException {
    if (flags.positional().getFirst().isEmpty()) {
      throw new UsageException("source can not be empty");
    }
    if (flags.positional().getLast().isEmpty()) {
      throw new UsageException("destination can not be empty");
    }
    Side source = Side.of(flags.positional().getFirst());
    Side destination = Side.of(flags.positional().getLast());
    if (source.container().isPresent() && destination.container().isPresent()) {
      throw new UsageException("copying between containers is not supported");
    }
    boolean quiet =
        flags.isSet("quiet") ? flags.isTrue("quiet") : self.stdio().out().tty().isEmpty();
    if (source.container().isPresent()) {
      String container = source.container().get();
      copyOut(self, engine, container, source.path(), destination.path(), quiet);
    } else if (destination.container().isPresent()) {
      String container = destination.container().get();
      copyIn(self, engine, source.path(), container, destination.path(), quiet);
    } else {
      throw new UsageException("must specify at least one container source");
    }
  }

  private static void copyOut(
      Process self, Engine engine, String container, String path, String localPath, boolean quiet)
      throws UsageException {
    CopyPath source = CopyPath.of("/", path);
    CopyPath local = CopyPath.of(self.workingDirectory(), localPath);
    boolean streamed = localPath.equals(STREAM);
    FileTree files = self.host().files();
    Optional<FileNode> present = files.find(local.absolute());
    if (!streamed) {
      checkOutput(files, local, present);
    }
    FileNode node = engine.archive(container).get(path);
    Optional<String> refusal = source.refusal(Optional.of(node));
    if (refusal.isPresent()) {
      throw new EngineException(
          EngineException.INTERNAL, "lstat " + source.shown() + ": " + refusal.get());
    }
    if (streamed) {
      byte[] archive = archive(self, source, node);
      self.stdio().out().write(self, archive, 0, archive.length);
      return;
    }
    CopyPath.Plan plan = local.take(source, node, present);
    String directory = FileTree.resolve(self.workingDirectory(), plan.directory());
    Optional<String> conflict = FileMerge.into(files, directory, plan.content());
    if (conflict.isPresent()) {
      throw new UsageException(conflict.get());
    }
    if (!quiet) {
      report(self, archive(self, source, node).length, local.shown());
    }
  }

  private static void checkOutput(FileTree files, CopyPath local, Optional<FileNode> present)
      throws UsageException {
    String above = FileTree.resolve(local.absolute(), "..");
    if (files.find(above).isEmpty()) {
      throw new UsageException("invalid output path: directory \"" + above + "\" does not exist");
    }
    if (present.orElse(null) instanceof NullDevice) {
      throw new UsageException(
          "invalid output path: \""
              + local.shown()
              + "\" must be a directory or a regular file: got a device");
    }
  }

  private static void copyIn(
      Process self, Engine engine, String localPath, String container, String path, boolean quiet)
      throws UsageException {
    CopyPath target = CopyPath.of("/", path);
    Optional<FileNode> present = present(engine, container, path);
    if (present.orElse(null) instanceof NullDevice) {
      throw new UsageException(
          "destination \"%s:%s\" must be a directory or a regular file: got a device"
              .formatted(container, path));
    }
    CopyPath.Plan plan;
    int copied = 0;
    if (localPath.equals(STREAM)) {
      if (!(present.orElse(null) instanceof Directory)) {
        throw new UsageException(
            "destination \"%s:%s\" must be a directory".formatted(container, path));
      }
      plan = new CopyPath.Plan(path, unpack(self));
    } else {
      CopyPath local = CopyPath.of(self.workingDirectory(), localPath);
      FileNode node = localNode(self, local);
      plan = target.take(local, node, present);
      copied = archive(self, local, node).length;
    }
    engine.archive(container).put(plan.directory(), plan.content());
    if (!quiet) {
      report(self, copied, container + ":" + path);
    }
  }

  /** What is there already; docker asks first, and takes any refusal for "nothing". */
  private static Optional<FileNode> present(Engine engine, String container, String path) {
    try {
      return engine.archive(container).find(path);
    } catch (EngineException _) {
      return Optional.empty();
    }
  }

  private static FileNode localNode(Process self, CopyPath local) throws UsageException {
    Optional<FileNode> node = self.host().files().find(local.absolute());
    Optional<String> refusal = local.refusal(node);
    if (refusal.isPresent()) {
      throw new UsageException("lstat " + local.shown() + ": " + refusal.get());
    }
    return node.orElseThrow();
  }

  private static Directory unpack(Process self) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] buffer = new byte[8_192];
    for (int count; (count = self.stdio().in().read(self, buffer, 0, buffer.length)) >= 0; ) {
      bytes.write(buffer, 0, count);
    }
    try {
      return TarArchive.read(bytes.toByteArray());
    } catch (IOException e) {
      throw new EngineException(EngineException.INTERNAL, e.getMessage());
    }
  }

  private static byte[] archive(Process self, CopyPath path, FileNode node) {
    long seconds = TimeUnit.NANOSECONDS.toSeconds(self.world().epochNanos());
    return TarArchive.write(path.name(), node, seconds);
  }

  private static void report(Process self, int copied, String destination) {
    self.printError("Successfully copied " + Sizes.decimal(copied) + " to " + destination + "\n");
  }
}
