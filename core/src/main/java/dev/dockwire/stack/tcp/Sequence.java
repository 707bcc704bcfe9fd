package dev.dockwire.stack.tcp;

/** Arithmetic on sequence numbers, which wrap at 2^32 (RFC 9293, section 3.4). */
final class Sequence {

  private Sequence() {}

  static boolean isBefore(int a, int b) {
    return a - b < 0;
  }

  static boolean isAfter(int a, int b) {
    return a - b > 0;
  }

  /** Whether a number lies in a window that begins at {@code start}. */
  static boolean isIn(int number, int start, int size) {
    return Integer.compareUnsigned(number - start, size) < 0;
  }
}
