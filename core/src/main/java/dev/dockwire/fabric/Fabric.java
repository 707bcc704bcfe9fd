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
 * that it is dropped and counted as {@code port.queue_full}. Other threads hand their frames over
 * through an {@link Inlet}, and wait when there are too many.
 */
public final class Fabric implements Medium, Worker {

  /** Half of the ring at most: the other half is for what the frames of a turn bring about. */
  private static final int MAX_FRAMES_PER_TURN = 256;

  /** Slots are given back in steps of so many, for each costs a store that others see in order. */
  private static final int ROOM_STEP = 16;

  private final FabricShape shape;
  private final int maxFrameLength;
  private final long wireNanos;
  private final int framesPerTurn;
  private final FrameRing ring;
  private final Reader reader;
  private final Backlog backlog;
  private final FrameSlot scratch;
  private final List<Observation> observations = new ArrayList<>();
  private Handover handover;

  public Fabric(FabricShape shape) {
    this.shape = shape;
    this.maxFrameLength = shape.maxFrameLength();
    this.wireNanos = shape.wireNanos();
    this.framesPerTurn = Math.clamp(shape.slots() / 2, 1, MAX_FRAMES_PER_TURN);
    this.ring = new FrameRing(shape);
    this.reader = ring.reader();
    this.backlog = new Backlog(shape);
    this.scratch = new FrameSlot(new byte[maxFrameLength], 0, maxFrameLength);
  }

  public FabricShape shape() {
    return shape;
  }

  @Override
  public FrameSlot claim(Nic nic, int length) {
    if (length > maxFrameLength) {
      throw new IllegalArgumentException(length + " bytes do not fit a slot");
    }
    if (backlog.isEmpty() && ring.hasRoom()) {
      return ring.claim();
    }
    if (backlog.hasRoomFor(nic)) {
      return backlog.claim();
    }
    scratch.claimed();
    return scratch;
  }

  boolean hasRoomFor(Nic nic) {
    return backlog.isEmpty() && ring.hasRoom() || backlog.hasRoomFor(nic);
  }

  @Override
  public boolean isScratch(FrameSlot slot) {
    return slot == scratch;
  }

  @Override
  public void publish(FrameSlot slot) {
    if (!ring.owns(slot)) {
      backlog.publish(slot);
    }
  }

  @Override
  public void abandon(FrameSlot slot) {
    if (ring.owns(slot)) {
      slot.fillVoid();
    } else if (slot != scratch) {
      backlog.release(slot);
    }
  }

  @Override
  public int maxFrameLength() {
    return maxFrameLength;
  }

  @Override
  public int maxBacklog() {
    return shape.maxBacklog();
  }

  /**
   * A door for threads other than the fabric's to transmit from {@code nic}; made on the fabric's.
   *
   * @param clock the fabric's, woken when there is something to take
   */
  public Inlet inlet(Nic nic, Clock clock) {
    if (handover == null) {
      handover = new Handover(shape);
    }
    return new Inlet(handover, nic, clock);
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
        new Observation(this, ring, ring.readerAfter(reader), observer, ownClock);
    observations.add(observation);
    return observation;
  }

  void remove(Observation observation) {
    observations.remove(observation);
  }

  /** Takes what waits onto the ring, hands what is due to the far ends, shows it to observers. */
  @Override
  public int doWork(long now) {
    int done = backlog.isEmpty() ? 0 : backlog.drainTo(ring);
    if (handover != null) {
      done += handover.drainTo(this, framesPerTurn, now);
    }
    ring.publish();
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

  private int deliver(long now) {
    long next = reader.next();
    int due = (int) Math.min(reader.available() - next + 1, framesPerTurn);
    long sentBy = now - wireNanos;
    for (int i = 0; i < due; i++) {
      FrameSlot slot = ring.slot(next + i);
      if (slot.length() > 0) {
        if (slot.stamp() > sentBy) {
          due = i;
          break;
        }
        slot.sender().depart(slot, now);
      } else if (!slot.isVoid()) {
        throw new IllegalStateException("a claimed slot was neither published nor abandoned");
      }
      if ((i & ROOM_STEP - 1) == ROOM_STEP - 1) {
        reader.position.set(next + i);
      }
    }
    reader.position.set(next + due - 1);
    return due;
  }

  /**
   * How many frames are on the ring or wait for it: with those that qdiscs hold, the sum of what
   * all NICs have in flight.
   */
  public int inFlight() {
    ring.publish();
    int frames = backlog.size();
    for (long sequence = reader.next(); sequence <= reader.available(); sequence++) {
      if (!ring.slot(sequence).isVoid()) {
        frames++;
      }
    }
    return frames;
  }

  @Override
  public long nextDeadline() {
    ring.publish();
    long next = reader.next();
    if (reader.available() >= next) {
      FrameSlot slot = ring.slot(next);
      return slot.length() > 0 ? slot.stamp() + wireNanos : 0;
    }
    return backlog.isEmpty() && (handover == null || handover.isEmpty()) ? Clock.NEVER : 0;
  }
}
