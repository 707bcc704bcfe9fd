package dev.dockwire.stack.tcp;

import static dev.dockwire.frame.NetworkOrder.octet;
import static dev.dockwire.frame.NetworkOrder.short16;

import dev.dockwire.frame.TcpView;

/**
 * The options of a SYN: maximum segment size (RFC 9293, section 3.7.1) and window scale (RFC 7323,
 * section 2). A length that cannot be ends the parsing, and the segment is used without the rest;
 * unknown kinds are skipped; the first of a kind counts.
 */
final class TcpOptions {

  /** What a peer takes that does not say. */
  static final int DEFAULT_MSS = 536;

  static final int NO_SCALE = -1;

  /** Octets that {@link #emit} writes at most. */
  static final int MAX_LENGTH = 8;

  private static final int MIN_MSS = 48;
  private static final int MAX_SCALE = 14;
  private static final int END = 0;
  private static final int NO_OPERATION = 1;
  private static final int MSS = 2;
  private static final int MSS_LENGTH = 4;
  private static final int WINDOW_SCALE = 3;
  private static final int WINDOW_SCALE_LENGTH = 3;

  private int mss;
  private int windowScale;

  void parse(byte[] bytes, TcpView segment) {
    mss = 0;
    windowScale = NO_SCALE;
    int at = segment.optionsOffset();
    int end = at + segment.optionsLength();
    while (at < end) {
      int kind = bytes[at];
      if (kind == NO_OPERATION) {
        at++;
        continue;
      }
      int length = kind == END || at + 1 >= end ? 0 : octet(bytes, at + 1);
      if (length < 2 || at + length > end) {
        break;
      }
      if (kind == MSS && length == MSS_LENGTH && mss == 0) {
        mss = short16(bytes, at + 2);
      } else if (kind == WINDOW_SCALE && length == WINDOW_SCALE_LENGTH && windowScale == NO_SCALE) {
        windowScale = Math.min(octet(bytes, at + 2), MAX_SCALE);
      }
      at += length;
    }
    mss = mss == 0 ? DEFAULT_MSS : Math.max(mss, MIN_MSS);
  }

  int mss() {
    return mss;
  }

  /** The shift, 0 to 14, or {@link #NO_SCALE}. */
  int windowScale() {
    return windowScale;
  }

  /** Writes the options of a SYN and returns their length, a multiple of four. */
  static int emit(byte[] bytes, int offset, int mss, int windowScale) {
    octet(bytes, offset, MSS);
    octet(bytes, offset + 1, MSS_LENGTH);
    short16(bytes, offset + 2, mss);
    if (windowScale == NO_SCALE) {
      return 4;
    }
    octet(bytes, offset + 4, NO_OPERATION);
    octet(bytes, offset + 5, WINDOW_SCALE);
    octet(bytes, offset + 6, WINDOW_SCALE_LENGTH);
    octet(bytes, offset + 7, windowScale);
    return MAX_LENGTH;
  }
}
