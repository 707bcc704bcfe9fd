package dev.dockwire.tools.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.dockwire.capture.CaptureReader;
import dev.dockwire.capture.CapturedFrame;
import dev.dockwire.host.FileInput;
import dev.dockwire.host.FileTree;
import dev.dockwire.host.Stdio;
import dev.dockwire.time.Timer;
import dev.dockwire.tools.DockerHostShell;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Captures into files and named pipes while the network runs. */
class CapturesTest {

  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  /** Only to end a test that has failed already. */
  private static final long GIVE_UP_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final LiveHost host = LiveHosts.plain();

  @TempDir private Path folder;

  @AfterEach
  void close() {
    host.close();
  }

  /** Has the Docker host's shell run lines; returns its status. */
  private int run(String... lines) {
    FileTree files = host.engine().dockerHost().host().files();
    files.write("/root/lines", String.join("\n", lines) + "\n");
    var shell =
        DockerHostShell.start(
            host.engine(), Stdio.NULL.withIn(new FileInput(files, "/root/lines")));
    turnUntil(shell::hasEnded);
    return shell.exitStatus();
  }

  private void turnUntil(BooleanSupplier done) {
    long giveUp = host.world().now() + GIVE_UP_NANOS;
    Timer[] look = new Timer[1];
    look[0] = host.world().timers().timer(now -> look[0].arm(now + LOOK_NANOS));
    look[0].arm(host.world().now());
    host.world().loop().runUntil(() -> done.getAsBoolean() || host.world().now() > giveUp);
    look[0].cancel();
    assertThat(done.getAsBoolean()).isTrue();
  }

  private LiveCapture only() {
    return host.captures().list().getFirst();
  }

  private static int framesIn(Path file) throws IOException {
    int frames = 0;
    try (CaptureReader reader = new CaptureReader(Files.newInputStream(file))) {
      while (reader.hasNext()) {
        reader.next();
        frames++;
      }
    }
    return frames;
  }

  @Test
  void aFileCanBeReadWhileTheCaptureRuns() throws Exception {
    Path file = folder.resolve("live.pcapng");
    run("capture start " + file, "ping -c 1 10.0.2.2");
    assertThat(only().state()).isEqualTo("running");
    turnUntil(() -> sizeOf(file) > 200 && only().frames() >= 4);
    assertThat(framesIn(file)).isGreaterThanOrEqualTo(4);
    assertThat(run("capture stop 1")).isZero();
    assertThat(host.captures().list()).isEmpty();
  }

  /** Which of what can go wrong is no matter: here the scope is missing. */
  @Test
  void aPipeIsRemovedIfItsCaptureDoesNotStart() {
    Path pipe = folder.resolve("made");
    assertThatThrownBy(() -> host.captures().start(pipe, null, true, 0))
        .isInstanceOf(NullPointerException.class);
    assertThat(pipe).doesNotExist();
    assertThat(host.captures().list()).isEmpty();
  }

  @Test
  void asManyOctetsOfAFrameAreKeptAsAreWanted() throws Exception {
    Path file = folder.resolve("short.pcapng");
    assertThat(run("capture start -s many " + file)).isEqualTo(2);
    run("capture start -s 60 " + file, "ping -c 1 10.0.2.2", "capture stop 1");
    try (CaptureReader reader = new CaptureReader(Files.newInputStream(file))) {
      CapturedFrame longest = reader.next();
      while (reader.hasNext()) {
        CapturedFrame frame = reader.next();
        longest = frame.originalLength() > longest.originalLength() ? frame : longest;
      }
      assertThat(longest.originalLength()).isEqualTo(98);
      assertThat(longest.bytes()).hasSize(60);
    }
  }

  private static long sizeOf(Path file) {
    try {
      return Files.size(file);
    } catch (IOException _) {
      return 0;
    }
  }

  @Test
  void aScopeLeavesOutOtherLinks() throws Exception {
    run("docker run -d --name a1 alpine sleep 1000", "docker run -d --name a2 alpine sleep 1000");
    run(
        "capture start --container a1 " + folder.resolve("a1.pcapng"),
        "capture start --network bridge " + folder.resolve("bridge.pcapng"),
        "capture start --interface a2/eth0 " + folder.resolve("a2.pcapng"),
        "ping -c 1 10.0.2.2",
        "docker exec a1 ping -c 1 172.17.0.1",
        "capture stop --all");
    // ARP and echo, there and back; and on the network the request for a1's address at a2.
    assertThat(framesIn(folder.resolve("a1.pcapng"))).isEqualTo(4);
    assertThat(framesIn(folder.resolve("bridge.pcapng"))).isEqualTo(4);
    assertThat(framesIn(folder.resolve("a2.pcapng"))).isEqualTo(1);
  }

  @Test
  void aNamedPipeIsReadLiveByTshark() throws Exception {
    assumeTrue(isInstalled("tshark"), "tshark is not installed: not tested with it");
    Path pipe = folder.resolve("live");
    assertThat(run("capture start --pipe " + pipe)).isZero();
    assertThat(only().state()).isEqualTo("waiting for a reader");
    Process tshark =
        new ProcessBuilder("tshark", "-l", "-n", "-i", pipe.toString(), "-Y", "icmp")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    Queue<String> lines = new ConcurrentLinkedQueue<>();
    Thread.ofPlatform().daemon().start(() -> gather(tshark, lines));
    try {
      turnUntil(() -> only().state().equals("running"));
      run("ping -c 1 10.0.2.2");
      turnUntil(() -> lines.size() >= 2);
      assertThat(List.copyOf(lines).get(0)).contains("Echo (ping) request");
      assertThat(List.copyOf(lines).get(1)).contains("Echo (ping) reply");
    } finally {
      tshark.destroy();
    }
  }

  private static void gather(Process process, Queue<String> lines) {
    try (BufferedReader reader = process.inputReader()) {
      reader.lines().forEach(lines::add);
    } catch (IOException _) {
      // It has been ended.
    }
  }

  private static boolean isInstalled(String program) throws InterruptedException {
    try {
      return new ProcessBuilder(program, "--version")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException _) {
      return false;
    }
  }

  @Test
  void aReaderThatGoesAwayEndsTheCaptureOnly() throws Exception {
    Path pipe = folder.resolve("live");
    run("capture start --pipe " + pipe);
    CountDownLatch gone = new CountDownLatch(1);
    Thread.ofPlatform().daemon().start(() -> readALittle(pipe, gone));
    turnUntil(() -> gone.getCount() == 0);
    run("ping -c 1 10.0.2.2");
    turnUntil(() -> only().state().startsWith("ended"));
    assertThat(only().state()).isEqualTo("ended: the reader has gone");
    assertThat(run("ping -c 1 10.0.2.2")).isZero();
    assertThat(pipe).doesNotExist();
  }

  private static void readALittle(Path pipe, CountDownLatch gone) {
    try (InputStream in = Files.newInputStream(pipe)) {
      in.read();
    } catch (IOException _) {
      // Then the test fails.
    }
    gone.countDown();
  }

  @Test
  void aPipeThatNobodyReadsHoldsNothingUp() {
    Path pipe = folder.resolve("live");
    run("capture start --pipe " + pipe, "ping -c 1 10.0.2.2");
    LiveCapture capture = only();
    run("capture stop " + pipe);
    turnUntil(capture::isOver);
    assertThat(pipe).doesNotExist();
  }

  @Test
  void thereIsALimitOfCaptures() throws Exception {
    for (int i = 0; i < 16; i++) {
      host.captures().start(folder.resolve(i + ".pcapng"), CaptureScope.EVERYTHING, false, 0);
    }
    Path oneMore = folder.resolve("16.pcapng");
    assertThatThrownBy(() -> host.captures().start(oneMore, CaptureScope.EVERYTHING, false, 0))
        .hasMessage("there are 16 captures already");
    assertThat(oneMore).doesNotExist();
  }

  @Test
  void aFileIsWrittenByOneCaptureOnly() throws Exception {
    Path file = folder.resolve("x.pcapng");
    assertThat(run("capture start " + file)).isZero();
    assertThat(run("capture start " + file)).isEqualTo(1);
    assertThat(run("capture stop nosuch")).isEqualTo(1);
  }
}
