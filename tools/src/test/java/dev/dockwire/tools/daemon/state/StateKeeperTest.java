package dev.dockwire.tools.daemon.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.engine.Engine;
import dev.dockwire.engine.NetworkState;
import dev.dockwire.engine.spec.NetworkSpec;
import dev.dockwire.host.Process;
import dev.dockwire.host.ProcessSpec;
import dev.dockwire.host.Program;
import dev.dockwire.host.Stdio;
import dev.dockwire.host.WaitQueue;
import dev.dockwire.host.World;
import dev.dockwire.time.Seed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** When a state is written, and who waits for it. */
class StateKeeperTest {

  /** A disk that writes when it is allowed to, and may be full. */
  private static final class GuardedDisk extends MachineDisk {

    private final Semaphore allowed = new Semaphore(0);
    private final AtomicBoolean full = new AtomicBoolean();
    private final AtomicBoolean faulty = new AtomicBoolean();
    private final AtomicInteger writes = new AtomicInteger();

    @Override
    public void write(Path file, byte[] content) throws IOException {
      begin();
      super.write(file, content);
      writes.incrementAndGet();
    }

    @Override
    public Region reserve(Path file, int size) throws IOException {
      Region region = super.reserve(file, size);
      return new Region() {
        @Override
        public void overwrite(int position, byte[] content) throws IOException {
          begin();
          region.overwrite(position, content);
          writes.incrementAndGet();
        }

        @Override
        public void close() throws IOException {
          region.close();
        }
      };
    }

    private void begin() throws IOException {
      allowed.acquireUninterruptibly();
      if (full.get()) {
        throw new IOException("No space left on device");
      }
      if (faulty.get()) {
        throw new UnsupportedOperationException("not thought of");
      }
    }
  }

  @TempDir Path path;

  private final World world = World.inRealTime(new Seed(1));
  private final Engine engine = new Engine(world);
  private final GuardedDisk disk = new GuardedDisk();
  private final ConcurrentLinkedQueue<String> problems = new ConcurrentLinkedQueue<>();
  private final List<String> told = new ArrayList<>();
  private StateFolder folder;
  private StateKeeper keeper;

  @BeforeEach
  void open() throws IOException {
    // A host's processes end with its first one: this one stays.
    start(
        self -> {
          self.await(new WaitQueue(), () -> false);
          return 0;
        });
    folder = StateFolder.open(path, disk);
    keeper = new StateKeeper(engine, folder, problems::add);
    turn();
    disk.allowed.release();
    world.loop().runUntil(() -> disk.writes.get() == 1);
    turn();
  }

  @AfterEach
  void close() throws IOException {
    engine.close();
    disk.allowed.release(1_000);
    keeper.close();
    folder.close();
  }

  private void turn() {
    while (world.loop().turn() != 0) {
      // Until there is nothing left to do but to wait for the disk.
    }
  }

  private Process start(Program program) {
    return engine
        .dockerHost()
        .host()
        .processes()
        .start(program, null, new ProcessSpec(List.of("maker"), Map.of(), "/", Stdio.NULL));
  }

  /** Somebody makes a network, and is told so when it is safe. */
  private Process make(String name) {
    Process process =
        start(
            self -> {
              engine.networks().create(NetworkSpec.bridge(name));
              try {
                keeper.await(self);
                told.add(name);
              } catch (CompletionException e) {
                told.add(name + ": " + e.getCause().getMessage());
              }
              return 0;
            });
    turn();
    return process;
  }

  private List<String> kept() throws IOException {
    return folder.read().orElseThrow().networks().stream()
        .map(NetworkState::spec)
        .map(NetworkSpec::name)
        .toList();
  }

  @Test
  void whoeverChangesSomethingIsToldWhenItIsWritten() throws Exception {
    Process process = make("n1");
    assertThat(told).isEmpty();
    assertThat(kept()).isEmpty();
    disk.allowed.release();
    world.loop().runUntil(process::hasEnded);
    assertThat(told).containsExactly("n1");
    assertThat(kept()).containsExactly("n1");
  }

  @Test
  void changesDuringOneWriteGoTogetherIntoTheNext() throws Exception {
    Process first = make("n0");
    Process last = first;
    for (int i = 1; i < 10; i++) {
      last = make("n" + i);
    }
    disk.allowed.release();
    world.loop().runUntil(first::hasEnded);
    assertThat(told).containsExactly("n0");
    disk.allowed.release();
    world.loop().runUntil(last::hasEnded);
    turn();
    assertThat(told).hasSize(10);
    assertThat(kept()).hasSize(10);
    assertThat(disk.writes).as("with the one at the beginning").hasValue(3);
  }

  @Test
  void whatComesToNothingIsNotWritten() {
    engine.networks().remove(engine.networks().create(NetworkSpec.bridge("n1")));
    turn();
    assertThat(disk.allowed.hasQueuedThreads()).isFalse();
    assertThat(disk.writes).hasValue(1);
  }

  @Test
  void aFullDiskIsReportedAndTheNextChangeIsWrittenWithAllBefore() throws Exception {
    disk.full.set(true);
    Process process = make("n1");
    disk.allowed.release();
    world.loop().runUntil(process::hasEnded);
    assertThat(problems)
        .containsExactly(
            "dockwire: " + folder.file() + ": java.io.IOException: No space left on device");
    disk.full.set(false);
    Process next = make("n2");
    disk.allowed.release();
    world.loop().runUntil(next::hasEnded);
    assertThat(kept()).containsExactly("n1", "n2");
  }

  @Timeout(60)
  @Test
  void aBugIsReportedAndWhoeverWaitsIsToldUntilItIsWrittenAfterAll() throws Exception {
    disk.faulty.set(true);
    Process process = make("n1");
    disk.allowed.release();
    world.loop().runUntil(process::hasEnded);
    assertThat(told).containsExactly("n1: not thought of");
    assertThat(problems).hasSize(1);
    assertThat(problems.element())
        .startsWith(
            "dockwire: "
                + folder.file()
                + ": a bug: java.lang.UnsupportedOperationException: not thought of\n\tat ");
    disk.faulty.set(false);
    Process next = make("n2");
    disk.allowed.release();
    world.loop().runUntil(next::hasEnded);
    assertThat(told).endsWith("n2");
    assertThat(kept()).containsExactly("n1", "n2");
  }

  /** The patience with a disk is over at once for a thread that is interrupted. */
  @Timeout(60)
  @Test
  void atTheEndNothingIsWrittenBesideAWriteThatHangs() throws Exception {
    make("n1");
    make("n2");
    Thread.currentThread().interrupt();
    keeper.close();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(problems)
        .containsExactly(
            "dockwire: " + folder.file() + ": the disk does not answer; the last changes are lost");
    assertThat(kept()).isEmpty();
  }
}
