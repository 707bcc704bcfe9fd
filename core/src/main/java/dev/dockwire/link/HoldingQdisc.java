package dev.dockwire.link;

import dev.dockwire.frame.DropReason;
import dev.dockwire.time.Timer;
import dev.dockwire.time.Timers;

/**
 * A {@link Qdisc} that holds frames until they may go: in the order in which they are due, each by
 * {@code Nic.send} when its kind lets it and the wire has room.
 */
public abstract class HoldingQdisc implements Qdisc {

  /** How long a frame that may go waits before it looks for room on the wire again. */
  protected static final long NO_ROOM_NANOS = 10_000;

  protected final Nic nic;
  protected final Timer timer;
  protected final HeldFrames held = new HeldFrames();
  private final int handle;
  private final QdiscCounters counters = new QdiscCounters();

  // The timer rests until a frame is held, long after the constructor.
  @SuppressWarnings("this-escape")
  protected HoldingQdisc(Nic nic, int handle, Timers timers) {
    this.nic = nic;
    this.handle = handle;
    this.timer = timers.timer(this::sendHeld);
  }

  /**
   * How long the first of those that are held still has to wait; 0 or less if it may go. Asked each
   * time it is its turn.
   */
  protected abstract long waitNanos(FrameSlot first, long now);

  /** A frame has gone on to the wire. */
  protected void sent(int length, long now) {
    counters.countSent(length);
  }

  /** Sends what may go, and comes back when the next may. */
  protected final void sendHeld(long now) {
    while (!held.isEmpty()) {
      FrameSlot frame = held.first();
      long waitNanos = waitNanos(frame, now);
      if (waitNanos > 0) {
        timer.arm(now + waitNanos);
        return;
      }
      if (!nic.send(frame, now)) {
        timer.arm(now + NO_ROOM_NANOS);
        return;
      }
      sent(frame.length(), now);
      held.removeFirst();
    }
  }

  /** Holds a copy until it is due, and gives the slot back. */
  protected final void hold(FrameSlot slot, long due) {
    held.add(slot, due);
    nic.abandon(slot);
  }

  protected final void drop(FrameSlot slot, DropReason reason) {
    counters.countDropped();
    nic.lose(reason);
    nic.abandon(slot);
  }

  @Override
  public final void reset(DropReason reason) {
    timer.cancel();
    held.drop(nic, reason);
  }

  @Override
  public final int handle() {
    return handle;
  }

  @Override
  public final QdiscCounters counters() {
    return counters;
  }

  @Override
  public final int heldFrames() {
    return held.size();
  }

  @Override
  public final long heldBytes() {
    return held.bytes();
  }
}
