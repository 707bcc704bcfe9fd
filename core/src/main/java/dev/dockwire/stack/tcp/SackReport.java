package dev.dockwire.stack.tcp;

import java.util.Arrays;

/**
 * What the receiver tells of data behind a gap (RFC 2018): the piece that changed last first, and
 * before it, once, what came twice (D-SACK, RFC 2883). Positions count from the stream's beginning.
 */
final class SackReport {

  static final int MAX_BLOCKS = 4;

  private final Reassembly pieces;
  private final long[] touched = new long[MAX_BLOCKS];
  private final long[] blocks = new long[2 * MAX_BLOCKS];
  private int count;
  private long duplicateFrom;
  private long duplicateTo;

  SackReport(Reassembly pieces) {
    this.pieces = pieces;
    Arrays.fill(touched, -1);
  }

  /** Data behind a gap has come. */
  void touch(long position) {
    int piece = pieces.pieceAt(position);
    int last = 0;
    while (last < MAX_BLOCKS - 1 && (piece < 0 || pieces.pieceAt(touched[last]) != piece)) {
      last++;
    }
    System.arraycopy(touched, 0, touched, 1, last);
    touched[0] = position;
  }

  /** Data has come that was there. */
  void duplicate(long from, long to) {
    duplicateFrom = from;
    duplicateTo = to;
  }

  /** Works out the blocks and returns how many there are. */
  int prepare(int limit) {
    count = 0;
    if (duplicateFrom != duplicateTo) {
      put(duplicateFrom, duplicateTo);
    }
    if (pieces.count() == 0) {
      return count;
    }
    int first = count;
    for (int i = 0; i < MAX_BLOCKS && count < limit; i++) {
      int piece = touched[i] < 0 ? -1 : pieces.pieceAt(touched[i]);
      if (piece >= 0 && !isListed(first, pieces.start(piece))) {
        put(pieces.start(piece), pieces.end(piece));
      }
    }
    return count;
  }

  private boolean isListed(int first, long start) {
    for (int i = first; i < count; i++) {
      if (blocks[2 * i] == start) {
        return true;
      }
    }
    return false;
  }

  private void put(long from, long to) {
    blocks[2 * count] = from;
    blocks[2 * count + 1] = to;
    count++;
  }

  long from(int index) {
    return blocks[2 * index];
  }

  long to(int index) {
    return blocks[2 * index + 1];
  }

  /** The blocks went out: what came twice is said once. */
  void sent() {
    duplicateFrom = duplicateTo;
  }
}
