package dev.dockwire.fabric;

import dev.dockwire.link.FrameSlot;
import dev.dockwire.time.Clock;
import dev.dockwire.time.Worker;

/**
 * An observer's place on the ring. Either the fabric turns it, on its own thread and in step with
 * the frames, or a loop of its own does; then the ring waits for it, and what finds no room is
 * counted where it was sent.
 */
public final class Observation implements Worker, AutoCloseable {

  private static final int MAX_FRAMES_PER_TURN = 1_024;

  private final Fabric fabric;
  private final FrameRing ring;
  private final Reader reader;
  private final FrameObserver observer;
  private final Clock ownClock;
  private boolean gathered;
  private boolean closed;

  Observation(
      Fabric fabric, FrameRing ring, Reader reader, FrameObserver observer, Clock ownClock) {
    this.fabric = fabric;
    this.ring = ring;
    this.reader = reader;
    this.observer = observer;
    this.ownClock = ownClock;
  }

  /** Shows the observer what is ready, or tells it that nothing is. */
  @Override
  public int doWork(long now) {
    long next = reader.next();
    long last = Math.min(reader.available(), next + MAX_FRAMES_PER_TURN - 1);
    for (long sequence = next; sequence <= last; sequence++) {
      FrameSlot slot = ring.slot(sequence);
      if (slot.length() > 0) {
        observer.onFrame(slot);
        gathered = true;
      }
    }
    if (last >= next) {
      reader.position.set(last);
      return (int) (last - next + 1);
    }
    if (gathered) {
      gathered = false;
      observer.onPause();
    }
    return 0;
  }

  @Override
  public long nextDeadline() {
    return Clock.NEVER;
  }

  /** Whether a loop of its own turns this observation. */
  boolean isElsewhere() {
    return ownClock != null;
  }

  /** Tells the loop that turns this observation that there are new frames. */
  void signal() {
    ownClock.wake();
  }

  /** Ends the observation, on the fabric's thread; its own loop, if any, must have ended. */
  @Override
  public void close() {
    if (closed) {
      // The ring has not waited for this place since: its slots hold other frames by now.
      return;
    }
    closed = true;
    while (doWork(0) > 0) {
      // What the fabric has settled already is shown before the end.
    }
    fabric.remove(this);
    reader.close();
  }
}
