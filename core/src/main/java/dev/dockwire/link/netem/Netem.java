package dev.dockwire.link.netem;

import dev.dockwire.frame.DropReason;
import dev.dockwire.link.FrameSlot;
import dev.dockwire.link.Nic;
import dev.dockwire.link.Qdisc;
import dev.dockwire.time.Timer;
import dev.dockwire.time.Timers;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.random.RandomGenerator;

/**
 * Impairs what one NIC transmits, in the order in which Linux's netem does it: duplicate, lose,
 * corrupt, then hold until the frame is due. Jitter reorders frames, as there.
 *
 * <p>Frames come from {@code Nic.publish}; a held one is a copy, and goes to the wire by {@code
 * Nic.send} when its time has come, so a capture has it at the time it enters the wire. A lost
 * frame never does: it is counted at the NIC as {@code port.link_loss}, or as {@code
 * port.queue_full} if too many are held. A duplicate counts as one more frame offered.
 */
public final class Netem implements Qdisc {

  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final int BITS = 8;
  private static final double MAX_DEVIATIONS = 4;

  private record Held(long due, long order, int hops, byte[] frame) {}

  private final Nic nic;
  private final RandomGenerator random;
  private final Timer timer;
  private final PriorityQueue<Held> queue =
      new PriorityQueue<>(Comparator.comparingLong(Held::due).thenComparingLong(Held::order));
  private final CorrelatedDraw duplicateDraw;
  private final CorrelatedDraw lossDraw;
  private final CorrelatedDraw corruptDraw;
  private final CorrelatedDraw reorderDraw;
  private final CorrelatedDraw delayDraw;

  private NetemOptions options;
  private boolean bad;
  private int sinceReordered;
  private long order;
  private long lastDue;
  private long heldBytes;
  private long sentFrames;
  private long sentBytes;
  private long droppedFrames;

  public Netem(Nic nic, NetemOptions options, Timers timers, RandomGenerator random) {
    this.nic = nic;
    this.options = options;
    this.random = random;
    this.timer = timers.timer(this::sendDue);
    this.duplicateDraw = new CorrelatedDraw(random);
    this.lossDraw = new CorrelatedDraw(random);
    this.corruptDraw = new CorrelatedDraw(random);
    this.reorderDraw = new CorrelatedDraw(random);
    this.delayDraw = new CorrelatedDraw(random);
  }

  /** Changes what happens to frames from now on; those that are held keep their time. */
  public void options(NetemOptions newOptions) {
    options = newOptions;
  }

  public NetemOptions options() {
    return options;
  }

  @Override
  public boolean enqueue(FrameSlot slot, int length, long now) {
    boolean twice = duplicateDraw.happens(options.duplicate());
    if (isLost()) {
      if (!twice) {
        drop(DropReason.PORT_LINK_LOSS);
        nic.abandon(slot);
        // A frame lost on its way is no news to its sender.
        return true;
      }
      twice = false;
    }
    if (twice) {
      nic.offerAgain();
      hold(copy(slot, length), slot.hops(), now);
    }
    boolean plain = options.delay() == Delay.NONE && options.rateBitsPerSecond() == 0;
    if (plain && queue.isEmpty()) {
      corrupt(slot.bytes(), slot.offset(), length);
      return send(slot, length, now);
    }
    byte[] frame = copy(slot, length);
    int hops = slot.hops();
    nic.abandon(slot);
    corrupt(frame, 0, length);
    return hold(frame, hops, now);
  }

  private static byte[] copy(FrameSlot slot, int length) {
    byte[] frame = new byte[length];
    System.arraycopy(slot.bytes(), slot.offset(), frame, 0, length);
    return frame;
  }

  private boolean isLost() {
    return switch (options.loss()) {
      case Loss.Random(Chance chance) -> lossDraw.happens(chance);
      case Loss.GilbertElliott model -> {
        double turn = random.nextDouble();
        bad = bad ? turn >= model.toGood() : turn < model.toBad();
        yield random.nextDouble() < (bad ? model.lossWhileBad() : model.lossWhileGood());
      }
    };
  }

  private void corrupt(byte[] bytes, int offset, int length) {
    if (corruptDraw.happens(options.corrupt())) {
      bytes[offset + random.nextInt(length)] ^= (byte) (1 << random.nextInt(BITS));
    }
  }

  /** Holds a frame until it is due, or sends it at once if it overtakes the others. */
  private boolean hold(byte[] frame, int hops, long now) {
    if (queue.size() >= options.limit()) {
      drop(DropReason.PORT_QUEUE_FULL);
      return false;
    }
    if (overtakes()) {
      sinceReordered = 0;
      transmit(frame, hops, now);
      return true;
    }
    sinceReordered++;
    long due = due(frame.length, now);
    queue.add(new Held(due, order++, hops, frame));
    heldBytes += frame.length;
    lastDue = queue.size() == 1 ? due : Math.max(lastDue, due);
    timer.arm(queue.element().due());
    return true;
  }

  private boolean overtakes() {
    return options.gap() != 0
        && sinceReordered >= options.gap() - 1
        && reorderDraw.happens(options.reorder());
  }

  private long due(int length, long now) {
    long delay = drawDelay();
    if (options.rateBitsPerSecond() == 0) {
      return now + Math.max(0, delay);
    }
    long start = now;
    if (!queue.isEmpty()) {
      // The line is busy until the last frame has left; the time it waits counts as delay.
      delay = Math.max(0, delay - (lastDue - now));
      start = lastDue;
    }
    long onLine = Math.ceilDiv(length * BITS * NANOS_PER_SECOND, options.rateBitsPerSecond());
    return start + Math.max(0, delay) + onLine;
  }

  private long drawDelay() {
    Delay delay = options.delay();
    if (delay.jitterNanos() == 0) {
      return delay.nanos();
    }
    double draw = delayDraw.next(delay.correlation());
    double deviations =
        switch (delay.distribution()) {
          case UNIFORM -> 2 * draw - 1;
          case NORMAL -> Math.clamp(Normal.quantile(draw), -MAX_DEVIATIONS, MAX_DEVIATIONS);
        };
    return delay.nanos() + Math.round(deviations * delay.jitterNanos());
  }

  private void sendDue(long now) {
    while (!queue.isEmpty() && queue.element().due() <= now) {
      Held held = queue.remove();
      heldBytes -= held.frame().length;
      transmit(held.frame(), held.hops(), now);
    }
    if (!queue.isEmpty()) {
      timer.arm(queue.element().due());
    }
  }

  private void transmit(byte[] frame, int hops, long now) {
    FrameSlot slot = nic.claim(frame.length);
    slot.hops(hops);
    System.arraycopy(frame, 0, slot.bytes(), slot.offset(), frame.length);
    send(slot, frame.length, now);
  }

  private boolean send(FrameSlot slot, int length, long now) {
    sentFrames++;
    sentBytes += length;
    return nic.send(slot, length, now);
  }

  private void drop(DropReason reason) {
    droppedFrames++;
    nic.lose(reason);
  }

  @Override
  public void reset() {
    timer.cancel();
    queue.forEach(held -> drop(DropReason.PORT_LINK_LOSS));
    queue.clear();
    heldBytes = 0;
  }

  /** Frames that are held. */
  public int heldFrames() {
    return queue.size();
  }

  public long heldBytes() {
    return heldBytes;
  }

  /** Frames that went on to the wire. */
  public long sentFrames() {
    return sentFrames;
  }

  public long sentBytes() {
    return sentBytes;
  }

  /** Frames that were lost here, by chance or for want of room. */
  public long droppedFrames() {
    return droppedFrames;
  }
}
