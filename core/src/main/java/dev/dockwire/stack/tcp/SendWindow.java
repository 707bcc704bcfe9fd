package dev.dockwire.stack.tcp;

import static dev.dockwire.stack.tcp.Sequence.isAfter;
import static dev.dockwire.stack.tcp.Sequence.isBefore;

import dev.dockwire.frame.TcpView;

/**
 * What the peer has room for, and which segments wait though it has, because they would be small:
 * the avoidance of silly windows (RFC 9293, section 3.8.6.2.1), Nagle's rule (section 3.7.4), and
 * the owner's cork.
 */
final class SendWindow {

  private int sndWnd;
  private int sndWl1;
  private int sndWl2;
  private int maxSndWnd;
  private int smallEnd;

  void start(int sndNxt) {
    smallEnd = sndNxt;
  }

  /** SND.WND: octets from SND.UNA on. */
  int octets() {
    return sndWnd;
  }

  /** The largest there ever was. */
  int largest() {
    return maxSndWnd;
  }

  void set(TcpView segment, int peerWindow) {
    sndWnd = peerWindow;
    sndWl1 = segment.sequenceNumber();
    sndWl2 = segment.acknowledgmentNumber();
    maxSndWnd = Math.max(maxSndWnd, peerWindow);
  }

  /**
   * Takes the window unless the segment is an old one. What advances SND.UNA counts even if others
   * have overtaken it: a window is an offset from there, and the old one would reach too far.
   *
   * @return whether it was closed and is not any more
   */
  boolean update(TcpView segment, boolean advances, int peerWindow) {
    int sequence = segment.sequenceNumber();
    int ack = segment.acknowledgmentNumber();
    if (!advances && !isBefore(sndWl1, sequence) && (sndWl1 != sequence || isAfter(sndWl2, ack))) {
      return false;
    }
    boolean opens = sndWnd == 0 && peerWindow != 0;
    set(segment, peerWindow);
    return opens;
  }

  /** A segment that is not full has gone out. */
  void sentSmall(int end) {
    smallEnd = end;
  }

  /**
   * Whether a segment that is not full waits for a larger window, or until no other such segment is
   * under way: Nagle's rule as Minshall reads it. What is corked waits until it is full.
   */
  boolean holdsBack(int length, int unsent, int sndUna, SocketOptions options) {
    if (length < unsent) {
      return length < maxSndWnd / 2;
    }
    return options.cork || !options.noDelay && isAfter(smallEnd, sndUna);
  }
}
