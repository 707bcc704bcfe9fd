package dev.dockwire.host;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A terminal. On one side the keyboard and the screens, which the emulator's front doors or a
 * relaying program hold; on the other the processes that read and write.
 *
 * <p>In cooked mode the line discipline echoes what is typed, gathers lines, erases with backspace,
 * and turns Ctrl-C, Ctrl-\ and Ctrl-D into signals and the end of input; in raw mode every byte
 * goes straight to the reader, and output is shown as it is.
 */
public final class Tty implements Input, Output {

  /** Shows what is written to a terminal. Must not block. */
  @FunctionalInterface
  public interface Screen {
    void show(byte[] bytes, int offset, int length);

    /** Whether writers should wait until {@link Tty#drained} is woken; they need not. */
    default boolean isFull() {
      return false;
    }
  }

  private static final int CTRL_C = 0x03;
  private static final int CTRL_D = 0x04;
  private static final int BACKSPACE = 0x08;
  private static final int CTRL_U = 0x15;
  private static final int CTRL_BACKSLASH = 0x1c;
  private static final int DELETE = 0x7f;
  private static final byte[] RUB_OUT = {'\b', ' ', '\b'};
  private static final byte[] NEW_LINE = {'\r', '\n'};

  private final WaitQueue inputChanged = new WaitQueue();
  private final WaitQueue drained = new WaitQueue();
  private final List<Screen> screens = new ArrayList<>(1);
  private final TypedInput input = new TypedInput();
  private boolean raw;
  private boolean prompting;
  private boolean hungUp;
  private int rows = 24;
  private int columns = 80;
  private List<Process> foreground = List.of();

  /** The first that had the foreground: a hang-up is its business, wherever it is. */
  private Optional<Process> sessionLeader = Optional.empty();

  private Optional<Tty> relayedTo = Optional.empty();

  /** Types text at the keyboard. */
  public void type(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    type(bytes, 0, bytes.length);
  }

  /** Types bytes at the keyboard; what does not fit into the input is lost. */
  public void type(byte[] bytes, int offset, int length) {
    for (int i = 0; i < length; i++) {
      int key = bytes[offset + i] & 0xff;
      if (raw) {
        input.append(key);
        input.enter();
      } else {
        typeCooked(key);
      }
    }
    inputChanged.wakeAll();
  }

  /** Enters a whole line that whoever typed it has seen already: nothing is echoed. */
  public void enter(String line) {
    for (byte key : line.getBytes(StandardCharsets.UTF_8)) {
      input.append(key & 0xff);
    }
    input.append('\n');
    input.enter();
    inputChanged.wakeAll();
  }

  /** Takes back what has been typed of a line that is not entered yet. */
  public String takeUnfinished() {
    return input.takeUnfinished();
  }

  /** Takes back all that has been typed and nobody has read. */
  public byte[] takeUnread() {
    return input.takeAll();
  }

  /** Has keys come before those typed here that were typed, and shown, at another terminal. */
  public void putBack(byte[] keys) {
    input.putBefore(keys, !raw);
    inputChanged.wakeAll();
  }

  private void typeCooked(int key) {
    switch (key) {
      case CTRL_C -> interrupt(Signal.INT, "^C");
      case CTRL_BACKSLASH -> interrupt(Signal.QUIT, "^\\");
      case CTRL_D -> input.enterEnd();
      case BACKSPACE, DELETE -> erase();
      case CTRL_U -> {
        while (erase()) {
          // One character at a time.
        }
      }
      case '\r', '\n' -> {
        input.append('\n');
        input.enter();
        show(NEW_LINE, 0, NEW_LINE.length);
      }
      default -> {
        if (input.append(key)) {
          echo(key);
        }
      }
    }
  }

  private void echo(int key) {
    if (isControl(key)) {
      // An escape sequence that is shown as it came would move the cursor.
      show(new byte[] {'^', (byte) (key ^ 0x40)}, 0, 2);
    } else {
      show(new byte[] {(byte) key}, 0, 1);
    }
  }

  private static boolean isControl(int key) {
    return key < ' ' && key != '\t';
  }

  private void interrupt(Signal signal, String echo) {
    byte[] bytes = echo.getBytes(StandardCharsets.UTF_8);
    show(bytes, 0, bytes.length);
    input.forget();
    signalForeground(signal);
  }

  private void signalForeground(Signal signal) {
    for (Process process : foreground) {
      process.signalGroup(signal);
    }
  }

  private boolean erase() {
    int erased = input.erase();
    if (erased < 0) {
      return false;
    }
    for (int shown = isControl(erased) ? 2 : 1; shown > 0; shown--) {
      show(RUB_OUT, 0, RUB_OUT.length);
    }
    return true;
  }

  /** Reads typed input; 0 bytes when a signal that the reader handles came first. */
  @Override
  public int read(Process reader, byte[] buffer, int offset, int length) {
    if (!reader.await(inputChanged, this::hasInput)) {
      return 0;
    }
    return input.read(buffer, offset, length, !raw);
  }

  @Override
  public void write(Process writer, byte[] bytes, int offset, int length) {
    if (isFull()) {
      writer.await(drained, () -> hungUp || !isFull());
    }
    if (hungUp) {
      throw new SystemCallException(Errno.EIO);
    }
    if (raw) {
      show(bytes, offset, length);
      return;
    }
    int start = offset;
    for (int i = offset; i < offset + length; i++) {
      if (bytes[i] == '\n') {
        show(bytes, start, i - start);
        show(NEW_LINE, 0, NEW_LINE.length);
        start = i + 1;
      }
    }
    show(bytes, start, offset + length - start);
  }

  private void show(byte[] bytes, int offset, int length) {
    if (length > 0) {
      for (int i = 0; i < screens.size(); i++) {
        screens.get(i).show(bytes, offset, length);
      }
    }
  }

  private boolean isFull() {
    for (int i = 0; i < screens.size(); i++) {
      if (screens.get(i).isFull()) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean isReadable() {
    return hasInput();
  }

  @Override
  public List<WaitQueue> changes() {
    return List.of(inputChanged);
  }

  @Override
  public Optional<Tty> tty() {
    return Optional.of(this);
  }

  @Override
  public void open() {
    // A terminal outlives those who hold it.
  }

  @Override
  public void close() {
    // A terminal outlives those who hold it.
  }

  /** Shows all output from now on to {@code screen}, too. */
  public void attach(Screen screen) {
    screens.add(screen);
  }

  public void detach(Screen screen) {
    screens.remove(screen);
    drained.wakeAll();
  }

  /** To be woken when a screen is no longer full. */
  public WaitQueue drained() {
    return drained;
  }

  /**
   * Switches between raw and cooked mode. What a program in raw mode has left unread was typed for
   * whoever comes after it: it is taken as typed, and echoed, now.
   */
  public void raw(boolean on) {
    boolean wasRaw = raw;
    raw = on;
    if (on) {
      input.enter();
    } else if (wasRaw) {
      byte[] keys = takeUnread();
      type(keys, 0, keys.length);
    }
  }

  /** The processes whose groups Ctrl-C and a change of size are for. */
  public void foreground(List<Process> processes) {
    foreground = List.copyOf(processes);
    if (sessionLeader.filter(leader -> !leader.hasEnded()).isEmpty()) {
      sessionLeader = processes.stream().findFirst();
    }
  }

  public List<Process> foreground() {
    return foreground;
  }

  /** Says that what is typed here is passed on to another terminal for now. */
  public void relayTo(Tty other) {
    relayedTo = Optional.of(other);
  }

  public void relayEnds() {
    relayedTo = Optional.empty();
  }

  /** The terminal whose line discipline what is typed here meets in the end. */
  public Tty target() {
    return relayedTo.map(Tty::target).orElse(this);
  }

  /** Whether a read would return at once. */
  public boolean hasInput() {
    return input.isReadable() || hungUp;
  }

  /** Woken when {@link #hasInput} may have come to hold. */
  public WaitQueue inputChanged() {
    return inputChanged;
  }

  /** Whether somebody waits for input, here or where it is passed on to, and there is none. */
  public boolean awaitsInput() {
    return relayedTo.map(Tty::awaitsInput).orElse(inputChanged.hasBlocked() && !hasInput());
  }

  /** Says whether who reads here is a shell that has prompted for a command line. */
  public void prompting(boolean on) {
    prompting = on;
  }

  /** Whether a shell waits here for a command line, so that a keyboard may offer to edit it. */
  public boolean awaitsCommandLine() {
    return prompting && !raw && relayedTo.isEmpty() && inputChanged.hasBlocked() && !hasInput();
  }

  /** Sets the size and tells the foreground, as a terminal emulator's window does. */
  public void resize(int newRows, int newColumns) {
    rows = newRows;
    columns = newColumns;
    signalForeground(Signal.WINCH);
  }

  public int rows() {
    return rows;
  }

  public int columns() {
    return columns;
  }

  /**
   * Ends the terminal: readers meet the end, the foreground and the leader of the session get
   * SIGHUP.
   */
  public void hangUp() {
    hungUp = true;
    sessionLeader.ifPresent(leader -> leader.signal(Signal.HUP));
    signalForeground(Signal.HUP);
    inputChanged.wakeAll();
    drained.wakeAll();
  }
}
