package dev.dockwire.link.tbf;

import dev.dockwire.frame.DropReason;
import dev.dockwire.link.FrameSlot;
import dev.dockwire.link.HeldFrames;
import dev.dockwire.link.Nic;
import dev.dockwire.link.Qdisc;
import dev.dockwire.link.QdiscCounters;
import dev.dockwire.time.Timer;
import dev.dockwire.time.Timers;

/**
 * Lets frames pass at a rate, with bursts after a pause; those that must wait do so in a queue,
 * first in, first out.
 *
 * <p>Frames come from {@code Nic.publish} and go on by {@code Nic.pass} or, when they have waited,
 * by {@code Nic.send}. What finds no room in the queue, or is longer than a burst, is dropped and
 * counted at the NIC as {@code port.queue_full}.
 */
public final class Tbf implements Qdisc {

  /** How long a frame that may pass waits before it looks for room on the wire again. */
  private static final long NO_ROOM_NANOS = 10_000;

  /** All are due at the same time, so they keep their order. */
  private static final long IN_TURN = 0;

  private final Nic nic;
  private final int handle;
  private final Timer timer;
  private final HeldFrames held = new HeldFrames();
  private final QdiscCounters counters = new QdiscCounters();

  private TbfOptions options;
  private TokenBucket bucket;

  /** The bucket of the peak rate; null if there is none. */
  private TokenBucket peak;

  public Tbf(Nic nic, int handle, TbfOptions options, Timers timers) {
    this.nic = nic;
    this.handle = handle;
    this.timer = timers.timer(this::sendWaiting);
    options(options);
  }

  /** Changes the rate, from full buckets on; what waits goes on waiting its turn. */
  public void options(TbfOptions newOptions) {
    options = newOptions;
    bucket = new TokenBucket(newOptions.bytesPerSecond(), newOptions.burst());
    peak =
        newOptions.hasPeak()
            ? new TokenBucket(newOptions.peakBytesPerSecond(), newOptions.peakBurst())
            : null;
  }

  public TbfOptions options() {
    return options;
  }

  /** How long a whole burst takes at the rate. */
  public long burstNanos() {
    return bucket.depthNanos();
  }

  /** How long what may pass at once takes at the peak rate; 0 without one. */
  public long peakBurstNanos() {
    return peak == null ? 0 : peak.depthNanos();
  }

  @Override
  public void enqueue(FrameSlot slot, long now) {
    int length = slot.length();
    if (length > longestFrame() || held.bytes() + length > options.limit()) {
      counters.countDropped();
      nic.lose(DropReason.PORT_QUEUE_FULL);
      nic.abandon(slot);
      return;
    }
    if (held.isEmpty() && waitNanos(length, now) == 0 && nic.pass(slot)) {
      take(length, now);
      return;
    }
    held.add(slot, IN_TURN);
    nic.abandon(slot);
    sendWaiting(now);
  }

  private long longestFrame() {
    return peak == null ? options.burst() : Math.min(options.burst(), options.peakBurst());
  }

  private long waitNanos(int length, long now) {
    long wait = bucket.waitNanos(length, now);
    return peak == null ? wait : Math.max(wait, peak.waitNanos(length, now));
  }

  private void take(int length, long now) {
    bucket.take(length, now);
    if (peak != null) {
      peak.take(length, now);
    }
    counters.countSent(length);
  }

  private void sendWaiting(long now) {
    while (!held.isEmpty()) {
      FrameSlot frame = held.first();
      long wait = waitNanos(frame.length(), now);
      if (wait > 0) {
        counters.countOverLimit();
        timer.arm(now + wait);
        return;
      }
      if (!nic.send(frame, now)) {
        timer.arm(now + NO_ROOM_NANOS);
        return;
      }
      take(frame.length(), now);
      held.removeFirst();
    }
  }

  @Override
  public void reset(DropReason reason) {
    timer.cancel();
    held.drop(nic, reason);
  }

  @Override
  public String kind() {
    return "tbf";
  }

  @Override
  public int handle() {
    return handle;
  }

  @Override
  public QdiscCounters counters() {
    return counters;
  }

  @Override
  public int heldFrames() {
    return held.size();
  }

  @Override
  public long heldBytes() {
    return held.bytes();
  }
}
