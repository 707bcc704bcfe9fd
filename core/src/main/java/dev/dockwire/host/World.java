package dev.dockwire.host;

import dev.dockwire.fabric.Fabric;
import dev.dockwire.fabric.FabricShape;
import dev.dockwire.link.Loopback;
import dev.dockwire.link.QdiscHandles;
import dev.dockwire.time.Clock;
import dev.dockwire.time.Loop;
import dev.dockwire.time.RealClock;
import dev.dockwire.time.Seed;
import dev.dockwire.time.Sleeper;
import dev.dockwire.time.Timers;
import dev.dockwire.time.VirtualClock;
import java.util.random.RandomGenerator;

/**
 * What all hosts of one emulation share: the loop with its clock, the timers, the fabric, the
 * loopback medium, the scheduler of programs, the handles of qdiscs, and the seed.
 */
public final class World {

  private final Loop loop;
  private final Timers timers = new Timers();
  private final Scheduler scheduler = new Scheduler();
  private final QdiscHandles qdiscHandles = new QdiscHandles();
  private final Loopback loopback;
  private final Fabric fabric;
  private final Seed seed;
  private final boolean simulated;

  public World(Clock clock, FabricShape shape, Seed seed) {
    this(clock, shape, seed, true);
  }

  private World(Clock clock, FabricShape shape, Seed seed, boolean simulated) {
    this.loop = new Loop(clock);
    this.fabric = new Fabric(shape);
    this.loopback = new Loopback(Math.min(shape.wireNanos(), Loopback.LIFELIKE_NANOS));
    this.seed = seed;
    this.simulated = simulated;
    loop.add(scheduler);
    loop.add(loopback);
    loop.add(fabric);
    loop.add(timers);
  }

  /** A world in virtual time: the same seed gives the same bytes. */
  public static World inVirtualTime(Seed seed) {
    return new World(
        new VirtualClock(),
        FabricShape.DEFAULT.withWireNanos(FabricShape.LIFELIKE_WIRE_NANOS),
        seed);
  }

  /** A world in the machine's own time. */
  public static World inRealTime(Seed seed) {
    return new World(new RealClock(), FabricShape.DEFAULT, seed, false);
  }

  /**
   * A world in the machine's own time whose loop sleeps elsewhere.
   *
   * @param sleeper where, for example in a wait for real sockets
   */
  public static World inRealTime(Seed seed, Sleeper sleeper) {
    return new World(new RealClock(0, sleeper), FabricShape.DEFAULT, seed, false);
  }

  public Loop loop() {
    return loop;
  }

  public long now() {
    return loop.now();
  }

  /** The wall-clock time now, in nanoseconds since the Unix epoch. */
  public long epochNanos() {
    return loop.clock().epochNanos() + loop.now();
  }

  public Timers timers() {
    return timers;
  }

  public Fabric fabric() {
    return fabric;
  }

  public Loopback loopback() {
    return loopback;
  }

  public Scheduler scheduler() {
    return scheduler;
  }

  public QdiscHandles qdiscHandles() {
    return qdiscHandles;
  }

  public Seed seed() {
    return seed;
  }

  /**
   * The generator of what others must not guess, such as a stack's keys: by the seed in a
   * simulation, by the operating system where peers may be real.
   */
  public RandomGenerator secrets(String purpose) {
    return simulated ? seed.generator(purpose) : Seed.entropy();
  }
}
