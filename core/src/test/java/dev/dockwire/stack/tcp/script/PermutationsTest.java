package dev.dockwire.stack.tcp.script;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Scenario 16: five segments in each of their 120 orders make the same stream. */
class PermutationsTest {

  private static final int SEGMENTS = 5;
  private static final int OCTETS = 10;

  @Test
  void everyOrderIsTheSameStream() {
    permute(List.of(), 0);
  }

  private void permute(List<Integer> order, int used) {
    if (order.size() == SEGMENTS) {
      play(order);
    }
    for (int next = 0; next < SEGMENTS; next++) {
      if ((used & 1 << next) == 0) {
        List<Integer> longer = new ArrayList<>(order);
        longer.add(next);
        permute(longer, used | 1 << next);
      }
    }
  }

  /** Whatever comes is acknowledged at once: up to the first octet that is missing. */
  private static void play(List<Integer> order) {
    List<String> lines = new ArrayList<>(List.of("# Segments in the order " + order, "0 accepted"));
    int come = 0;
    for (int segment : order) {
      come |= 1 << segment;
      int first = 1 + OCTETS * segment;
      int missing = 1 + OCTETS * Integer.numberOfTrailingZeros(~come);
      lines.add("< . %d:%d(%d) ack 1".formatted(first, first + OCTETS, OCTETS));
      lines.add("> . 1:1(0) ack " + missing);
    }
    lines.add("read " + SEGMENTS * OCTETS);
    lines.add("read nothing");
    ScenarioRunner.play(Script.parse("permutation", lines));
  }
}
