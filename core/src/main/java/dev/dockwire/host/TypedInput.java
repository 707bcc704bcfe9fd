package dev.dockwire.host;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What has been typed at a terminal and nobody has read: first what may be read, whole lines in
 * cooked mode, then the beginning of a line that may still be changed. An end of input, which
 * Ctrl-D types, stands between two lines.
 *
 * <p>Limit: 64 KiB; what does not fit is lost.
 */
final class TypedInput {

  private static final int MAX_SIZE = 65_536;
  private static final int NOWHERE = -1;

  private byte[] bytes = new byte[64];
  private int size;
  private int readable;
  private int end = NOWHERE;

  /** Adds a key to the line that is not entered yet; false if there is no room. */
  boolean append(int key) {
    // A newline has its place kept free: a line that nothing could end would stay for ever.
    if (size >= MAX_SIZE - (key == '\n' ? 0 : 1)) {
      return false;
    }
    if (size == bytes.length) {
      bytes = Arrays.copyOf(bytes, size * 2);
    }
    bytes[size++] = (byte) key;
    return true;
  }

  /** All of it may be read. */
  void enter() {
    readable = size;
  }

  /** Ends the input if that is at the beginning of a line; else hands over what there is of it. */
  void enterEnd() {
    if (readable == size && end == NOWHERE) {
      end = size;
    }
    readable = size;
  }

  /** Erases the last character of the line; returns its first octet, or -1 if there is none. */
  int erase() {
    int last = size;
    while (last > readable && (bytes[last - 1] & 0xc0) == 0x80) {
      last--;
    }
    if (last <= readable) {
      return -1;
    }
    size = last - 1;
    return bytes[size] & 0xff;
  }

  /** Takes back what there is of a line that is not entered yet. */
  String takeUnfinished() {
    String text = new String(bytes, readable, size - readable, StandardCharsets.UTF_8);
    size = readable;
    return text;
  }

  /** Takes back everything. */
  byte[] takeAll() {
    byte[] keys = Arrays.copyOf(bytes, size);
    forget();
    return keys;
  }

  void forget() {
    size = 0;
    readable = 0;
    end = NOWHERE;
  }

  /**
   * Has keys come before those that are here.
   *
   * @param byLines whether only whole ones of their lines may be read
   */
  void putBefore(byte[] keys, boolean byLines) {
    int count = Math.min(keys.length, MAX_SIZE - 1 - size);
    if (count <= 0) {
      return;
    }
    byte[] all = Arrays.copyOf(keys, count + size);
    System.arraycopy(bytes, 0, all, count, size);
    bytes = all;
    size += count;
    if (readable > 0 || !byLines || end == 0) {
      readable += count;
    } else {
      readable = endOfLastLine(count);
    }
    // Ctrl-D ends the input only at the beginning of a line.
    end = end > 0 ? end + count : NOWHERE;
  }

  private int endOfLastLine(int upTo) {
    int at = upTo;
    while (at > 0 && bytes[at - 1] != '\n') {
      at--;
    }
    return at;
  }

  /** Whether a read finds something, be it the end. */
  boolean isReadable() {
    return readable > 0 || end == 0;
  }

  /**
   * Reads what may be read.
   *
   * @param byLines whether one line at most
   * @return how many octets; -1 at an end of input, which is over then, or if there is nothing
   */
  int read(byte[] buffer, int offset, int length, boolean byLines) {
    if (end == 0) {
      end = NOWHERE;
      return -1;
    }
    if (readable == 0) {
      return -1;
    }
    int count = Math.min(end > 0 ? end : readable, length);
    if (byLines) {
      count = Math.min(count, endOfFirstLine());
    }
    System.arraycopy(bytes, 0, buffer, offset, count);
    System.arraycopy(bytes, count, bytes, 0, size - count);
    size -= count;
    readable -= count;
    end -= end > 0 ? count : 0;
    return count;
  }

  private int endOfFirstLine() {
    for (int i = 0; i < readable; i++) {
      if (bytes[i] == '\n') {
        return i + 1;
      }
    }
    return readable;
  }
}
