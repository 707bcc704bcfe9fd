package dev.dockwire.link.netem;

import dev.dockwire.frame.DropReason;
import dev.dockwire.link.FrameSlot;
import dev.dockwire.link.HoldingQdisc;
import dev.dockwire.link.Nic;
import dev.dockwire.time.Timers;
import java.util.random.RandomGenerator;

/**
 * Impairs what one NIC transmits, in the order in which Linux's netem does it: duplicate, lose,
 * corrupt, then hold until the frame is due. Jitter reorders frames, as there.
 *
 * <p>Frames come from {@code Nic.publish} and go on by {@code Nic.pass} or, when their time has
 * come and the wire has room, by {@code Nic.send}; so a capture has a frame at the time it enters
 * the wire. A lost frame never does: it is counted at the NIC as {@code port.link_loss}, or as
 * {@code port.queue_full} if too many are held. A duplicate counts as one more frame offered, and
 * can be lost and corrupted like any other.
 */
public final class Netem extends HoldingQdisc {

  private static final int BITS = 8;

  private final RandomGenerator random;
  private final CorrelatedDraw duplicateDraw;
  private final LossProcess loss;
  private final CorrelatedDraw corruptDraw;
  private final CorrelatedDraw reorderDraw;
  private final CorrelatedDraw delayDraw;

  private NetemOptions options;
  private int sinceReordered;
  private long lastDue;

  public Netem(Nic nic, int handle, NetemOptions options, Timers timers, RandomGenerator random) {
    super(nic, handle, timers);
    this.random = random;
    this.duplicateDraw = new CorrelatedDraw(random);
    this.loss = new LossProcess(random);
    this.corruptDraw = new CorrelatedDraw(random);
    this.reorderDraw = new CorrelatedDraw(random);
    this.delayDraw = new CorrelatedDraw(random);
    options(options);
  }

  /** Changes what happens to frames from now on; those that are held keep their time. */
  public void options(NetemOptions newOptions) {
    options = newOptions;
    loss.start(newOptions.loss());
    sinceReordered = 0;
  }

  public NetemOptions options() {
    return options;
  }

  @Override
  public void enqueue(FrameSlot slot, long now) {
    boolean twice = duplicateDraw.happens(options.duplicate());
    if (loss.isNextLost()) {
      if (!twice) {
        drop(slot, DropReason.PORT_LINK_LOSS);
        return;
      }
      // One of two is left.
      twice = false;
    }
    // Where there is no room for one frame there is none for two: the medium has one scratch slot.
    FrameSlot twin = twice && nic.hasRoomFor(slot) ? twin(slot, now) : null;
    corrupt(slot);
    if (isFull()) {
      drop(slot, DropReason.PORT_QUEUE_FULL);
      if (twin != null) {
        nic.abandon(twin);
      }
      return;
    }
    if (twin != null) {
      enqueueTwin(twin, now);
    }
    schedule(slot, now);
  }

  private FrameSlot twin(FrameSlot slot, long now) {
    FrameSlot twin = nic.claim(slot.length());
    twin.copyFrom(slot, slot.hops());
    twin.fill(nic, slot.length(), now);
    return twin;
  }

  /** Takes a duplicate as if it had just come, except that it is not doubled again. */
  private void enqueueTwin(FrameSlot twin, long now) {
    nic.offerAgain();
    if (loss.isNextLost()) {
      drop(twin, DropReason.PORT_LINK_LOSS);
      return;
    }
    corrupt(twin);
    schedule(twin, now);
  }

  private void corrupt(FrameSlot slot) {
    if (corruptDraw.happens(options.corrupt())) {
      int position = slot.offset() + random.nextInt(slot.length());
      slot.bytes()[position] ^= (byte) (1 << random.nextInt(BITS));
      slot.verified(false);
    }
  }

  private boolean isFull() {
    return Integer.compareUnsigned(held.size(), options.limit()) >= 0;
  }

  /** Sends a frame if it is due now and none before it, or holds a copy until it is. */
  private void schedule(FrameSlot slot, long now) {
    long due = now;
    if (overtakes()) {
      sinceReordered = 0;
      counters().countRequeued();
    } else {
      sinceReordered++;
      due = due(slot.length(), now);
      lastDue = held.isEmpty() ? due : Math.max(lastDue, due);
    }
    int length = slot.length();
    boolean first = held.isEmpty() || due < held.firstDue();
    if (first && due <= now && nic.pass(slot)) {
      sent(length, now);
      return;
    }
    hold(slot, due);
    if (first) {
      timer.arm(Math.max(due, now + (due <= now ? NO_ROOM_NANOS : 0)));
    }
  }

  private boolean overtakes() {
    return options.gap() != 0
        && Integer.compareUnsigned(sinceReordered, options.gap() - 1) >= 0
        && reorderDraw.happens(options.reorder());
  }

  private long due(int length, long now) {
    Delay delay = options.delay();
    long nanos =
        delay.jitterNanos() == 0 ? delay.nanos() : delay.of(delayDraw.next(delay.correlation()));
    if (!options.rate().isLimited()) {
      return now + Math.max(0, nanos);
    }
    long start = now;
    if (!held.isEmpty()) {
      // The line is busy until the last frame has left; the time it waits counts as delay.
      nanos = Math.max(0, nanos - (lastDue - now));
      start = lastDue;
    }
    return start + Math.max(0, nanos) + options.rate().nanos(length);
  }

  @Override
  protected long waitNanos(FrameSlot first, long now) {
    return held.firstDue() - now;
  }

  @Override
  public String kind() {
    return "netem";
  }
}
