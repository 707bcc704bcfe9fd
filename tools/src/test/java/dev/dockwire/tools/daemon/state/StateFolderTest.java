package dev.dockwire.tools.daemon.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dockwire.engine.EngineState;
import dev.dockwire.engine.NetworkState;
import dev.dockwire.engine.spec.NetworkSpec;
import dev.dockwire.frame.Ipv4Prefix;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
          state("b"),
          state("B"),
          state("B", "d"),
          NOTHING,
          state("e", "f"));

  /** The disk, in memory, of a machine that stops after so many bytes and steps. */
  private static final class StoppingDisk implements Disk {

    private final Map<Path, byte[]> files = new HashMap<>();
    private int left = Integer.MAX_VALUE;

    @Override
    public Closeable take(Path folder) {
      return () -> {};
    }

    @Override
    public Optional<byte[]> read(Path file) {
      return Optional.ofNullable(files.get(file));
    }

    @Override
    public void write(Path file, byte[] content) throws IOException {
      files.put(file, Arrays.copyOf(content, Math.min(left, content.length)));
      step(content.length);
    }

    @Override
    public Region reserve(Path file, int size) throws IOException {
      step(1);
      byte[] old = files.getOrDefault(file, new byte[0]);
      byte[] bytes = Arrays.copyOf(old, Math.max(size, old.length));
      files.put(file, bytes);
      return new Region() {
        @Override
        public void overwrite(int position, byte[] content) throws IOException {
          System.arraycopy(content, 0, bytes, position, Math.min(left, content.length));
          step(content.length);
        }

        @Override
        public void close() {}
      };
    }

    @Override
    public void replace(Path file, Path by) throws IOException {
      step(1);
      files.put(file, files.remove(by));
    }

    @Override
    public void force(Path folder) throws IOException {
      step(1);
    }

    private void step(int cost) throws IOException {
      left -= cost;
      if (left < 0) {
        left = 0;
        throw new IOException("the machine has stopped");
      }
    }
  }

  private final StoppingDisk disk = new StoppingDisk();

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
    disk.left = stop;
    return StateFolder.open(path(), disk, JOURNAL_SIZE);
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

  private static Map<Path, byte[]> copy(Map<Path, byte[]> files) {
    Map<Path, byte[]> copy = new HashMap<>(files);
    copy.replaceAll((_, content) -> content.clone());
    return copy;
  }

  private void forget() {
    disk.files.clear();
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
    live(Integer.MAX_VALUE, List.of(state("1"), state("1", "2"), NOTHING));
    Map<Path, byte[]> before = copy(disk.files);
    int stop = -1;
    int done;
    do {
      stop++;
      forget();
      disk.files.putAll(copy(before));
      done = live(stop, HISTORY);
      Optional<EngineState> found = found();
      assertThat(found)
          .as("stopped after %d, %d states written", stop, done)
          .isIn(possible.subList(done, Math.min(done + 2, possible.size())));
      live(Integer.MAX_VALUE, List.of(found.orElseThrow(), state("0")));
      assertThat(found()).as("what was left over does no harm").contains(state("0"));
    } while (done < HISTORY.size());
    assertThat(stop).as("it had to do with every byte").isGreaterThan(1_000);
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
    try (StateFolder folder = open(Integer.MAX_VALUE)) {
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
    try (StateFolder folder = StateFolder.open(path(), Disk.REAL)) {
      assertThat(folder.read()).contains(state("a", "b", "c", "d", "e"));
    }
  }

  @Test
  void aRecordThatIsDamagedEndsWhatCounts() throws Exception {
    List<EngineState> history = List.of(state("a"), state("a", "b"), state("a", "b", "c"));
    live(Integer.MAX_VALUE, history);
    Path file = path().resolve("journal");
    byte[] journal = disk.files.get(file);
    int second = Journal.HEAD + StateWriter.write(between(state(), state("b"))).length;
    for (int at = 0; at < second; at++) {
      byte[] damaged = journal.clone();
      damaged[second + at] ^= 1;
      disk.files.put(file, damaged);
      assertThat(found()).as("byte %d of the second record", at).contains(history.get(1));
    }
    disk.files.put(file, new byte[0]);
    assertThat(found()).contains(history.get(0));
    disk.files.remove(file);
    assertThat(found()).contains(history.get(0));
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
