package dev.dockwire.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.time.Loop;
import dev.dockwire.time.Timers;
import dev.dockwire.time.VirtualClock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FlowTableTest {

  private final Loop loop = new Loop(new VirtualClock());
  private final Timers timers = new Timers();
  private final FlowTable<Integer, Named> table = new FlowTable<>(timers);
  private final List<Integer> closed = new ArrayList<>();

  private final class Named extends FlowTable.Flow {

    private final int name;

    Named(int name) {
      this.name = name;
    }

    @Override
    void close() {
      closed.add(name);
    }
  }

  @BeforeEach
  void turnTimers() {
    loop.add(timers);
  }

  private Named add(int name) {
    Named flow = new Named(name);
    table.add(name, flow, loop.now());
    return flow;
  }

  private void runTo(long seconds) {
    loop.runUntil(TimeUnit.SECONDS.toNanos(seconds));
  }

  @Test
  void aFlowGoesWhenItHasBeenSilentForNinetySeconds() {
    add(1);
    Named two = add(2);
    runTo(60);
    two.heard(loop.now());
    runTo(89);
    assertThat(closed).isEmpty();
    runTo(91);
    assertThat(closed).containsExactly(1);
    runTo(149);
    assertThat(closed).containsExactly(1);
    runTo(151);
    assertThat(closed).containsExactly(1, 2);
    add(3);
    runTo(300);
    assertThat(closed).containsExactly(1, 2, 3);
  }

  @Test
  void ofTooManyTheOneThatWasAskedForLongestAgoGoes() {
    for (int i = 0; i < FlowTable.MAX_FLOWS; i++) {
      add(i);
    }
    assertThat(table.find(0)).isNotNull();
    add(FlowTable.MAX_FLOWS);
    assertThat(closed).containsExactly(1);
    assertThat(table.size()).isEqualTo(FlowTable.MAX_FLOWS);
    table.close();
    assertThat(closed).hasSize(FlowTable.MAX_FLOWS + 1);
  }
}
