package dev.dockwire.stack.tcp;

import dev.dockwire.link.FramePort;
import dev.dockwire.link.FrameSlot;
import dev.dockwire.link.Medium;
import dev.dockwire.link.Nic;
import dev.dockwire.time.Timer;
import dev.dockwire.time.Timers;
import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.random.RandomGenerator;

/** One direction of a long path that loses, reorders and duplicates frames by chance. */
final class ImpairedPath implements FramePort {

  /**
   * What the path does to frames.
   *
   * @param loss the share of frames that vanish, and so on
   * @param lateNanos how much later than others a reordered frame is at most
   */
  record Impairment(
      long delayNanos, double loss, double reorder, long lateNanos, double duplicate) {

    static Impairment loss(long delayNanos, double loss) {
      return new Impairment(delayNanos, loss, 0, 0, 0);
    }
  }

  private record Late(long at, long order, byte[] frame) {}

  private final Impairment impairment;
  private final RandomGenerator chance;
  private final Timer timer;
  private final Nic exit;
  private final PriorityQueue<Late> underway =
      new PriorityQueue<>(Comparator.comparingLong(Late::at).thenComparingLong(Late::order));
  private long order;

  ImpairedPath(
      Impairment impairment, Nic to, RandomGenerator chance, Timers timers, Medium medium) {
    this.impairment = impairment;
    this.chance = chance;
    this.timer = timers.timer(this::deliver);
    this.exit = new Nic("exit", to.mac(), to.mtu(), medium);
    exit.connect(to);
  }

  @Override
  public void receive(FrameSlot slot, long now) {
    slot.settle(FrameSlot.Fate.DELIVERED, null);
    if (chance.nextDouble() < impairment.loss) {
      return;
    }
    byte[] frame = Arrays.copyOfRange(slot.bytes(), slot.offset(), slot.offset() + slot.length());
    take(frame, now);
    if (chance.nextDouble() < impairment.duplicate) {
      take(frame, now);
    }
  }

  private void take(byte[] frame, long now) {
    boolean late = chance.nextDouble() < impairment.reorder;
    long extra = late ? chance.nextLong(impairment.lateNanos) : 0;
    underway.add(new Late(now + impairment.delayNanos + extra, order++, frame));
    timer.arm(underway.peek().at);
  }

  private void deliver(long now) {
    while (!underway.isEmpty() && underway.peek().at <= now) {
      byte[] frame = underway.remove().frame;
      exit.transmit(frame, 0, frame.length, now);
    }
    if (!underway.isEmpty()) {
      timer.arm(underway.peek().at);
    }
  }
}
