package dev.dockwire.tools.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dockwire.engine.EngineState;
import dev.dockwire.engine.NetworkSpec;
import dev.dockwire.engine.NetworkState;
import dev.dockwire.frame.Ipv4Prefix;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A state follows upon another as a whole, wherever the machine stops in between. */
class StateFolderTest {

  /** Room for two or three changes, then a snapshot is due. */
  private static final int JOURNAL_SIZE = 700;

  private static final EngineState NOTHING = new EngineState(1, List.of(), List.of());

  /** What a user makes, changes and removes one after the other. */
  private static final List<EngineState> HISTORY =
      List.of(
          state("a"),
          state("a", "b"),
          state("a", "b", "c"),
          state("b", "c"),
          state("b", "C"),
          state("b", "C", "d"),
          state("d"),
          NOTHING,
          state("e", "f"));

  /** A disk of a machine that stops after so many bytes and steps. */
  private static final class StoppingDisk implements Disk {

    private int left;

    StoppingDisk(int left) {
      this.left = left;
    }

    @Override
    public void write(Path file, byte[] content) throws IOException {
      Disk.super.write(file, reached(content));
      step(content.length);
    }

    @Override
    public FileChannel reserve(Path file, int size) throws IOException {
      step(1);
      return Disk.super.reserve(file, size);
    }

    @Override
    public void overwrite(FileChannel channel, long position, byte[] content) throws IOException {
      Disk.super.overwrite(channel, position, reached(content));
      step(content.length);
    }

    @Override
    public void replace(Path file, Path by) throws IOException {
      step(1);
      Disk.super.replace(file, by);
    }

    @Override
    public void force(Path folder) throws IOException {
      step(1);
    }

    /** The test does not cut the power: nothing need reach the real disk. */
    @Override
    public void sync(FileChannel channel, boolean metadata) {}

    private byte[] reached(byte[] content) {
      return Arrays.copyOf(content, Math.min(left, content.length));
    }

    private void step(int cost) throws IOException {
      left -= cost;
      if (left < 0) {
        left = 0;
        throw new IOException("the machine has stopped");
      }
    }
  }

  @TempDir Path home;

  private Path path() {
    return home.resolve("not/yet/there");
  }

  /** Networks by the first letter of their id; a capital is the same one with a label. */
  private static EngineState state(String... networks) {
    return new EngineState(
        1, Stream.of(networks).map(StateFolderTest::network).toList(), List.of());
  }

  private static NetworkState network(String letter) {
    String id = letter.toLowerCase().repeat(64);
    Ipv4Prefix subnet = Ipv4Prefix.parse("10.%d.0.0/16".formatted((int) id.charAt(0)));
    return new NetworkState(id, NetworkSpec.bridge(letter), 1, subnet);
  }

  private static StateChange between(EngineState before, EngineState after) {
    List<String> gone = new ArrayList<>(before.networks().stream().map(NetworkState::id).toList());
    gone.removeAll(after.networks().stream().map(NetworkState::id).toList());
    List<NetworkState> changed = new ArrayList<>(after.networks());
    changed.removeAll(before.networks());
    return new StateChange(gone, changed, List.of());
  }

  private StateFolder open(int stop) throws IOException {
    return StateFolder.open(path(), new StoppingDisk(stop), JOURNAL_SIZE);
  }

  private Optional<EngineState> found() throws IOException {
    try (StateFolder folder = open(Integer.MAX_VALUE)) {
      return folder.read();
    }
  }

  /** Does it all until the machine stops; returns how many states were written. */
  private int live(int stop, List<EngineState> states) throws IOException {
    try (StateFolder folder = open(stop)) {
      folder.read();
      int done = 0;
      try {
        for (EngineState state : states) {
          if (done == 0) {
            folder.write(state);
          } else {
            folder.write(between(states.get(done - 1), state));
          }
          done++;
        }
      } catch (IOException e) {
        assertThat(e).hasMessage("the machine has stopped");
      }
      return done;
    }
  }

  private void forget() throws IOException {
    for (String file : List.of("state.json", "state.json.new", "journal")) {
      Files.deleteIfExists(path().resolve(file));
    }
  }

  @Test
  void theLastStateIsReadBack() throws Exception {
    assertThat(found()).isEmpty();
    for (int count = 1; count <= HISTORY.size(); count++) {
      forget();
      assertThat(live(Integer.MAX_VALUE, HISTORY.subList(0, count))).isEqualTo(count);
      assertThat(found()).contains(HISTORY.get(count - 1));
    }
  }

  @Test
  void whereverTheMachineStopsTheStateBeforeOrTheOneBeingWrittenIsThere() throws Exception {
    List<Optional<EngineState>> possible = new ArrayList<>();
    possible.add(Optional.of(NOTHING));
    HISTORY.forEach(state -> possible.add(Optional.of(state)));
    int stop = -1;
    int done;
    do {
      stop++;
      forget();
      live(Integer.MAX_VALUE, List.of(state("1"), state("1", "2"), NOTHING));
      done = live(stop, HISTORY);
      Optional<EngineState> found = found();
      assertThat(found)
          .as("stopped after %d, %d states written", stop, done)
          .isIn(possible.subList(done, Math.min(done + 2, possible.size())));
      live(Integer.MAX_VALUE, List.of(found.orElseThrow(), state("0")));
      assertThat(found()).as("what was left over does no harm").contains(state("0"));
    } while (done < HISTORY.size());
    assertThat(stop).as("it had to do with every byte").isGreaterThan(2_000);
  }

  @Test
  void whereverTheNextMachineStopsTooNothingOlderComesBack() throws Exception {
    EngineState next = state("0");
    int whole = StateWriter.write(100, next).length;
    for (int first = 0; first < 1_500; first += 211) {
      for (int second = 0; second < whole + 4; second += 13) {
        forget();
        live(first, HISTORY);
        Optional<EngineState> before = found();
        live(second, List.of(next));
        assertThat(found())
            .as("stopped after %d, then after %d", first, second)
            .isIn(before, Optional.of(next));
      }
    }
  }

  @Test
  void aFirstStateThatIsNotFinishedIsNone() throws Exception {
    for (int stop = 0; stop <= StateWriter.write(1, NOTHING).length; stop++) {
      assertThat(live(stop, List.of(NOTHING))).isZero();
      assertThat(found()).isEmpty();
    }
  }

  @Test
  void aFullDiskKeepsTheStateBeforeAndTheNextOneIsWhole() throws Exception {
    StoppingDisk disk = new StoppingDisk(Integer.MAX_VALUE);
    try (StateFolder folder = StateFolder.open(path(), disk, JOURNAL_SIZE)) {
      folder.write(state("a"));
      folder.write(between(state("a"), state("a", "b")));
      disk.left = 20;
      StateChange lost = between(state("a", "b"), state("a", "b", "c"));
      assertThatThrownBy(() -> folder.write(lost)).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> folder.write(between(state("a"), state())))
          .isInstanceOf(IOException.class);
      assertThat(folder.read()).contains(state("a", "b"));
      disk.left = Integer.MAX_VALUE;
      folder.write(between(state(), state("d")));
      assertThat(folder.read()).contains(state("b", "c", "d"));
      folder.write(between(state("b"), state("e")));
    }
    assertThat(found()).contains(state("c", "d", "e"));
  }

  @Test
  void aChangeCostsItsOwnSizeOnly() throws Exception {
    try (StateFolder folder = StateFolder.open(path(), Disk.REAL)) {
      folder.write(state("a", "b", "c", "d"));
      byte[] snapshot = Files.readAllBytes(folder.file());
      folder.write(between(state(), state("e")));
      assertThat(folder.file()).hasBinaryContent(snapshot);
      assertThat(Files.size(folder.journal())).isEqualTo(1 << 20);
    }
    assertThat(found()).contains(state("a", "b", "c", "d", "e"));
  }

  @Test
  void aRecordThatIsDamagedEndsWhatCounts() throws Exception {
    live(Integer.MAX_VALUE, HISTORY.subList(0, 3));
    byte[] journal = Files.readAllBytes(path().resolve("journal"));
    int second = Journal.HEAD + StateWriter.write(between(state(), state("b"))).length;
    for (int at = 0; at < second; at++) {
      byte[] damaged = journal.clone();
      damaged[second + at] ^= 1;
      Files.write(path().resolve("journal"), damaged);
      assertThat(found()).as("byte %d of the second record", at).contains(HISTORY.get(1));
    }
    Files.write(path().resolve("journal"), new byte[0]);
    assertThat(found()).contains(HISTORY.get(0));
    Files.delete(path().resolve("journal"));
    assertThat(found()).contains(HISTORY.get(0));
  }

  @Test
  void onlyOneDaemonHasIt() throws Exception {
    try (StateFolder _ = StateFolder.open(path(), Disk.REAL)) {
      assertThatThrownBy(() -> StateFolder.open(path(), Disk.REAL))
          .hasMessage("another daemon uses it");
    }
    StateFolder.open(path(), Disk.REAL).close();
  }

  @Test
  void onlyItsOwnerReadsIt() throws Exception {
    try (StateFolder folder = StateFolder.open(path(), Disk.REAL)) {
      folder.write(NOTHING);
      assertThat(Files.getPosixFilePermissions(path()))
          .isEqualTo(PosixFilePermissions.fromString("rwx------"));
      for (Path file : List.of(folder.file(), folder.journal())) {
        assertThat(Files.getPosixFilePermissions(file))
            .isEqualTo(PosixFilePermissions.fromString("rw-------"));
      }
    }
  }
}
