package dev.dockwire.tools.daemon;

import dev.dockwire.engine.EngineState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * The folder that a daemon keeps its engine's state in; one daemon at a time. The state is one
 * file, {@code state.json}. A new one is written beside it, reaches the disk, and takes its place
 * in one step: whenever the machine stops, either the old or the new one is there, as a whole.
 */
final class StateFolder implements AutoCloseable {

  private static final String FILE = "state.json";

  private final Path folder;
  private final Disk disk;
  private final LockFile lock;

  private StateFolder(Path folder, Disk disk, LockFile lock) {
    this.folder = folder;
    this.disk = disk;
    this.lock = lock;
  }

  /**
   * Takes a folder for this daemon alone; makes it, for its owner, if it is not there.
   *
   * @throws IOException if it cannot be had, or another daemon has it
   */
  static StateFolder open(Path folder, Disk disk) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    return new StateFolder(
        folder, disk, LockFile.take(folder.resolve("lock"), "another daemon uses it"));
  }

  /** Where the state is, or will be. */
  Path file() {
    return folder.resolve(FILE);
  }

  /**
   * Reads the state; empty if there is none yet.
   *
   * @throws IOException if there is a file that cannot be read or understood, and why
   */
  Optional<EngineState> read() throws IOException {
    return Files.exists(file())
        ? Optional.of(StateReader.read(Files.readAllBytes(file())))
        : Optional.empty();
  }

  /** Replaces the state; when this returns, the new one outlives a power failure. */
  void write(EngineState state) throws IOException {
    Path unready = folder.resolve(FILE + ".new");
    disk.write(unready, StateWriter.write(state));
    disk.replace(file(), unready);
    disk.force(folder);
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
