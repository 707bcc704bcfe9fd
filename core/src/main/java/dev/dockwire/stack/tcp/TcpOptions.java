package dev.dockwire.stack.tcp;

import static dev.dockwire.frame.NetworkOrder.int32;
import static dev.dockwire.frame.NetworkOrder.octet;
import static dev.dockwire.frame.NetworkOrder.short16;

import dev.dockwire.frame.TcpView;

/**
 * The options of a segment that came: maximum segment size (RFC 9293, section 3.7.1), window scale
 * and timestamps (RFC 7323), selective acknowledgments (RFC 2018). A length that cannot be ends the
 * parsing, and the segment is used without the rest; unknown kinds are skipped; the first of a kind
 * counts.
 */
final class TcpOptions {

  /** What a peer takes that does not say. */
  static final int DEFAULT_MSS = 536;

  static final int NO_SCALE = -1;

  static final int END = 0;
  static final int NO_OPERATION = 1;
  static final int MSS = 2;
  static final int MSS_LENGTH = 4;
  static final int WINDOW_SCALE = 3;
  static final int WINDOW_SCALE_LENGTH = 3;
  static final int SACK_PERMITTED = 4;
  static final int SACK_PERMITTED_LENGTH = 2;
  static final int SACK = 5;
  static final int BLOCK_LENGTH = 8;
  static final int TIMESTAMPS = 8;
  static final int TIMESTAMPS_LENGTH = 10;

  /** Two no-operations, kind and length: how nearly every segment begins its options. */
  static final int ALIGNED_TIMESTAMPS = 0x0101_080a;

  static final int ALIGNED_TIMESTAMPS_LENGTH = 12;
  private static final int MIN_MSS = 48;
  private static final int MAX_SCALE = 14;
  private static final int MAX_BLOCKS = 4;

  private final int[] edges = new int[2 * MAX_BLOCKS];
  private int mss;
  private int windowScale;
  private boolean sackPermitted;
  private boolean hasTimestamp;
  private int stamp;
  private int echo;
  private int blocks;

  void parse(byte[] bytes, TcpView segment) {
    mss = 0;
    windowScale = NO_SCALE;
    sackPermitted = false;
    hasTimestamp = false;
    blocks = 0;
    int at = segment.optionsOffset();
    int length = segment.optionsLength();
    if (length == ALIGNED_TIMESTAMPS_LENGTH && int32(bytes, at) == ALIGNED_TIMESTAMPS) {
      takeTimestamps(bytes, at + 4);
    } else if (length > 0) {
      parseEach(bytes, at, at + length);
    }
    mss = mss == 0 ? DEFAULT_MSS : Math.max(mss, MIN_MSS);
  }

  private void parseEach(byte[] bytes, int start, int end) {
    int at = start;
    while (at < end) {
      int kind = bytes[at];
      if (kind == NO_OPERATION) {
        at++;
        continue;
      }
      int length = kind == END || at + 1 >= end ? 0 : octet(bytes, at + 1);
      if (length < 2 || at + length > end) {
        return;
      }
      take(bytes, at, kind, length);
      at += length;
    }
  }

  private void take(byte[] bytes, int at, int kind, int length) {
    if (kind == MSS && length == MSS_LENGTH && mss == 0) {
      mss = short16(bytes, at + 2);
    } else if (kind == WINDOW_SCALE && length == WINDOW_SCALE_LENGTH && windowScale == NO_SCALE) {
      windowScale = Math.min(octet(bytes, at + 2), MAX_SCALE);
    } else if (kind == SACK_PERMITTED && length == SACK_PERMITTED_LENGTH) {
      sackPermitted = true;
    } else if (kind == TIMESTAMPS && length == TIMESTAMPS_LENGTH && !hasTimestamp) {
      takeTimestamps(bytes, at + 2);
    } else if (kind == SACK && length % BLOCK_LENGTH == 2 && blocks == 0) {
      blocks = length / BLOCK_LENGTH;
      for (int i = 0; i < 2 * blocks; i++) {
        edges[i] = int32(bytes, at + 2 + 4 * i);
      }
    }
  }

  private void takeTimestamps(byte[] bytes, int at) {
    hasTimestamp = true;
    stamp = int32(bytes, at);
    echo = int32(bytes, at + 4);
  }

  /** Sets what a SYN said that is not kept; timestamps are those of the segment at hand. */
  void restore(int peersMss, int peersScale, boolean sack) {
    mss = peersMss;
    windowScale = peersScale;
    sackPermitted = sack;
  }

  int mss() {
    return mss;
  }

  /** The shift, 0 to 14, or {@link #NO_SCALE}. */
  int windowScale() {
    return windowScale;
  }

  boolean isSackPermitted() {
    return sackPermitted;
  }

  boolean hasTimestamp() {
    return hasTimestamp;
  }

  /** TSval. */
  int stamp() {
    return stamp;
  }

  /** TSecr. */
  int echo() {
    return echo;
  }

  /** How many SACK blocks there are. */
  int blocks() {
    return blocks;
  }

  int left(int block) {
    return edges[2 * block];
  }

  int right(int block) {
    return edges[2 * block + 1];
  }
}
