package dev.dockwire.stack.tcp;

import static dev.dockwire.stack.tcp.Sequence.isAfter;
import static dev.dockwire.stack.tcp.Sequence.isBefore;

import java.util.Arrays;

/**
 * The segments that are sent and not acknowledged, oldest first, with what is known of each: the
 * scoreboard of RFC 6675. Counts octets of sequence space; index 0 is the segment at SND.UNA.
 *
 * <p>A ring that grows with use; its limit is the send buffer's.
 */
final class Flight {

  /** Hears of each segment that has arrived for the first time one learns of it. */
  @FunctionalInterface
  interface Delivery {
    void delivered(long sentAt, int order, int end, int octets, boolean everResent);
  }

  private static final int SACKED = 1;
  private static final int LOST = 2;

  /** Sent again since it was last thought lost. */
  private static final int RESENT = 4;

  private static final int EVER_RESENT = 8;
  private static final int FIRST_SIZE = 4;

  private static final int[] NO_ENDS = {};
  private static final long[] NO_TIMES = {};
  private static final byte[] NO_MARKS = {};

  private int[] ends = NO_ENDS;
  private long[] sentAts = NO_TIMES;
  private int[] orders = NO_ENDS;
  private int nextOrder;
  private byte[] marks = NO_MARKS;
  private DeliveryRate rate;
  private long[] memory = NO_TIMES;
  private int newlyLost;
  private int head;
  private int size;
  private int first;
  private int octets;
  private int sacked;
  private int sackedSegments;
  private int lost;
  private int resent;

  void begin(int sequence) {
    first = sequence;
  }

  /**
   * Has deliveries measured from now on.
   *
   * @param measure null for none
   */
  void measure(DeliveryRate measure) {
    rate = measure;
    memory = measure == null ? NO_TIMES : new long[DeliveryRate.STRIDE * ends.length];
  }

  /** Octets found lost since this was asked last. */
  int takeNewlyLost() {
    int octets = newlyLost;
    newlyLost = 0;
    return octets;
  }

  int size() {
    return size;
  }

  /** Octets between SND.UNA and SND.NXT. */
  int octets() {
    return octets;
  }

  /** Octets thought to be in the network: "pipe" of RFC 6675. */
  int pipe() {
    return octets - sacked - lost + resent;
  }

  int sackedSegments() {
    return sackedSegments;
  }

  boolean hasLost() {
    return lost != resent;
  }

  int start(int index) {
    return index == 0 ? first : ends[slot(index - 1)];
  }

  int end(int index) {
    return ends[slot(index)];
  }

  /** Tells what was sent later, also of what was sent at the same moment. */
  int order(int index) {
    return orders[slot(index)];
  }

  long sentAt(int index) {
    return sentAts[slot(index)];
  }

  boolean isSacked(int index) {
    return (marks[slot(index)] & SACKED) != 0;
  }

  /** Lost, and not sent again since. */
  boolean isMissing(int index) {
    return (marks[slot(index)] & (LOST | RESENT)) == LOST;
  }

  void add(int end, long now) {
    if (size == ends.length) {
      grow();
    }
    boolean only = pipe() == 0;
    octets += end - (size == 0 ? first : end(size - 1));
    int slot = slot(size++);
    if (rate != null) {
      rate.sent(memory, DeliveryRate.STRIDE * slot, only, now);
    }
    ends[slot] = end;
    sentAts[slot] = now;
    orders[slot] = nextOrder++;
    marks[slot] = 0;
  }

  /** Forgets what the cumulative acknowledgment covers. */
  void acknowledge(int ack, Delivery delivery) {
    while (size > 0 && isAfter(ack, first)) {
      int slot = slot(0);
      boolean whole = !isAfter(ends[slot], ack);
      int gone = (whole ? ends[slot] : ack) - first;
      int mark = marks[slot];
      tally(mark, -gone);
      octets -= gone;
      if ((mark & SACKED) == 0) {
        deliver(slot, first + gone, gone, delivery);
      } else if (whole) {
        sackedSegments--;
      }
      first += gone;
      if (whole) {
        head = head + 1 & ends.length - 1;
        size--;
      }
    }
    first = ack;
  }

  /** Notes that the peer holds these octets; only whole segments count. */
  void sack(int left, int right, Delivery delivery) {
    for (int i = firstAtOrAfter(left); i < size && !isAfter(end(i), right); i++) {
      int slot = slot(i);
      int mark = marks[slot];
      if ((mark & SACKED) == 0) {
        int length = length(i);
        tally(mark, -length);
        marks[slot] = (byte) (SACKED | mark & EVER_RESENT);
        tally(SACKED, length);
        sackedSegments++;
        deliver(slot, ends[slot], length, delivery);
      }
    }
  }

  private void deliver(int slot, int end, int length, Delivery delivery) {
    if (rate != null) {
      rate.delivered(memory, DeliveryRate.STRIDE * slot, sentAts[slot], length);
    }
    delivery.delivered(sentAts[slot], orders[slot], end, length, (marks[slot] & EVER_RESENT) != 0);
  }

  private int firstAtOrAfter(int sequence) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (isBefore(start(middle), sequence)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  void markLost(int index) {
    newlyLost += isMissing(index) ? 0 : length(index);
    remark(index, LOST, RESENT);
  }

  /** The segment goes out again. */
  void resent(int index, long now) {
    int mark = marks[slot(index)];
    if (rate != null) {
      rate.sent(memory, DeliveryRate.STRIDE * slot(index), pipe() == 0, now);
    }
    remark(index, EVER_RESENT | ((mark & LOST) != 0 ? RESENT : 0), 0);
    sentAts[slot(index)] = now;
    orders[slot(index)] = nextOrder++;
  }

  /** Nothing is lost after all: what was given up and not sent again may still come. */
  void unmarkLost() {
    for (int i = 0; i < size; i++) {
      remark(i, 0, LOST | RESENT);
    }
  }

  /** After a time-out everything the peer does not hold counts as lost. */
  void markAllLost() {
    for (int i = 0; i < size; i++) {
      if (!isSacked(i)) {
        markLost(i);
      }
    }
  }

  /** The peer may have dropped what it reported (RFC 2018, section 8). */
  void forgetSacks() {
    for (int i = 0; i < size; i++) {
      remark(i, 0, SACKED);
    }
    sackedSegments = 0;
  }

  /** Cuts a segment in two, because the path takes only smaller ones now. */
  void split(int index, int at) {
    long sentAt = sentAt(index);
    int mark = marks[slot(index)];
    if (size == ends.length) {
      grow();
    }
    for (int i = size++; i > index; i--) {
      ends[slot(i)] = ends[slot(i - 1)];
      sentAts[slot(i)] = sentAts[slot(i - 1)];
      orders[slot(i)] = orders[slot(i - 1)];
      marks[slot(i)] = marks[slot(i - 1)];
      copyMemory(slot(i - 1), memory, slot(i));
    }
    ends[slot(index)] = at;
    sentAts[slot(index)] = sentAt;
    orders[slot(index)] = orders[slot(index + 1)];
    marks[slot(index)] = (byte) mark;
    if ((mark & SACKED) != 0) {
      sackedSegments++;
    }
  }

  /** Gives its memory back if nothing is under way. */
  void release() {
    if (size == 0) {
      ends = NO_ENDS;
      sentAts = NO_TIMES;
      orders = NO_ENDS;
      marks = NO_MARKS;
      memory = NO_TIMES;
      head = 0;
    }
  }

  private int length(int index) {
    return end(index) - start(index);
  }

  private void remark(int index, int set, int clear) {
    int slot = slot(index);
    int mark = marks[slot];
    int length = length(index);
    tally(mark, -length);
    marks[slot] = (byte) (mark & ~clear | set);
    tally(marks[slot], length);
  }

  private void tally(int mark, int length) {
    if ((mark & SACKED) != 0) {
      sacked += length;
    }
    if ((mark & LOST) != 0) {
      lost += length;
    }
    if ((mark & RESENT) != 0) {
      resent += length;
    }
  }

  private void copyMemory(int from, long[] to, int slot) {
    if (rate != null) {
      int stride = DeliveryRate.STRIDE;
      System.arraycopy(memory, stride * from, to, stride * slot, stride);
    }
  }

  private int slot(int index) {
    return head + index & ends.length - 1;
  }

  private void grow() {
    int before = ends.length;
    int length = Math.max(FIRST_SIZE, 2 * before);
    int[] largerEnds = Arrays.copyOf(ends, length);
    long[] largerSentAts = Arrays.copyOf(sentAts, length);
    int[] largerOrders = Arrays.copyOf(orders, length);
    byte[] largerMarks = Arrays.copyOf(marks, length);
    long[] largerMemory = rate == null ? memory : new long[DeliveryRate.STRIDE * length];
    for (int i = 0; i < size; i++) {
      largerEnds[i] = ends[slot(i)];
      largerSentAts[i] = sentAts[slot(i)];
      largerOrders[i] = orders[slot(i)];
      largerMarks[i] = marks[slot(i)];
      copyMemory(slot(i), largerMemory, i);
    }
    ends = largerEnds;
    sentAts = largerSentAts;
    orders = largerOrders;
    marks = largerMarks;
    memory = largerMemory;
    head = 0;
  }
}
