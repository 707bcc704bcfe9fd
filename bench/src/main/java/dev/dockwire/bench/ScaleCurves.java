package dev.dockwire.bench;

import dev.dockwire.time.RealClock;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * What do a frame, and an idle thing of its kind, cost where there are few and where there are
 * many? No JMH: {@code bench/compare/scale.sh} runs it, each curve in a process of its own.
 *
 * <p>Writes a table and a picture of containers, networks or connections. A frame's cost is
 * processor time of the one thread that does everything, both ends' stacks included: once with all
 * of them taking part in shuffled order, which asks the caches for everything again and again, once
 * with the same few, which only a search that grows could make dearer.
 */
public final class ScaleCurves {

  /** As many as a bridge of Linux has ports for, less some. */
  private static final int CONTAINERS_PER_NETWORK = 1_000;

  private static final int SLICES = 5;
  private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(400);
  private static final long WARM_NANOS = TimeUnit.SECONDS.toNanos(3);
  private static final int FEW = 64;

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final Path folder;
  private final String counted;

  private ScaleCurves(String counted, Path folder) {
    this.counted = counted;
    this.folder = folder;
  }

  public static void main(String[] arguments) throws Exception {
    ScaleCurves curves = new ScaleCurves(arguments[0], Path.of(arguments[1]));
    switch (curves.counted) {
      case "containers" ->
          curves.draw(1, () -> new Crowd(CONTAINERS_PER_NETWORK), 10, 100, 1_000, 10_000, 100_000);
      case "networks" -> curves.draw(2, () -> new Crowd(2), 1, 10, 100, 1_000, 3_000);
      case "connections" -> {
        Supplier<Load> pairs = () -> new ConnectedPairs(new RealClock());
        curves.draw(1, pairs, 1, 10, 100, 1_000, 10_000, 100_000);
      }
      default -> throw new IllegalArgumentException("no curve of " + curves.counted);
    }
  }

  /**
   * @param each how many of the load's things make one of what is counted
   */
  private void draw(int each, Supplier<Load> loads, int... counts) throws Exception {
    warmUp(loads, counts[0] * each);
    long before = Heap.used();
    List<Curve.Point> points = new ArrayList<>();
    try (Load load = loads.get()) {
      for (int count : counts) {
        load.grow(count * each);
        everyoneOnce(load);
        double all = nanosPerFrame(load, load.size());
        points.add(new Curve.Point(count, all, nanosPerFrame(load, FEW), Heap.used() - before));
        System.out.println(counted + " " + points.getLast());
      }
    }
    write(new Curve(counted, points));
  }

  /** What a JVM keeps of the classes it has used is no part of the load. */
  private void warmUp(Supplier<Load> loads, int size) throws Exception {
    try (Load load = loads.get()) {
      load.grow(size);
      measure(load, FEW, WARM_NANOS);
    }
  }

  /** Neighbours are resolved, classes loaded. */
  private static void everyoneOnce(Load load) {
    for (int done = 0; done < 2 * load.size(); ) {
      done += load.burst(load.size());
    }
  }

  private double nanosPerFrame(Load load, int taking) {
    double[] slices = new double[SLICES];
    for (int i = 0; i < SLICES; i++) {
      slices[i] = measure(load, taking, SLICE_NANOS);
    }
    Arrays.sort(slices);
    return slices[SLICES / 2];
  }

  /** Processor time per frame while the load works for some of it. */
  private double measure(Load load, int taking, long atLeastNanos) {
    long frames = load.frames();
    long begin = threads.getCurrentThreadCpuTime();
    long spent;
    do {
      for (int i = 0; i < 16; i++) {
        load.burst(taking);
      }
      spent = threads.getCurrentThreadCpuTime() - begin;
    } while (spent < atLeastNanos);
    return (double) spent / (load.frames() - frames);
  }

  private void write(Curve curve) throws IOException {
    Files.writeString(folder.resolve(curve.counted() + ".csv"), curve.csv());
    Files.writeString(folder.resolve(curve.counted() + ".svg"), new CurvePicture(curve).svg());
  }
}
