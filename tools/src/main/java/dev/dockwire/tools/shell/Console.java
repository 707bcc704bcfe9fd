package dev.dockwire.tools.shell;

import dev.dockwire.host.Tty;
import dev.dockwire.host.World;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;

/**
 * The Docker host's console and the real terminal that shows it. Its methods are for the world's
 * thread, unless they say otherwise; the terminal is written to by an outlet's.
 */
final class Console implements Tty.Screen {

  private static final int MAX_WAITING = 256 << 10;
  private static final int MAX_LINE = 4_096;
  private static final long SETTLE_MILLIS = 100;
  private static final byte[] NOTHING = {};

  /** Control sequences other than those for colours. */
  private static final Pattern CURSOR_SEQUENCE = Pattern.compile("\033\\[[0-9;?]*[A-Za-ln-z]");

  private final Tty tty = new Tty();
  private final Terminal terminal;
  private final LineEditor editor;
  private final Outlet outlet;
  private final ByteArrayOutputStream lastLine = new ByteArrayOutputStream();
  private byte[] hidden = NOTHING;
  private int hiddenSoFar;

  /** Of a line that is not whole yet, what could not be shown above the one that is edited. */
  private String heldBack = "";

  /**
   * What a shell that waits for a command has on the line.
   *
   * @param text what is there already, the prompt at its end
   * @param typedAhead what has been typed of the command before the prompt came
   * @param isAttached whether it is a container's shell
   */
  record CommandLine(String text, String typedAhead, boolean isAttached) {}

  Console(World world, Terminal terminal, LineEditor editor) {
    this.terminal = terminal;
    this.editor = editor;
    this.outlet =
        new Outlet("terminal", MAX_WAITING, () -> world.loop().execute(tty.drained()::wakeAll));
    tty.attach(this);
  }

  Tty tty() {
    return tty;
  }

  @Override
  public void show(byte[] bytes, int offset, int length) {
    int start = offset;
    int end = offset + length;
    while (start < end && hiddenSoFar < hidden.length && bytes[start] == hidden[hiddenSoFar]) {
      start++;
      hiddenSoFar++;
    }
    if (start == end) {
      return;
    }
    hidden = NOTHING;
    hiddenSoFar = 0;
    for (int i = start; i < end; i++) {
      if (bytes[i] == '\n' || bytes[i] == '\r') {
        lastLine.reset();
      } else if (lastLine.size() < MAX_LINE) {
        lastLine.write(bytes[i]);
      }
    }
    outlet.put(this::print, Arrays.copyOfRange(bytes, start, end));
  }

  @Override
  public boolean isFull() {
    return !outlet.hasRoom();
  }

  /** Hides this if it is what is shown next: the line editor has shown as much. */
  void hide(String text) {
    hidden = text.getBytes(StandardCharsets.UTF_8);
    hiddenSoFar = 0;
  }

  /** The line to be edited, if a shell waits for a command here or in the attached container. */
  Optional<CommandLine> commandLine() {
    Tty target = tty.target();
    if (!target.awaitsCommandLine()) {
      return Optional.empty();
    }
    String typedAhead = target.takeUnfinished();
    String text = CURSOR_SEQUENCE.matcher(lastLine.toString(StandardCharsets.UTF_8)).replaceAll("");
    if (text.endsWith(typedAhead)) {
      text = text.substring(0, text.length() - typedAhead.length());
    }
    return Optional.of(new CommandLine(text, typedAhead, target != tty));
  }

  /** The line editor has moved on to the next line. */
  void lineEnded() {
    lastLine.reset();
  }

  void takeSize() {
    Size size = terminal.getSize();
    boolean known = size.getRows() > 0 && size.getColumns() > 0;
    if (known && (size.getRows() != tty.rows() || size.getColumns() != tty.columns())) {
      tty.resize(size.getRows(), size.getColumns());
    }
  }

  /** Waits, on another thread, until all that has been shown so far is on the terminal. */
  void settle() {
    CountDownLatch done = new CountDownLatch(1);
    outlet.put(_ -> done.countDown(), NOTHING);
    try {
      while (outlet.problem() == null && !done.await(SETTLE_MILLIS, TimeUnit.MILLISECONDS)) {
        // A terminal that has been stopped.
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  void end() {
    outlet.end();
    outlet.join(0);
  }

  /** Prints, on the outlet's thread; above a line that is being edited only whole lines. */
  private void print(byte[] bytes) throws IOException {
    if (editor.isEditing()) {
      String text = heldBack + new String(bytes, StandardCharsets.UTF_8);
      int end = text.lastIndexOf('\n') + 1;
      heldBack = text.substring(end);
      if (end > 0) {
        editor.printAbove(text.substring(0, end));
      }
      return;
    }
    OutputStream out = terminal.output();
    out.write(heldBack.getBytes(StandardCharsets.UTF_8));
    heldBack = "";
    out.write(bytes);
    out.flush();
  }
}
