package dev.dockwire.dns;

/**
 * Reads a message from its beginning. What is read beyond its end is 0 and marks the message as
 * malformed: who reads looks once, at {@link #hasFailed}.
 */
final class MessageReader {

  private final byte[] bytes;
  private final int start;
  private final int length;
  private int position;
  private boolean failed;

  MessageReader(byte[] bytes, int offset, int length) {
    this.bytes = bytes;
    this.start = offset;
    this.length = length;
  }

  int int8() {
    if (position >= length) {
      failed = true;
      return 0;
    }
    return bytes[start + position++] & 0xff;
  }

  int int16() {
    return int8() << 8 | int8();
  }

  long int32() {
    return (long) int16() << 16 | int16();
  }

  byte[] octets(int count) {
    byte[] octets = new byte[Math.min(count, remaining())];
    System.arraycopy(bytes, start + position, octets, 0, octets.length);
    position += octets.length;
    failed = failed || octets.length < count;
    return octets;
  }

  int remaining() {
    return length - position;
  }

  /** How far from the message's beginning the next octet is. */
  int position() {
    return position;
  }

  void position(int next) {
    position = next;
  }

  void fail() {
    failed = true;
  }

  boolean hasFailed() {
    return failed;
  }
}
