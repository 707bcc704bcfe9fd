package dev.dockwire.program.http.server;

import java.util.Arrays;

/** Bytes being put together: heads of responses and lines of logs. One for a whole server. */
final class Text {

  private byte[] bytes = new byte[1024];
  private int length;

  Text clear() {
    length = 0;
    return this;
  }

  /** Appends characters, one byte each. */
  Text put(String text) {
    ensure(text.length());
    for (int i = 0; i < text.length(); i++) {
      bytes[length++] = (byte) text.charAt(i);
    }
    return this;
  }

  Text put(byte[] more) {
    return put(more, 0, more.length);
  }

  Text put(byte[] more, int offset, int count) {
    ensure(count);
    System.arraycopy(more, offset, bytes, length, count);
    length += count;
    return this;
  }

  /** Appends a number in decimal; it is not negative. */
  Text put(int number) {
    ensure(10);
    int digits = 1;
    for (int rest = number; rest >= 10; rest /= 10) {
      digits++;
    }
    length += digits;
    int rest = number;
    for (int i = length - 1; digits > 0; i--, digits--) {
      bytes[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    return this;
  }

  private void ensure(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }
}
