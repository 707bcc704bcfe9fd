package dev.dockwire.stack.tcp;

import dev.dockwire.frame.EthernetView;
import dev.dockwire.frame.Ipv4View;
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

/** One direction of a long path with an {@link Impairment}. */
final class ImpairedPath implements FramePort {

  private record Late(long at, long order, byte[] frame) {}

  private final Impairment impairment;
  private final RandomGenerator chance;
  private final Ipv4View packet = new Ipv4View();
  private final Timer timer;
  private final Nic exit;
  private final PriorityQueue<Late> underway =
      new PriorityQueue<>(Comparator.comparingLong(Late::at).thenComparingLong(Late::order));
  private long order;
  private long losingUntil;
  private long busyUntil;
  private long corrupted;
  private long overflowed;
  private long marked;

  ImpairedPath(
      Impairment impairment, Nic to, RandomGenerator chance, Timers timers, Medium medium) {
    this.impairment = impairment;
    this.chance = chance;
    this.timer = timers.timer(this::deliver);
    this.exit = new Nic("exit", to.mac(), to.mtu(), medium);
    exit.connect(to);
  }

  /** Frames that came out with a bit turned over. */
  long corrupted() {
    return corrupted;
  }

  /** Packets that were marked for congestion. */
  long marked() {
    return marked;
  }

  /** Frames for which the queue had no room. */
  long overflowed() {
    return overflowed;
  }

  @Override
  public void receive(FrameSlot slot, long now) {
    slot.settle(FrameSlot.Fate.DELIVERED, null);
    if (isLost(now)) {
      return;
    }
    byte[] frame = Arrays.copyOfRange(slot.bytes(), slot.offset(), slot.offset() + slot.length());
    take(frame, now);
    if (chance.nextDouble() < impairment.duplicate()) {
      take(frame, now);
    }
  }

  private boolean isLost(long now) {
    boolean lost = chance.nextDouble() < impairment.loss();
    if (lost) {
      losingUntil = now + impairment.burstNanos();
    }
    return lost || now < losingUntil;
  }

  private void take(byte[] frame, long now) {
    long leaves = now;
    if (impairment.bitsPerSecond() > 0) {
      double perOctet = 8e9 / impairment.bitsPerSecond();
      if (busyUntil - now > impairment.queue() * perOctet) {
        overflowed++;
        return;
      }
      if (busyUntil - now > impairment.queue() / 2 * perOctet) {
        mark(frame);
      }
      busyUntil = Math.max(busyUntil, now) + (long) (frame.length * perOctet);
      leaves = busyUntil;
    }
    boolean late = chance.nextDouble() < impairment.reorder();
    long extra = late ? chance.nextLong(impairment.lateNanos()) : 0;
    underway.add(new Late(leaves + impairment.delayNanos() + extra, order++, frame));
    timer.arm(underway.peek().at);
  }

  /** Says that the queue is half full, to those who want to hear it. */
  private void mark(byte[] frame) {
    if (packet.wrap(frame, EthernetView.HEADER_LENGTH, frame.length - EthernetView.HEADER_LENGTH)
        && (packet.typeOfService() & 3) == 2) {
      packet.typeOfService(3).updateChecksum();
      marked++;
    }
  }

  private void deliver(long now) {
    while (!underway.isEmpty() && underway.peek().at <= now) {
      byte[] frame = underway.remove().frame;
      if (chance.nextDouble() < impairment.corrupt()) {
        frame = frame.clone();
        int at = chance.nextInt(EthernetView.HEADER_LENGTH, frame.length);
        frame[at] ^= (byte) (1 << chance.nextInt(8));
        corrupted++;
      }
      exit.transmit(frame, 0, frame.length, now);
    }
    if (!underway.isEmpty()) {
      timer.arm(underway.peek().at);
    }
  }
}
