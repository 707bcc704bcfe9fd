package dev.dockwire.tools.shell;

import dev.dockwire.host.Tty;
import dev.dockwire.tools.live.LiveHost;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jline.terminal.Terminal;
import org.jline.utils.NonBlockingReader;

/**
 * The thread that waits for keys. The first key after a shell's prompt begins the editing of a
 * line, which then goes to the shell as a whole; keys at other times go to the console at once.
 */
final class Keyboard {

  private static final String INTERRUPT_KEY = "\003";
  private static final String END_OF_INPUT_KEY = "\004";
  private static final String DETACH_KEYS = "\020\021";
  private static final String ECHO_OF_INTERRUPT = "^C\r\n";
  private static final String NEW_LINE = "\r\n";

  private static final long WAIT_MILLIS = TimeUnit.HOURS.toMillis(1);

  private final LiveHost host;
  private final Console console;
  private final NonBlockingReader keys;
  private final LineEditor editor;
  private final Thread thread;
  private volatile boolean ended;

  Keyboard(LiveHost host, Console console, Terminal terminal, LineEditor editor) {
    this.host = host;
    this.console = console;
    this.keys = terminal.reader();
    this.editor = editor;
    this.thread = Thread.ofPlatform().daemon().name("keyboard").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** The shell has ended. */
  void end() {
    ended = true;
    thread.interrupt();
  }

  private void run() {
    try {
      for (int key = read(); key >= 0; key = read()) {
        pass(key);
      }
    } catch (IOException _) {
      // The terminal has gone, as at its end of input.
    } catch (InterruptedException _) {
      return;
    }
    host.world().loop().execute(console.tty()::hangUp);
  }

  /** JLine interrupts this thread for Ctrl-C, which it may notice only after it has left JLine. */
  private int read() throws IOException, InterruptedException {
    while (true) {
      try {
        // Without a limit JLine would hold a lock meanwhile that closing the terminal needs.
        int key = keys.read(WAIT_MILLIS);
        if (key != NonBlockingReader.READ_EXPIRED) {
          return key;
        }
      } catch (InterruptedIOException _) {
        throwIfEnded();
      }
    }
  }

  /** Asks once, however often it is disturbed: with the answer comes what was typed ahead. */
  private Optional<Console.CommandLine> commandLine() throws InterruptedException {
    CompletableFuture<Optional<Console.CommandLine>> answer = new CompletableFuture<>();
    host.world().loop().execute(() -> answer.complete(console.commandLine()));
    while (true) {
      try {
        return answer.get();
      } catch (InterruptedException _) {
        throwIfEnded();
      } catch (ExecutionException impossible) {
        throw new CompletionException(impossible);
      }
    }
  }

  private void throwIfEnded() throws InterruptedException {
    if (ended) {
      throw new InterruptedException();
    }
  }

  private void pass(int key) throws IOException, InterruptedException {
    Optional<Console.CommandLine> line = commandLine();
    if (line.isPresent()) {
      edit(line.get(), Character.toString(key));
      Thread.interrupted();
      throwIfEnded();
      return;
    }
    StringBuilder text = new StringBuilder().append((char) key);
    // What comes together is passed on together: a character may have two halves.
    while (keys.available() > 0 || Character.isHighSurrogate(text.charAt(text.length() - 1))) {
      text.append((char) read());
    }
    host.world().loop().execute(() -> console.tty().type(text.toString()));
  }

  private void edit(Console.CommandLine line, String firstKey) {
    console.settle();
    LineEditor.Edited edited = editor.edit(line, firstKey);
    switch (edited.outcome()) {
      case ENTERED -> host.world().loop().execute(() -> enter(edited.line()));
      case INTERRUPTED -> leave(INTERRUPT_KEY, ECHO_OF_INTERRUPT);
      case END_OF_INPUT -> leave(END_OF_INPUT_KEY, NEW_LINE);
      case DETACHED -> leave(DETACH_KEYS, "");
    }
  }

  private void enter(String line) {
    Tty target = console.tty().target();
    console.lineEnded();
    target.enter(line);
    console.takeSize();
  }

  /**
   * Leaves the line with a key.
   *
   * @param echo what the editor has shown already of what the key has shown now
   */
  private void leave(String key, String echo) {
    host.world()
        .loop()
        .execute(
            () -> {
              console.lineEnded();
              console.hide(echo);
              console.tty().type(key);
            });
  }
}
