package dev.dockwire.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dockwire.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SchedulerTest {

  private final Scheduler scheduler = new Scheduler();
  private final List<String> events = new ArrayList<>();

  private void run() {
    while (scheduler.doWork(0) > 0) {
      // Until nothing is ready.
    }
  }

  @Test
  void runsTasksInTheOrderTheyWereStartedAndOnlyInItsTurn() {
    scheduler.start("a", () -> events.add("a"));
    scheduler.start("b", () -> events.add("b"));
    assertThat(events).isEmpty();
    assertThat(scheduler.nextDeadline()).isZero();
    assertThat(scheduler.doWork(0)).isEqualTo(2);
    assertThat(events).containsExactly("a", "b");
    assertThat(scheduler.nextDeadline()).isEqualTo(Clock.NEVER);
  }

  @Test
  void aBlockedTaskGoesOnWhenItIsWoken() {
    Scheduler.Task[] task = new Scheduler.Task[1];
    task[0] =
        scheduler.start(
            "a",
            () -> {
              events.add("before");
              task[0].block();
              events.add("after");
            });
    run();
    assertThat(events).containsExactly("before");
    task[0].wake();
    task[0].wake();
    run();
    assertThat(events).containsExactly("before", "after");
  }

  @Test
  void tasksThatYieldTakeTurns() {
    for (String name : List.of("a", "b")) {
      Scheduler.Task[] task = new Scheduler.Task[1];
      task[0] =
          scheduler.start(
              name,
              () -> {
                for (int i = 0; i < 3; i++) {
                  events.add(name + i);
                  task[0].yield();
                }
              });
    }
    run();
    assertThat(events).containsExactly("a0", "b0", "a1", "b1", "a2", "b2");
  }

  @Test
  void exactlyOneRunsAtATime() {
    AtomicInteger running = new AtomicInteger();
    for (int n = 0; n < 50; n++) {
      Scheduler.Task[] task = new Scheduler.Task[1];
      task[0] =
          scheduler.start(
              "t" + n,
              () -> {
                for (int i = 0; i < 20; i++) {
                  if (running.incrementAndGet() != 1) {
                    throw new IllegalStateException("two at a time");
                  }
                  running.decrementAndGet();
                  task[0].yield();
                }
              });
    }
    run();
    assertThat(running).hasValue(0);
    assertThat(scheduler.nextDeadline()).isEqualTo(Clock.NEVER);
  }

  @Test
  void aTurnIsBounded() {
    Scheduler.Task[] task = new Scheduler.Task[1];
    task[0] =
        scheduler.start(
            "busy",
            () -> {
              while (true) {
                task[0].yield();
              }
            });
    assertThat(scheduler.doWork(0)).isBetween(1, 1_000);
    assertThat(scheduler.nextDeadline()).isZero();
  }

  @Test
  void aBugInATaskStopsTheLoop() {
    scheduler.start(
        "buggy",
        () -> {
          throw new IllegalArgumentException("a bug");
        });
    assertThatThrownBy(this::run)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("buggy")
        .hasRootCauseMessage("a bug");
  }
}
