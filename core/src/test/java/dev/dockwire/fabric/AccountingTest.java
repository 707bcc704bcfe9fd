package dev.dockwire.fabric;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.bridge.Bridge;
import dev.dockwire.bridge.BridgePort;
import dev.dockwire.frame.DropReason;
import dev.dockwire.frame.EthernetView;
import dev.dockwire.frame.MacAddress;
import dev.dockwire.link.Nic;
import dev.dockwire.time.Clock;
import dev.dockwire.time.Loop;
import dev.dockwire.time.RealClock;
import dev.dockwire.time.Seed;
import dev.dockwire.time.Worker;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** F1: {@code offered = delivered + dropped by reason + in flight}, for every port, at any time. */
class AccountingTest {

  private static final int INLETS = 4;
  private static final int FRAMES_PER_INLET = 500_000;
  private static final int TURNS_BETWEEN_CHECKS = 512;
  private static final int BURST = 1_500;
  private static final int BURSTS = 500;
  private static final int LENGTH = 60;
  private static final int BATCH = 32;

  private final RealClock clock = new RealClock();
  private final Fabric fabric = new Fabric(FabricShape.DEFAULT);
  private final Bridge bridge = new Bridge("br0");
  private final List<Nic> nics = new ArrayList<>();
  private final RandomGenerator random = new Seed(1).generator("accounting");
  private long handled;
  private int turns;

  @Test
  void theAccountIsExactUnderOverload() throws InterruptedException {
    for (int i = 0; i < INLETS + 2; i++) {
      Nic nic = new Nic("eth0", new MacAddress(mac(i)), 1_500, fabric);
      nic.handler((_, _, _) -> handled++);
      bridge.attach("port" + i, nic);
      nics.add(nic);
    }
    List<Thread> senders = new ArrayList<>();
    for (int i = 0; i < INLETS; i++) {
      senders.add(Thread.ofPlatform().daemon().unstarted(sender(i)));
    }
    OwnSender own = new OwnSender(nics.get(INLETS));
    Loop loop = new Loop(clock);
    loop.add(fabric);
    loop.add(own);
    senders.forEach(Thread::start);

    long handedOver = (long) INLETS * FRAMES_PER_INLET;
    loop.runUntil(
        () -> {
          if (turns++ % TURNS_BETWEEN_CHECKS == 0) {
            checkAccount();
          }
          return own.bursts == BURSTS && offeredByInlets() == handedOver && fabric.inFlight() == 0;
        });
    for (Thread sender : senders) {
      sender.join();
    }

    checkAccount();
    assertThat(nics.stream().mapToLong(Nic::inFlight).sum()).isZero();
    assertThat(nics.get(INLETS).offered()).isEqualTo((long) BURSTS * BURST);
    // The fabric's own sender offers more than there is room for; the other threads wait instead.
    assertThat(nics.get(INLETS).drops().of(DropReason.PORT_QUEUE_FULL)).isPositive();
    for (int i = 0; i < INLETS; i++) {
      assertThat(nics.get(i).departed()).isEqualTo(FRAMES_PER_INLET);
    }
  }

  private void checkAccount() {
    long inFlight = 0;
    long departed = 0;
    long received = 0;
    for (Nic nic : nics) {
      assertThat(nic.offered()).isEqualTo(nic.departed() + nic.drops().total() + nic.inFlight());
      inFlight += nic.inFlight();
      departed += nic.departed();
      received += nic.counters().rxPackets() + nic.counters().rxDropped();
    }
    long arrived = 0;
    long delivered = 0;
    for (BridgePort port : bridge.ports()) {
      assertThat(port.received())
          .isEqualTo(port.forwarded() + port.flooded() + port.drops().total());
      arrived += port.received();
      delivered += port.delivered();
    }
    assertThat(inFlight).isEqualTo(fabric.inFlight());
    assertThat(arrived).isEqualTo(departed);
    assertThat(received).isEqualTo(delivered).isEqualTo(handled);
  }

  private long offeredByInlets() {
    return nics.subList(0, INLETS).stream().mapToLong(Nic::offered).sum();
  }

  /** Another thread's frames: to everybody known and unknown, one by one and in batches. */
  private Runnable sender(int number) {
    Inlet inlet = fabric.inlet(nics.get(number), clock);
    byte[] frames = new byte[BATCH * LENGTH];
    for (int i = 0; i < BATCH; i++) {
      long destination = i == 0 ? MacAddress.BROADCAST.value() : mac(i % (INLETS + 3));
      EthernetView.emitHeader(frames, i * LENGTH, destination, mac(number), 0x88b5);
    }
    return () -> {
      for (int sent = 0; sent < FRAMES_PER_INLET; sent += 2 * BATCH + 1) {
        int left = FRAMES_PER_INLET - sent;
        inlet.transmit(frames, 0, LENGTH, Math.min(BATCH, left));
        for (int i = 0; i <= BATCH && i < left - BATCH; i++) {
          inlet.transmit(frames, i % BATCH * LENGTH, LENGTH);
        }
      }
    };
  }

  /** A host on the fabric's own thread that sends more at a time than there is room for. */
  private final class OwnSender implements Worker {

    private final Nic nic;
    private final byte[] frame = new byte[LENGTH];
    private int bursts;

    OwnSender(Nic nic) {
      this.nic = nic;
    }

    @Override
    public int doWork(long now) {
      if (bursts == BURSTS || random.nextInt(4) != 0) {
        return 0;
      }
      bursts++;
      for (int i = 0; i < BURST; i++) {
        long destination = mac(random.nextInt(INLETS + 3));
        EthernetView.emitHeader(frame, 0, destination, nic.mac().value(), 0x88b5);
        nic.transmit(frame, 0, LENGTH, now);
      }
      return BURST;
    }

    @Override
    public long nextDeadline() {
      return bursts == BURSTS ? Clock.NEVER : 0;
    }
  }

  private static long mac(int number) {
    return 0x0242_ac11_0000L + number;
  }
}
