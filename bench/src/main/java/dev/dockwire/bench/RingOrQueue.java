package dev.dockwire.bench;

import dev.dockwire.fabric.Fabric;
import dev.dockwire.fabric.FabricShape;
import dev.dockwire.link.FrameSlot;
import dev.dockwire.link.Medium;
import dev.dockwire.link.Nic;
import dev.dockwire.time.Clock;
import dev.dockwire.time.Worker;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** What does the ring cost, or gain, against a plain queue of frames doing the same switching? */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class RingOrQueue extends Measured {

  /** Frames lie in a ring, in a queue of one thread, in one that threads may share. */
  public enum Carrier {
    RING,
    ARRAY_DEQUE,
    ARRAY_BLOCKING_QUEUE
  }

  @Param Carrier carrier;

  @Param({"64", "1514"})
  int size;

  private Worker medium;
  private SwitchedNetwork network;

  @Setup
  public void buildNetwork() {
    switch (carrier) {
      case RING -> use(new Fabric(FabricShape.DEFAULT));
      case ARRAY_DEQUE -> use(new QueueMedium(new ArrayDeque<>()));
      case ARRAY_BLOCKING_QUEUE -> use(new QueueMedium(new ArrayBlockingQueue<>(512)));
    }
  }

  private <M extends Medium & Worker> void use(M chosen) {
    medium = chosen;
    network = new SwitchedNetwork(chosen, size, 1_024);
  }

  @Benchmark
  @OperationsPerInvocation(SwitchedNetwork.BATCH)
  public long oneThread() {
    network.sendBatch(0);
    while (medium.doWork(0) > 0) {
      // Until nothing is left.
    }
    return network.delivered();
  }

  /** Frames in a queue, each in an array of its own, used again when it has arrived. */
  private static final class QueueMedium implements Medium, Worker {

    private static final int MAX_FRAME_LENGTH = 1_518;

    private final Queue<FrameSlot> queue;
    private final ArrayDeque<FrameSlot> free = new ArrayDeque<>();
    private final FrameSlot scratch = newSlot();

    QueueMedium(Queue<FrameSlot> queue) {
      this.queue = queue;
    }

    private static FrameSlot newSlot() {
      return new FrameSlot(new byte[MAX_FRAME_LENGTH], 0, MAX_FRAME_LENGTH);
    }

    @Override
    public FrameSlot claim(Nic nic, int length) {
      FrameSlot slot = free.poll();
      return slot == null ? newSlot() : slot;
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
      free.add(slot);
    }

    @Override
    public int maxFrameLength() {
      return MAX_FRAME_LENGTH;
    }

    @Override
    public int maxBacklog() {
      return Integer.MAX_VALUE;
    }

    @Override
    public int doWork(long now) {
      int done = 0;
      for (FrameSlot slot = queue.poll(); slot != null; slot = queue.poll()) {
        slot.sender().depart(slot, now);
        free.add(slot);
        done++;
      }
      return done;
    }

    @Override
    public long nextDeadline() {
      return queue.isEmpty() ? Clock.NEVER : 0;
    }
  }
}
