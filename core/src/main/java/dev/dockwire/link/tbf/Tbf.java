package dev.dockwire.link.tbf;

import dev.dockwire.frame.DropReason;
import dev.dockwire.link.FrameSlot;
import dev.dockwire.link.HoldingQdisc;
import dev.dockwire.link.Nic;
import dev.dockwire.time.Timers;

/**
 * Lets frames pass at a rate, with bursts after a pause; those that must wait do so in a queue,
 * first in, first out.
 *
 * <p>Frames come from {@code Nic.publish} and go on by {@code Nic.pass} or, when they have waited,
 * by {@code Nic.send}. What finds no room in the queue, or is longer than a burst, is dropped and
 * counted at the NIC as {@code port.queue_full}.
 */
public final class Tbf extends HoldingQdisc {

  /** All are due at the same time, so they keep their order. */
  private static final long IN_TURN = 0;

  private TbfOptions options;
  private TokenBucket bucket;

  /** The bucket of the peak rate; null if there is none. */
  private TokenBucket peak;

  public Tbf(Nic nic, int handle, TbfOptions options, Timers timers) {
    super(nic, handle, timers);
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
      drop(slot, DropReason.PORT_QUEUE_FULL);
      return;
    }
    if (held.isEmpty() && waitNanos(length, now) == 0 && nic.pass(slot)) {
      sent(length, now);
      return;
    }
    hold(slot, IN_TURN);
    sendHeld(now);
  }

  private long longestFrame() {
    return peak == null ? options.burst() : Math.min(options.burst(), options.peakBurst());
  }

  private long waitNanos(int length, long now) {
    long wait = bucket.waitNanos(length, now);
    return peak == null ? wait : Math.max(wait, peak.waitNanos(length, now));
  }

  @Override
  protected long waitNanos(FrameSlot first, long now) {
    long wait = waitNanos(first.length(), now);
    if (wait > 0) {
      counters().countOverLimit();
    }
    return wait;
  }

  @Override
  protected void sent(int length, long now) {
    super.sent(length, now);
    bucket.take(length, now);
    if (peak != null) {
      peak.take(length, now);
    }
  }

  @Override
  public String kind() {
    return "tbf";
  }
}
