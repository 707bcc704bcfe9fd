package dev.dockwire.stack.tcp;

import static dev.dockwire.stack.tcp.Sequence.isAfter;
import static dev.dockwire.stack.tcp.Sequence.isBefore;
import static dev.dockwire.stack.tcp.Sequence.isIn;

import dev.dockwire.frame.TcpView;
import java.nio.ByteBuffer;

/**
 * The receiving half of a connection: what has come, which numbers may come (RFC 9293, sections 3.4
 * and 3.8.6.2), and the end of the stream in its place.
 */
final class Receiver {

  private static final int MAX_WINDOW = 65_535;

  private final ReceiveBuffer buffer;
  private final SackReport sacks;
  private final WindowGrowth growth;
  private int irs;
  private int rcvNxt;
  private int rcvEdge;
  private int rcvScale;
  private boolean finReceived;
  private boolean finWaits;
  private int finSequence;

  /**
   * @param bufferSize what it holds at first
   * @param most what it holds at last, if the application reads that fast
   */
  Receiver(int bufferSize, int most) {
    buffer = new ReceiveBuffer(bufferSize);
    sacks = new SackReport(buffer.pieces());
    growth = new WindowGrowth(most);
  }

  void start(int initialSequence, int scale) {
    irs = initialSequence;
    rcvNxt = irs + 1;
    rcvEdge = rcvNxt;
    rcvScale = scale;
  }

  int irs() {
    return irs;
  }

  int rcvNxt() {
    return rcvNxt;
  }

  SackReport sacks() {
    return sacks;
  }

  int available() {
    return buffer.available();
  }

  boolean hasGap() {
    return buffer.hasGap();
  }

  boolean isFinReceived() {
    return finReceived;
  }

  /** The number behind the last one that the peer has been told it may send. */
  int edge() {
    return rcvEdge;
  }

  int capacity() {
    return buffer.capacity();
  }

  int window() {
    return Math.max(rcvEdge - rcvNxt, 0);
  }

  /** RFC 9293, section 3.10.7.4, first: whether anything of the segment lies in the window. */
  boolean isAcceptable(int sequence, int length) {
    int window = window();
    if (length == 0) {
      return sequence == rcvNxt || isIn(sequence, rcvNxt, window);
    }
    return window > 0
        && (isIn(sequence, rcvNxt, window) || isIn(sequence + length - 1, rcvNxt, window));
  }

  /** Whether a number is the first that has no room any more. */
  boolean isEdge(int sequence) {
    return sequence == rcvNxt + window();
  }

  /**
   * Takes a segment's octets and its FIN.
   *
   * @return false if there is no room for one more piece behind a gap
   */
  boolean insert(byte[] bytes, TcpView segment, int mss, long now) {
    int sequence = segment.sequenceNumber();
    int length = segment.payloadLength();
    long before = buffer.next();
    boolean taken = true;
    if (length > 0) {
      noteDuplicate(sequence, length);
      long position = before + (sequence - rcvNxt);
      taken = buffer.insert(position, bytes, segment.payloadOffset(), length);
      rcvNxt += (int) (buffer.next() - before);
      if (buffer.next() != before) {
        grow(mss, now);
      }
      if (buffer.hasGap() && position > before) {
        sacks.touch(position);
      }
    }
    if (segment.isFin()) {
      finWaits = true;
      finSequence = sequence + length;
    }
    if (finWaits && finSequence == rcvNxt) {
      rcvNxt++;
      finReceived = true;
    }
    return taken;
  }

  private void grow(int mss, long now) {
    int size = growth.received(buffer.next(), buffer.read(), window(), buffer.limit(), mss, now);
    if (size != buffer.limit()) {
      buffer.limit(size);
    }
  }

  /** Octets that were there come again: to be told once (RFC 2883). */
  void noteDuplicate(int sequence, int length) {
    long position = buffer.next() + (sequence - rcvNxt) + (finReceived ? 1 : 0);
    if (isBefore(sequence, rcvNxt)) {
      sacks.duplicate(position, Math.min(position + length, buffer.next()));
    } else {
      Reassembly pieces = buffer.pieces();
      int piece = pieces.pieceAt(position);
      if (piece >= 0) {
        sacks.duplicate(position, Math.min(position + length, pieces.end(piece)));
      }
    }
  }

  /** The sequence number of a position in the stream. */
  int sequenceOf(long position) {
    return rcvNxt + (int) (position - buffer.next()) - (finReceived ? 1 : 0);
  }

  int read(byte[] to, int offset, int length) {
    return buffer.read(to, offset, length);
  }

  int read(ByteBuffer to) {
    return buffer.read(to);
  }

  boolean holdsIdleRoom() {
    return buffer.holdsIdleRoom();
  }

  void release() {
    buffer.release();
  }

  /** Whether reading has opened the window so far that the peer should hear of it. */
  boolean shouldTellWindow(int mss) {
    int opened = rcvNxt + windowThatFits() - rcvEdge;
    return opened >= Math.min(buffer.limit() / 2, 2 * mss) && window() < buffer.limit() / 2;
  }

  /** The window field; its right edge never moves back. */
  int advertise(boolean syn, int mss) {
    int window = windowThatFits();
    if (syn) {
      window = Math.min(window, MAX_WINDOW);
      rcvEdge = rcvNxt + window;
      return window;
    }
    int edge = rcvNxt + (window >>> rcvScale << rcvScale);
    boolean worthwhile = edge - rcvEdge >= Math.min(buffer.limit() / 2, mss);
    if (isAfter(edge, rcvEdge) && worthwhile) {
      rcvEdge = edge;
    }
    return window() >>> rcvScale;
  }

  private int windowThatFits() {
    return Math.min(buffer.window(), MAX_WINDOW << rcvScale);
  }
}
