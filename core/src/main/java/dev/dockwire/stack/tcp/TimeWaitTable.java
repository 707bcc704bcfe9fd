package dev.dockwire.stack.tcp;

import dev.dockwire.frame.DropReason;
import dev.dockwire.frame.TcpView;
import dev.dockwire.stack.HostStack;
import dev.dockwire.time.Timer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The connections of a host that wait in TIME-WAIT (RFC 9293, section 3.6.1), found by their
 * addresses and ports, and in the order in which they end: 60 seconds after they began, or after
 * the peer's FIN came again. At most {@link #LIMIT}; one more drops the oldest.
 */
final class TimeWaitTable {

  static final int LIMIT = 16_384;
  static final long NANOS = 60_000_000_000L;

  private static final int FIRST_SIZE = 16;

  private final HostStack stack;
  private final TcpOutput output;
  private TimeWait[] buckets = {};
  private TimeWait oldest;
  private TimeWait newest;
  private int size;
  private Timer timer;

  TimeWaitTable(HostStack stack, TcpOutput output) {
    this.stack = stack;
    this.output = output;
  }

  TimeWait find(int localAddress, int localPort, int remoteAddress, int remotePort) {
    if (size == 0) {
      return null;
    }
    TimeWait each = buckets[bucket(localAddress, localPort, remoteAddress, remotePort)];
    while (each != null && !each.isFor(localAddress, localPort, remoteAddress, remotePort)) {
      each = each.nextInBucket;
    }
    return each;
  }

  void add(TimeWait added, long now) {
    if (size == LIMIT) {
      stack.lose(DropReason.TCP_TW_OVERFLOW);
      remove(oldest);
    }
    if (size >= buckets.length) {
      grow();
    }
    insert(added);
    size++;
    append(added, now);
  }

  /** Takes a segment for one of these that begins nothing new. */
  void receive(TimeWait there, TcpView segment, TcpOptions options, long now) {
    boolean old = there.isFromBefore(options, now);
    if (segment.isRst()) {
      // A reset must not cut TIME-WAIT short (RFC 1337).
      stack.drop(DropReason.TCP_RST_BAD_SEQ);
    } else if (old || !there.isSettledBy(segment)) {
      stack.drop(old ? DropReason.TCP_PAWS : DropReason.TCP_OUT_OF_WINDOW);
      boolean repeat = there.isRepeat(segment);
      if (repeat && segment.isFin()) {
        unlink(there);
        append(there, now);
      }
      if (repeat || there.mayChallenge(now)) {
        output.acknowledge(there, now);
      }
    }
  }

  void remove(TimeWait removed) {
    int bucket = bucket(removed);
    if (buckets[bucket] == removed) {
      buckets[bucket] = removed.nextInBucket;
    } else {
      TimeWait before = buckets[bucket];
      while (before.nextInBucket != removed) {
        before = before.nextInBucket;
      }
      before.nextInBucket = removed.nextInBucket;
    }
    unlink(removed);
    size--;
  }

  private void append(TimeWait last, long now) {
    last.endsAt = now + NANOS;
    last.older = newest;
    if (newest == null) {
      oldest = last;
    } else {
      newest.newer = last;
    }
    newest = last;
    if (timer == null) {
      timer = stack.timers().timer(this::expire);
    }
    if (!timer.isArmed()) {
      timer.arm(oldest.endsAt);
    }
  }

  private void unlink(TimeWait entry) {
    if (entry.older == null) {
      oldest = entry.newer;
    } else {
      entry.older.newer = entry.newer;
    }
    if (entry.newer == null) {
      newest = entry.older;
    } else {
      entry.newer.older = entry.older;
    }
    entry.older = null;
    entry.newer = null;
  }

  private void expire(long now) {
    while (oldest != null && oldest.endsAt <= now) {
      remove(oldest);
    }
    if (oldest != null) {
      timer.arm(oldest.endsAt);
    }
  }

  boolean none(Predicate<TimeWait> so) {
    for (TimeWait each = oldest; each != null; each = each.newer) {
      if (so.test(each)) {
        return false;
      }
    }
    return true;
  }

  /** The oldest first. */
  List<TimeWait> list() {
    List<TimeWait> all = new ArrayList<>(size);
    for (TimeWait each = oldest; each != null; each = each.newer) {
      all.add(each);
    }
    return all;
  }

  int size() {
    return size;
  }

  private void grow() {
    buckets = new TimeWait[Math.max(FIRST_SIZE, 2 * buckets.length)];
    for (TimeWait each = oldest; each != null; each = each.newer) {
      insert(each);
    }
  }

  private void insert(TimeWait entry) {
    int bucket = bucket(entry);
    entry.nextInBucket = buckets[bucket];
    buckets[bucket] = entry;
  }

  private int bucket(TimeWait of) {
    return bucket(of.localAddress, of.localPort, of.remoteAddress, of.remotePort);
  }

  private int bucket(int localAddress, int localPort, int remoteAddress, int remotePort) {
    return Demultiplexer.hash(localAddress, localPort, remoteAddress, remotePort)
        & buckets.length - 1;
  }
}
