package dev.dockwire.tools.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dockwire.engine.EngineState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A state replaces another as a whole, wherever the machine stops in between. */
class StateFolderTest {

  private static final EngineState OLD = new EngineState(1, List.of(), List.of());
  private static final EngineState NEW = new EngineState(2, List.of(), List.of());

  /** A disk of a machine that stops after so many bytes and steps. */
  private static final class StoppingDisk implements Disk {

    private int left;

    StoppingDisk(int left) {
      this.left = left;
    }

    @Override
    public void write(Path file, byte[] content) throws IOException {
      Disk.super.write(file, Arrays.copyOf(content, Math.min(left, content.length)));
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
      Disk.super.force(folder);
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

  @Test
  void theLastStateIsReadBack() throws Exception {
    try (StateFolder folder = StateFolder.open(path(), Disk.REAL)) {
      assertThat(folder.read()).isEmpty();
      folder.write(OLD);
      folder.write(NEW);
      assertThat(folder.read()).contains(NEW);
    }
    try (StateFolder again = StateFolder.open(path(), Disk.REAL)) {
      assertThat(again.read()).contains(NEW);
    }
  }

  @Test
  void whereverTheMachineStopsTheOldOrTheNewStateIsThere() throws Exception {
    int length = StateWriter.write(NEW).length;
    int whole = 0;
    for (int stop = 0; stop <= length + 2; stop++) {
      try (StateFolder folder = StateFolder.open(path(), Disk.REAL)) {
        folder.write(OLD);
      }
      boolean done = true;
      try (StateFolder folder = StateFolder.open(path(), new StoppingDisk(stop))) {
        folder.write(NEW);
      } catch (IOException _) {
        done = false;
      }
      try (StateFolder next = StateFolder.open(path(), Disk.REAL)) {
        Optional<EngineState> found = next.read();
        assertThat(found).as("stopped after %d", stop).isIn(Optional.of(OLD), Optional.of(NEW));
        assertThat(found.equals(Optional.of(NEW))).isEqualTo(done || stop == length + 1);
        next.write(NEW);
        assertThat(next.read()).as("what was left over does no harm").contains(NEW);
      }
      whole += done ? 1 : 0;
    }
    assertThat(whole).isEqualTo(1);
  }

  @Test
  void aFirstStateThatIsNotFinishedIsNone() throws Exception {
    for (int stop = 0; stop <= StateWriter.write(NEW).length; stop++) {
      try (StateFolder folder = StateFolder.open(path(), new StoppingDisk(stop))) {
        assertThatThrownBy(() -> folder.write(NEW)).hasMessage("the machine has stopped");
        assertThat(folder.read()).isEmpty();
      }
    }
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
      folder.write(OLD);
      assertThat(Files.getPosixFilePermissions(path()))
          .isEqualTo(PosixFilePermissions.fromString("rwx------"));
      assertThat(Files.getPosixFilePermissions(folder.file()))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }
  }
}
