package dev.dockwire.fabric;

import dev.dockwire.link.FrameSlot;
import dev.dockwire.link.Medium;
import dev.dockwire.link.Nic;
import dev.dockwire.time.Clock;
import dev.dockwire.time.Worker;
import java.util.ArrayList;
import java.util.List;

/**
 * The medium that carries every frame, and the turn that hands each one to the far end of its wire.
 *
 * <p>{@code Nic.publish -> ring -> doWork -> Nic.depart -> peer (BridgePort or Nic)}
 *
 * <p>One thread turns the fabric and owns all NICs, bridges and stacks on it. It also publishes, so
 * it never waits for the ring: without room a frame goes to its NIC's bounded backlog, and past
 * that it is dropped and counted as {@code port.queue_full}. Other threads publish through an
 * {@link Inlet} and may wait.
 */
public final class Fabric implements Medium, Worker {

  private static final int MAX_FRAMES_PER_TURN = 256;

  private final FabricShape shape;
  private final FrameRing ring;
  private final FrameRing.Reader reader;
  private final Backlog backlog;
  private final List<Observation> observations = new ArrayList<>();
  private long lastStamp;

  public Fabric(FabricShape shape) {
    this.shape = shape;
    this.ring = new FrameRing(shape);
    this.reader = ring.reader();
    this.backlog = new Backlog(shape);
  }

  public FabricShape shape() {
    return shape;
  }

  @Override
  public FrameSlot claim(Nic nic, int length) {
    if (length > shape.maxFrameLength()) {
      throw new IllegalArgumentException(length + " bytes do not fit a slot");
    }
    if (backlog.isEmpty()) {
      long sequence = ring.tryClaim();
      if (sequence >= 0) {
        FrameSlot slot = ring.slot(sequence);
        slot.claimedAs(sequence);
        return slot;
      }
    }
    return backlog.claim(nic);
  }

  @Override
  public boolean isScratch(FrameSlot slot) {
    return backlog.isScratch(slot);
  }

  @Override
  public void publish(FrameSlot slot) {
    if (slot.sequence() >= 0) {
      ring.publish(slot.sequence());
    } else {
      backlog.publish(slot);
    }
  }

  @Override
  public void abandon(FrameSlot slot) {
    if (slot.sequence() >= 0) {
      slot.fillVoid();
      ring.publish(slot.sequence());
    } else {
      backlog.release(slot);
    }
  }

  @Override
  public int maxFrameLength() {
    return shape.maxFrameLength();
  }

  @Override
  public int maxBacklog() {
    return shape.maxBacklog();
  }

  /** A door for threads other than the fabric's to transmit from {@code nic}. */
  public Inlet inlet(Nic nic, Clock clock) {
    return new Inlet(ring, nic, clock);
  }

  /** Shows every frame from now on to {@code observer}, on the fabric's thread, in step with it. */
  public Observation observe(FrameObserver observer) {
    return observe(observer, null);
  }

  /**
   * Makes an observation that a loop on another thread turns.
   *
   * @param ownClock that loop's clock, woken when there are new frames
   */
  public Observation observe(FrameObserver observer, Clock ownClock) {
    Observation observation =
        new Observation(this, ring, ring.reader(reader.position), observer, ownClock);
    observations.add(observation);
    return observation;
  }

  void remove(Observation observation) {
    observations.remove(observation);
  }

  /** Moves what waits onto the ring, hands what is due to the far ends, shows it to observers. */
  @Override
  public int doWork(long now) {
    int done = backlog.isEmpty() ? 0 : backlog.drainTo(ring);
    done += deliver(now);
    for (int i = 0; i < observations.size(); i++) {
      Observation observation = observations.get(i);
      if (!observation.isElsewhere()) {
        observation.doWork(now);
      } else if (done > 0) {
        observation.signal();
      }
    }
    return done;
  }

  @Override
  public long nextDeadline() {
    long next = reader.position.get() + 1;
    if (reader.available() >= next) {
      return ring.slot(next).stamp() + shape.wireNanos();
    }
    return backlog.isEmpty() ? Clock.NEVER : 0;
  }

  private int deliver(long now) {
    long next = reader.position.get() + 1;
    long last = Math.min(reader.available(), next + MAX_FRAMES_PER_TURN - 1);
    long sequence = next;
    while (sequence <= last) {
      FrameSlot slot = ring.slot(sequence);
      if (slot.length() > 0) {
        if (slot.stamp() < lastStamp) {
          slot.restamp(lastStamp);
        }
        if (slot.stamp() + shape.wireNanos() > now) {
          break;
        }
        lastStamp = slot.stamp();
        slot.sender().depart(slot, now);
      } else if (slot.sender() != null) {
        slot.sender().lose(slot.dropReason());
      }
      reader.position.set(sequence);
      sequence++;
    }
    return (int) (sequence - next);
  }
}
