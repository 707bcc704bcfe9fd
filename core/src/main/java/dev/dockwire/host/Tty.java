package dev.dockwire.host;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
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
  private static final int MAX_INPUT = 65_536;
  private static final byte[] RUB_OUT = {'\b', ' ', '\b'};
  private static final byte[] NEW_LINE = {'\r', '\n'};

  private final WaitQueue inputChanged = new WaitQueue();
  private final WaitQueue drained = new WaitQueue();
  private final List<Screen> screens = new ArrayList<>(1);
  private byte[] input = new byte[64];
  private int inputSize;

  /** How much of the input may be read: all of it in raw mode, whole lines in cooked mode. */
  private int readable;

  /** Where in the input an end of input stands, that Ctrl-D typed; -1 if nowhere. */
  private int endOfInput = -1;

  private boolean raw;
  private boolean prompting;
  private boolean hungUp;
  private int rows = 24;
  private int columns = 80;
  private List<Process> foreground = List.of();
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
        append(key);
        readable = inputSize;
      } else {
        typeCooked(key);
      }
    }
    inputChanged.wakeAll();
  }

  /** Enters a whole line that whoever typed it has seen already: nothing is echoed. */
  public void enter(String line) {
    for (byte key : line.getBytes(StandardCharsets.UTF_8)) {
      append(key & 0xff);
    }
    append('\n');
    readable = inputSize;
    inputChanged.wakeAll();
  }

  /** Takes back what has been typed of a line that is not entered yet. */
  public String takeUnfinished() {
    String text = new String(input, readable, inputSize - readable, StandardCharsets.UTF_8);
    inputSize = readable;
    return text;
  }

  /** Takes back all that has been typed and nobody has read. */
  public byte[] takeUnread() {
    byte[] keys = Arrays.copyOf(input, inputSize);
    forgetInput();
    return keys;
  }

  private void forgetInput() {
    inputSize = 0;
    readable = 0;
    endOfInput = -1;
  }

  /** Has keys come before those typed here that were typed, and shown, at another terminal. */
  public void putBack(byte[] keys) {
    int count = Math.min(keys.length, MAX_INPUT - 1 - inputSize);
    if (count <= 0) {
      return;
    }
    byte[] all = Arrays.copyOf(keys, count + inputSize);
    System.arraycopy(input, 0, all, count, inputSize);
    input = all;
    inputSize += count;
    if (readable > 0 || raw || endOfInput == 0) {
      readable += count;
    } else {
      readable = endOfLastLine(count);
    }
    // Ctrl-D ends the input only at the beginning of a line.
    endOfInput = endOfInput > 0 ? endOfInput + count : -1;
    inputChanged.wakeAll();
  }

  private int endOfLastLine(int size) {
    int end = size;
    while (end > 0 && input[end - 1] != '\n') {
      end--;
    }
    return end;
  }

  private void typeCooked(int key) {
    switch (key) {
      case CTRL_C -> interrupt(Signal.INT, "^C");
      case CTRL_BACKSLASH -> interrupt(Signal.QUIT, "^\\");
      case CTRL_D -> {
        if (readable == inputSize && endOfInput < 0) {
          endOfInput = inputSize;
        }
        readable = inputSize;
      }
      case BACKSPACE, DELETE -> erase();
      case CTRL_U -> {
        while (erase()) {
          // One character at a time.
        }
      }
      case '\r', '\n' -> {
        append('\n');
        readable = inputSize;
        show(NEW_LINE, 0, NEW_LINE.length);
      }
      default -> {
        if (append(key)) {
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
    forgetInput();
    signalForeground(signal);
  }

  private void signalForeground(Signal signal) {
    for (Process process : foreground) {
      process.signalGroup(signal);
    }
  }

  private boolean erase() {
    int end = inputSize;
    while (end > readable && (input[end - 1] & 0xc0) == 0x80) {
      end--;
    }
    if (end <= readable) {
      return false;
    }
    inputSize = end - 1;
    for (int shown = isControl(input[inputSize] & 0xff) ? 2 : 1; shown > 0; shown--) {
      show(RUB_OUT, 0, RUB_OUT.length);
    }
    return true;
  }

  private boolean append(int key) {
    // A newline has its place kept free: a line that nothing could end would stay for ever.
    if (inputSize >= MAX_INPUT - (key == '\n' ? 0 : 1)) {
      return false;
    }
    if (inputSize == input.length) {
      input = Arrays.copyOf(input, inputSize * 2);
    }
    input[inputSize++] = (byte) key;
    return true;
  }

  /** Reads typed input; 0 bytes when a signal that the reader handles came first. */
  @Override
  public int read(Process reader, byte[] buffer, int offset, int length) {
    if (!reader.await(inputChanged, this::hasInput)) {
      return 0;
    }
    if (endOfInput == 0) {
      endOfInput = -1;
      return -1;
    }
    if (readable == 0) {
      return -1;
    }
    int count = Math.min(endOfInput > 0 ? endOfInput : readable, length);
    if (!raw) {
      count = Math.min(count, endOfFirstLine());
    }
    System.arraycopy(input, 0, buffer, offset, count);
    System.arraycopy(input, count, input, 0, inputSize - count);
    inputSize -= count;
    readable -= count;
    endOfInput -= endOfInput > 0 ? count : 0;
    return count;
  }

  private int endOfFirstLine() {
    for (int i = 0; i < readable; i++) {
      if (input[i] == '\n') {
        return i + 1;
      }
    }
    return readable;
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
      readable = inputSize;
    } else if (wasRaw) {
      byte[] keys = takeUnread();
      type(keys, 0, keys.length);
    }
  }

  /** The processes whose groups Ctrl-C and a change of size are for. */
  public void foreground(List<Process> processes) {
    foreground = List.copyOf(processes);
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
    return readable > 0 || endOfInput == 0 || hungUp;
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

  /** Ends the terminal: readers meet the end, the foreground gets SIGHUP. */
  public void hangUp() {
    hungUp = true;
    signalForeground(Signal.HUP);
    inputChanged.wakeAll();
    drained.wakeAll();
  }
}
