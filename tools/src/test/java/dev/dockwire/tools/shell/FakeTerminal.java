package dev.dockwire.tools.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.time.Clock;
import dev.dockwire.time.RealClock;
import dev.dockwire.tools.live.LiveHost;
import dev.dockwire.tools.live.LiveHosts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** A shell on a terminal that exists only here: what is typed, and what is on the screen. */
final class FakeTerminal implements AutoCloseable {

  /** Only to end a test that has failed already. */
  private static final long GIVE_UP_SECONDS = 15;

  private static final String CONTROL_SEQUENCE = "\033(\\[[0-9;?]*[A-Za-z]|[=>])";

  private final PipedOutputStream keyboard = new PipedOutputStream();
  private final Screen screen = new Screen();
  private final CompletableFuture<Integer> status = new CompletableFuture<>();
  private final CompletableFuture<LiveHost> host = new CompletableFuture<>();
  private final Terminal terminal;

  /** What the terminal shows; readers wait for it to change. */
  private static final class Screen extends OutputStream {

    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

    @Override
    public synchronized void write(int b) {
      shown.write(b);
      notifyAll();
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
      shown.write(bytes, offset, length);
      notifyAll();
    }

    synchronized String text() {
      return shown
          .toString(StandardCharsets.UTF_8)
          .replaceAll(CONTROL_SEQUENCE, "")
          .replaceAll("\r+\n", "\n");
    }

    synchronized boolean waitUntilItEndsWith(String text) throws InterruptedException {
      Clock clock = new RealClock();
      while (!text().endsWith(text)) {
        if (clock.now() > TimeUnit.SECONDS.toNanos(GIVE_UP_SECONDS)) {
          return false;
        }
        wait(100);
      }
      return true;
    }
  }

  FakeTerminal() throws IOException {
    PipedInputStream keys = new PipedInputStream(keyboard);
    terminal =
        TerminalBuilder.builder()
            .system(false)
            .streams(keys, screen)
            .type("xterm")
            .jni(false)
            .graphemeCluster(false)
            .size(Size.of(80, 24))
            .build();
    Thread.ofPlatform().daemon().name("world").start(this::run);
  }

  private void run() {
    try (terminal;
        LiveHost live = LiveHosts.plain()) {
      host.complete(live);
      status.complete(new TerminalShell(live, terminal, Optional.empty()).run());
    } catch (Throwable bug) {
      status.completeExceptionally(bug);
    }
  }

  FakeTerminal type(String keys) {
    try {
      keyboard.write(keys.getBytes(StandardCharsets.UTF_8));
      keyboard.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** Waits until the screen ends in this. */
  FakeTerminal expect(String text) throws InterruptedException {
    boolean shown = screen.waitUntilItEndsWith(text);
    assertThat(shown).as("%s", screen.text()).isTrue();
    return this;
  }

  /** The window gets another size. */
  void resize(int columns, int rows) {
    terminal.setSize(Size.of(columns, rows));
    terminal.raise(Terminal.Signal.WINCH);
  }

  LiveHost host() throws Exception {
    return host.get(GIVE_UP_SECONDS, TimeUnit.SECONDS);
  }

  /** The keys come to an end, as when the window is closed. */
  void goAway() throws IOException {
    keyboard.close();
  }

  String screen() {
    return screen.text();
  }

  int status() throws Exception {
    return status.get(GIVE_UP_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void close() throws IOException {
    goAway();
  }
}
