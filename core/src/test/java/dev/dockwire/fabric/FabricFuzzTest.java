package dev.dockwire.fabric;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.bridge.Bridge;
import dev.dockwire.bridge.BridgePort;
import dev.dockwire.frame.DropReason;
import dev.dockwire.frame.MacAddress;
import dev.dockwire.link.FrameSlot;
import dev.dockwire.link.Nic;
import dev.dockwire.time.Seed;
import dev.dockwire.time.VirtualClock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Garbage of any length, on NICs that come, go and change: no exception, all accounted for. */
class FabricFuzzTest {

  private static final int STEPS = 20_000;
  private static final int MAX_LENGTH = 70_000;

  /** What a run leads to, in numbers that any difference would change. */
  private record Outcome(long checksum, long delivered, long dropped) {}

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void garbageIsCountedAndTheSameSeedGivesTheSameBytes(long seed) {
    Outcome first = new Run(seed).outcome();

    assertThat(first.delivered).isPositive();
    assertThat(first.dropped).isPositive();
    assertThat(new Run(seed).outcome()).isEqualTo(first);
    assertThat(new Run(seed + 100).outcome()).isNotEqualTo(first);
  }

  private static final class Run {

    private final RandomGenerator random;
    private final VirtualClock clock = new VirtualClock();
    private final Fabric fabric;
    private final List<Bridge> bridges = List.of(new Bridge("br0", 64), new Bridge("br1", 64));
    private final List<Nic> nics = new ArrayList<>();
    private final List<BridgePort> ports = new ArrayList<>();
    private final List<Inlet> inlets = new ArrayList<>();
    private final CRC32 checksum = new CRC32();
    private final byte[] garbage = new byte[MAX_LENGTH];
    private long now;

    Run(long seed) {
      random = new Seed(seed).generator("garbage");
      fabric = new Fabric(new FabricShape(64, 1_500, 30, random.nextInt(2) * 1_000));
      fabric.observe(
          new FrameObserver() {
            @Override
            public void onFrame(FrameSlot frame) {
              checksum.update(frame.bytes(), frame.offset(), frame.length());
              checksum.update(frame.fate().ordinal());
            }

            @Override
            public void onPause() {
              // Nothing is gathered.
            }
          });
      for (int i = 0; i < 8; i++) {
        Nic nic = new Nic("eth" + i, new MacAddress(0x0200 + i), 1_500, fabric);
        nics.add(nic);
        inlets.add(fabric.inlet(nic, clock));
        ports.add(bridges.get(i % 2).attach("port" + i, nic));
      }
      join();
      join();
    }

    private void join() {
      Nic here = new Nic("here", MacAddress.ZERO, 1_500, fabric);
      Nic there = new Nic("there", MacAddress.ZERO, 1_000, fabric);
      nics.add(here);
      nics.add(there);
      Bridge.join(here, bridges.get(0), there, bridges.get(1), true);
    }

    Outcome outcome() {
      for (int step = 0; step < STEPS; step++) {
        step();
        assertThat(nics.stream().mapToLong(Nic::inFlight).sum()).isEqualTo(fabric.inFlight());
      }
      nics.forEach(nic -> nic.setUp(true));
      do {
        now += TimeUnit.MILLISECONDS.toNanos(1);
      } while (fabric.doWork(now) > 0);
      assertThat(fabric.inFlight()).isZero();
      long dropped = 0;
      for (Nic nic : nics) {
        assertThat(nic.offered()).isEqualTo(nic.departed() + nic.drops().total());
        dropped += nic.drops().total();
      }
      for (BridgePort port : ports) {
        assertThat(port.received())
            .isEqualTo(port.forwarded() + port.flooded() + port.drops().total());
        dropped += port.drops().total();
      }
      assertThat(nics.getFirst().drops().of(DropReason.PORT_RUNT)).isPositive();
      assertThat(nics.getFirst().drops().of(DropReason.PORT_OVERSIZE)).isPositive();
      long delivered = nics.stream().mapToLong(nic -> nic.counters().rxPackets()).sum();
      return new Outcome(checksum.getValue(), delivered, dropped);
    }

    private void step() {
      int which = random.nextInt(8);
      switch (random.nextInt(20)) {
        case 0 -> fabric.doWork(now);
        case 1 -> {
          now += random.nextLong(5_000);
          fabric.doWork(now);
        }
        case 2 -> nics.get(which).setUp(random.nextBoolean());
        case 3 -> {
          ports.get(which).detach();
          ports.set(which, bridges.get(random.nextInt(2)).attach("again", nics.get(which)));
        }
        case 4 -> nics.get(which).abandon(nics.get(which).claim(60));
        case 5 -> {
          // At most so many that the hand-over has room: this is one thread.
          int count = 1 + random.nextInt(4);
          inlets.get(which).transmit(garbage, 0, random.nextInt(100), count);
          while (fabric.doWork(now) > 0) {
            // Until the inlet's frames are taken.
          }
        }
        default -> {
          int length = fillGarbage();
          nics.get(which).transmit(garbage, 0, length, now);
        }
      }
    }

    private int fillGarbage() {
      int length =
          switch (random.nextInt(8)) {
            case 0 -> random.nextInt(MAX_LENGTH + 1);
            case 1 -> random.nextInt(20);
            case 2 -> 1_500 + random.nextInt(30);
            default -> random.nextInt(200);
          };
      for (int i = 0; i < Math.min(length, 200); i++) {
        garbage[i] = (byte) random.nextInt();
      }
      if (random.nextBoolean() && length > 12) {
        // Addresses from a small set, so that some are known and some move.
        for (int i = 0; i < 12; i++) {
          garbage[i] = (byte) (i % 6 == 5 ? random.nextInt(8) : i % 6 == 4 ? 2 : 0);
        }
      }
      return length;
    }
  }
}
