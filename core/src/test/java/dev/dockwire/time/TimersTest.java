package dev.dockwire.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TimersTest {

  private final Timers timers = new Timers();
  private final List<String> expired = new ArrayList<>();

  private Timer timer(String name) {
    return timers.timer(now -> expired.add(name + "@" + now));
  }

  @Test
  void equalDeadlinesExpireInTheOrderOfArming() {
    for (String name : List.of("a", "b", "c", "d", "e")) {
      timer(name).arm(10);
    }
    timers.doWork(9);
    assertThat(expired).isEmpty();
    timers.doWork(10);
    assertThat(expired).containsExactly("a@10", "b@10", "c@10", "d@10", "e@10");
  }

  @Test
  void cancelledAndRearmedTimersKeepTheHeapInOrder() {
    SplittableRandom random = new SplittableRandom(7);
    List<Timer> all = new ArrayList<>();
    List<Long> deadlines = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      all.add(timers.timer(deadlines::add));
    }
    for (int i = 0; i < 5_000; i++) {
      Timer timer = all.get(random.nextInt(all.size()));
      if (random.nextInt(3) == 0) {
        timer.cancel();
      } else {
        timer.arm(random.nextLong(1_000));
      }
    }
    int armed = timers.armed();
    assertThat(all.stream().filter(Timer::isArmed)).hasSize(armed);
    while (timers.armed() > 0) {
      timers.doWork(timers.nextDeadline());
    }
    assertThat(deadlines).hasSize(armed).isSorted();
    assertThat(timers.nextDeadline()).isEqualTo(Clock.NEVER);
  }

  @Test
  void virtualTimeJumpsFromDeadlineToDeadline() {
    Loop loop = new Loop(new VirtualClock());
    loop.add(timers);
    timer("day").arm(86_400_000_000_000L);
    timer("second").arm(1_000_000_000L);
    assertThat(loop.runUntil(() -> expired.size() == 2)).isTrue();
    assertThat(expired).containsExactly("second@1000000000", "day@86400000000000");
    assertThat(loop.runUntil(() -> false)).as("nothing left to wait for").isFalse();
  }
}
