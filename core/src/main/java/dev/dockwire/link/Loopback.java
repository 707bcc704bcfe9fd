package dev.dockwire.link;

import dev.dockwire.frame.EthernetView;
import dev.dockwire.time.Clock;
import dev.dockwire.time.Worker;
import java.util.ArrayDeque;

/**
 * The medium of every host's {@code lo}: frames come back to the NIC that sent them, in order, in
 * the next turn or, so that virtual time passes for two programs that answer each other, some
 * nanoseconds later. It stands beside the ring because a loopback packet may be 64 KiB, which would
 * not let a ring of such slots stay in cache; so captures of the ring do not see it.
 */
public final class Loopback implements Medium, Worker {

  public static final int MTU = 65_536;

  /** A way through the kernel that is shorter than one through two links and a bridge. */
  public static final long LIFELIKE_NANOS = 10_000;

  private static final int MAX_FRAME_LENGTH = MTU + EthernetView.HEADER_LENGTH;
  private static final int MAX_BACKLOG = 1_000;

  /** Of all hosts together. */
  private static final int MAX_WAITING = 4_096;

  private final ArrayDeque<FrameSlot> queue = new ArrayDeque<>(4);
  private final FrameSlot scratch = new FrameSlot(new byte[MAX_FRAME_LENGTH], 0, MAX_FRAME_LENGTH);

  private final long delayNanos;

  /**
   * @param delayNanos from sending to receiving; 0 for the next turn, as fast as the machine goes
   */
  public Loopback(long delayNanos) {
    this.delayNanos = delayNanos;
  }

  @Override
  public FrameSlot claim(Nic nic, int length) {
    if (length > MAX_FRAME_LENGTH) {
      throw new IllegalArgumentException(length + " bytes do not fit a slot");
    }
    if (nic.waiting() >= MAX_BACKLOG || queue.size() >= MAX_WAITING) {
      scratch.claimed();
      return scratch;
    }
    return new FrameSlot(new byte[length], 0, length);
  }

  @Override
  public boolean isScratch(FrameSlot slot) {
    return slot == scratch;
  }

  @Override
  public void publish(FrameSlot slot) {
    slot.sender().waiting(1);
    queue.add(slot);
  }

  @Override
  public void abandon(FrameSlot slot) {
    // Slots are made for each frame; there is nothing to give back.
  }

  @Override
  public int maxFrameLength() {
    return MAX_FRAME_LENGTH;
  }

  @Override
  public int maxBacklog() {
    return MAX_BACKLOG;
  }

  @Override
  public int doWork(long now) {
    int waiting = queue.size();
    int delivered = 0;
    while (delivered < waiting && queue.element().stamp() + delayNanos <= now) {
      FrameSlot slot = queue.remove();
      slot.sender().waiting(-1);
      slot.sender().depart(slot, now);
      delivered++;
    }
    return delivered;
  }

  @Override
  public long nextDeadline() {
    return queue.isEmpty() ? Clock.NEVER : queue.element().stamp() + delayNanos;
  }
}
