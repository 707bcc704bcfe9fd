package dev.dockwire.link;

import dev.dockwire.frame.EthernetView;
import dev.dockwire.time.Clock;
import dev.dockwire.time.Worker;
import java.util.ArrayDeque;

/**
 * The medium of every host's {@code lo}: frames come back to the NIC that sent them, in order, in
 * the next turn. It stands beside the ring because a loopback packet may be 64 KiB, which would not
 * let a ring of such slots stay in cache; so captures of the ring do not see it.
 */
public final class Loopback implements Medium, Worker {

  public static final int MTU = 65_536;

  private static final int MAX_FRAME_LENGTH = MTU + EthernetView.HEADER_LENGTH;
  private static final int MAX_BACKLOG = 1_000;

  private final ArrayDeque<FrameSlot> queue = new ArrayDeque<>(4);
  private final FrameSlot scratch = new FrameSlot(new byte[MAX_FRAME_LENGTH], 0, MAX_FRAME_LENGTH);

  @Override
  public FrameSlot claim(Nic nic, int length) {
    if (length > MAX_FRAME_LENGTH) {
      throw new IllegalArgumentException(length + " bytes do not fit a slot");
    }
    if (queue.size() >= MAX_BACKLOG) {
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
    for (int i = 0; i < waiting; i++) {
      FrameSlot slot = queue.remove();
      slot.sender().depart(slot, now);
    }
    return waiting;
  }

  @Override
  public long nextDeadline() {
    return queue.isEmpty() ? Clock.NEVER : 0;
  }
}
