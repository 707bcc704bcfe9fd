package dev.dockwire.tools.daemon.state;

import dev.dockwire.engine.EngineState;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The folder that a daemon keeps its engine's state in; one daemon at a time. The state is a
 * snapshot, {@code state.json}, and the changes since, in {@code journal}: whenever the machine
 * stops, the last state that was written is there, or the one that was being written.
 *
 * <p>A change costs a record of what is different. When the journal has no room for it, a new
 * snapshot is written beside the old one, reaches the disk, and takes its place in one step. It has
 * the number of the last record that it makes superfluous; numbers are never used again.
 */
public final class StateFolder implements AutoCloseable {

  private static final String FILE = "state.json";
  private static final String JOURNAL = "journal";
  private static final int JOURNAL_SIZE = 1 << 20;

  private final Path folder;
  private final Disk disk;
  private final int journalSize;
  private final Closeable lock;

  /** What was to be written last; nobody else's while somebody writes. */
  private KeptState kept;

  /** Whether that is more than the journal can go on from: at first, and after a failure. */
  private boolean snapshotDue;

  private Optional<Journal> journal = Optional.empty();
  private long number;

  private StateFolder(Path folder, Disk disk, int journalSize, Closeable lock) {
    this.folder = folder;
    this.disk = disk;
    this.journalSize = journalSize;
    this.lock = lock;
  }

  /**
   * Takes a folder for this daemon alone; makes it, for its owner, if it is not there.
   *
   * @throws IOException if it cannot be had, or another daemon has it
   */
  public static StateFolder open(Path folder) throws IOException {
    return open(folder, Disk.REAL);
  }

  static StateFolder open(Path folder, Disk disk) throws IOException {
    return open(folder, disk, JOURNAL_SIZE);
  }

  static StateFolder open(Path folder, Disk disk, int journalSize) throws IOException {
    return new StateFolder(folder, disk, journalSize, disk.take(folder));
  }

  /** Where the snapshot is, or will be. */
  public Path file() {
    return folder.resolve(FILE);
  }

  Path journal() {
    return folder.resolve(JOURNAL);
  }

  /**
   * Reads the state; empty if there is none yet.
   *
   * @throws IOException if there is a file that cannot be read or understood, and why
   */
  public Optional<EngineState> read() throws IOException {
    Optional<byte[]> file = disk.read(file());
    if (file.isEmpty()) {
      return Optional.empty();
    }
    StateReader.Snapshot snapshot = StateReader.snapshot(file.get());
    KeptState found = new KeptState(snapshot.state());
    byte[] journalFile = disk.read(journal()).orElse(new byte[0]);
    List<byte[]> records = Journal.read(journalFile, snapshot.number());
    for (byte[] content : records) {
      found.apply(StateReader.change(content));
    }
    number = Math.max(number, snapshot.number() + records.size());
    return Optional.of(found.value());
  }

  /**
   * Makes this the state; when this returns, it outlives a power failure. After {@link #read}, if
   * there is a state.
   *
   * @throws IOException if it may be lost; with the next change all is written
   */
  void write(EngineState state) throws IOException {
    kept = new KeptState(state);
    number++;
    snapshot();
  }

  /**
   * Likewise makes another of the state that was given last, whether that could be written or not.
   */
  void write(StateChange change) throws IOException {
    kept.apply(change);
    number++;
    boolean whole = snapshotDue;
    snapshotDue = true;
    byte[] content = StateWriter.write(change);
    if (whole || !journal.orElseThrow().hasRoom(content)) {
      snapshot();
      return;
    }
    journal.get().append(number, content);
    snapshotDue = false;
  }

  private void snapshot() throws IOException {
    snapshotDue = true;
    closeJournal();
    EngineState state = kept.value();
    Path unready = folder.resolve(FILE + ".new");
    disk.write(unready, StateWriter.write(number, state));
    disk.replace(file(), unready);
    journal = Optional.of(Journal.open(journal(), disk, journalSize));
    disk.force(folder);
    snapshotDue = false;
  }

  private void closeJournal() throws IOException {
    if (journal.isPresent()) {
      Journal old = journal.get();
      journal = Optional.empty();
      old.close();
    }
  }

  @Override
  public void close() throws IOException {
    try (lock) {
      closeJournal();
    }
  }
}
