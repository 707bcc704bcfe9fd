package dev.dockwire.engine.address;

import java.util.Map;
import java.util.TreeMap;

/**
 * The numbers within a subnet that are taken, as runs of neighbours: what it needs grows with what
 * is taken, wherever in the subnet that is, and the lowest free one is found without a search.
 */
final class TakenNumbers {

  /** The last number of each run, by its first; no two runs touch. */
  private final TreeMap<Long, Long> runs = new TreeMap<>();

  private long count;

  boolean contains(long number) {
    Map.Entry<Long, Long> run = runs.floorEntry(number);
    return run != null && number <= run.getValue();
  }

  /** The lowest number from {@code from} on that is not taken. */
  long nextFree(long from) {
    Map.Entry<Long, Long> run = runs.floorEntry(from);
    return run == null || run.getValue() < from ? from : run.getValue() + 1;
  }

  void add(long number) {
    if (contains(number)) {
      return;
    }
    count++;
    Long end = runs.remove(number + 1);
    Map.Entry<Long, Long> before = runs.lowerEntry(number);
    boolean touches = before != null && before.getValue() == number - 1;
    runs.put(touches ? before.getKey() : number, end == null ? number : end);
  }

  void remove(long number) {
    Map.Entry<Long, Long> run = runs.floorEntry(number);
    if (run == null || run.getValue() < number) {
      return;
    }
    count--;
    if (run.getKey() < number) {
      runs.put(run.getKey(), number - 1);
    } else {
      runs.remove(number);
    }
    if (number < run.getValue()) {
      runs.put(number + 1, run.getValue());
    }
  }

  /** How many are taken. */
  long count() {
    return count;
  }

  /** How many runs they make up: what this takes memory for. */
  int runs() {
    return runs.size();
  }
}
