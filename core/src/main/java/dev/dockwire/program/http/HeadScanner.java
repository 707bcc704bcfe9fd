package dev.dockwire.program.http;

import io.netty.buffer.ByteBuf;

/**
 * Finds the end of a request's head as its bytes arrive, looking at each byte once, and refuses
 * what Netty's decoder would let pass though others may read it differently: folded lines, tabs
 * where a space belongs, a request line that is not exactly three words, too many fields (RFC 9112,
 * sections 2.2, 3 and 5.2).
 */
final class HeadScanner {

  static final int MAX_TARGET = 8 << 10;
  static final int MAX_HEAD = 64 << 10;
  static final int MAX_FIELDS = 100;

  /** A method is at most this long; so a first line can be refused before its end has come. */
  private static final int MAX_METHOD = 64;

  private static final int VERSION_LENGTH = " HTTP/1.1".length();

  private int length;
  private int lineStart;
  private int lines;
  private int spaces;
  private int targetStart;
  private byte previous;

  /** Starts over with the next head. */
  void reset() {
    length = 0;
    lineStart = 0;
    lines = 0;
    spaces = 0;
    targetStart = 0;
    previous = 0;
  }

  /** Whether a head has begun and not ended. */
  boolean isInside() {
    return length > 0;
  }

  /** How many bytes of the head have been seen: all of it once it is complete. */
  int length() {
    return length;
  }

  /**
   * Looks at what has come of a head.
   *
   * @param bytes begins with the head
   * @return {@link Request#ACCEPTED} if the head is complete, {@link Request#INCOMPLETE} if more
   *     must come, else the status to refuse it with
   */
  int scan(ByteBuf bytes) {
    int start = bytes.readerIndex();
    int available = bytes.readableBytes();
    while (length < available) {
      byte next = bytes.getByte(start + length++);
      int verdict = lines == 0 ? inRequestLine(bytes, next) : inFields(next);
      if (verdict != Request.INCOMPLETE) {
        return verdict;
      }
      previous = next;
    }
    return Request.INCOMPLETE;
  }

  private int inRequestLine(ByteBuf bytes, byte next) {
    if (next == '\n') {
      return endRequestLine(bytes);
    }
    if (next == ' ') {
      if (previous == ' ' || ++spaces > 2) {
        return Request.BAD;
      }
      if (spaces == 1) {
        targetStart = length;
      }
    } else if (next >= 0 && next < ' ' && next != '\r' || previous == '\r') {
      return Request.BAD;
    }
    if (spaces == 0 && length > MAX_METHOD) {
      return Request.BAD;
    }
    if (length - targetStart > MAX_TARGET + VERSION_LENGTH && spaces > 0) {
      return Request.TARGET_TOO_LONG;
    }
    return Request.INCOMPLETE;
  }

  private int endRequestLine(ByteBuf bytes) {
    int version = bytes.readerIndex() + length - "HTTP/1.1\r\n".length();
    if (previous != '\r' || spaces != 2 || bytes.getByte(version) != 'H') {
      return Request.BAD;
    }
    lines = 1;
    lineStart = length;
    return Request.INCOMPLETE;
  }

  private int inFields(byte next) {
    if (length > MAX_HEAD) {
      return Request.HEAD_TOO_LARGE;
    }
    int column = length - lineStart;
    if (next == '\n') {
      if (previous != '\r') {
        return Request.BAD;
      }
      if (column == 2) {
        return Request.ACCEPTED;
      }
      lineStart = length;
      return ++lines > MAX_FIELDS + 1 ? Request.HEAD_TOO_LARGE : Request.INCOMPLETE;
    }
    boolean folded = column == 1 && (next == ' ' || next == '\t');
    boolean tabBeforeValue = next == '\t' && previous == ':';
    if (folded || tabBeforeValue || next == 0 || previous == '\r') {
      return Request.BAD;
    }
    return Request.INCOMPLETE;
  }
}
