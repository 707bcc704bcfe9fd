package dev.dockwire.host;

import static dev.dockwire.host.TestProcesses.SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProcessTest {

  private final TestProcesses system = new TestProcesses();
  private final List<String> events = new ArrayList<>();

  @Test
  void endsWithTheStatusThatItsProgramReturns() {
    assertThat(system.finish(system.start(self -> 3))).isEqualTo(3);
    assertThat(system.finish(system.start(self -> 300))).isEqualTo(44);
  }

  @Test
  void exitEndsItAtOnce() {
    Process process =
        system.start(
            self -> {
              self.exit(7);
              events.add("never");
              return 0;
            });
    assertThat(system.finish(process)).isEqualTo(7);
    assertThat(events).isEmpty();
  }

  @Test
  void sleepsInVirtualTime() {
    Process process =
        system.start(
            self -> {
              self.sleep(5 * SECOND);
              return 0;
            });
    system.finish(process);
    assertThat(system.world.now()).isEqualTo(5 * SECOND);
  }

  @Test
  void numbersBeginAtOneAndBeginAnewWhenAllHaveEnded() {
    Process first = system.startInit();
    Process second = system.startInit();
    assertThat(first.pid()).isEqualTo(1);
    assertThat(second.pid()).isEqualTo(2);
    assertThat(system.host.processes().list()).containsExactly(first, second);
    first.signal(Signal.KILL);
    system.settle();
    assertThat(system.host.processes().list()).isEmpty();
    assertThat(system.startInit().pid()).isEqualTo(1);
  }

  @Test
  void theEndOfProcessOneIsTheEndOfAll() {
    Process first = system.startInit();
    Process second = system.startInit();
    first.signal(Signal.KILL);
    system.settle();
    assertThat(second.hasEnded()).isTrue();
    assertThat(second.exitStatus()).isEqualTo(137);
  }

  @Test
  void aSignalEndsAProcessThatDoesNotHandleIt() {
    system.startInit();
    for (Signal signal : List.of(Signal.TERM, Signal.INT, Signal.HUP, Signal.QUIT, Signal.KILL)) {
      Process process = system.start(TestProcesses::sleepForever);
      system.settle();
      process.signal(signal);
      system.settle();
      assertThat(process.hasEnded()).as(signal.name()).isTrue();
      assertThat(process.exitStatus()).isEqualTo(128 + signal.number());
      assertThat(process.endedBy()).contains(signal);
    }
  }

  @Test
  void someSignalsAreIgnoredByDefault() {
    system.startInit();
    Process process = system.start(TestProcesses::sleepForever);
    process.signal(Signal.CHLD);
    process.signal(Signal.WINCH);
    system.settle();
    assertThat(process.hasEnded()).isFalse();
  }

  @Test
  void processOneIgnoresWhatItDoesNotHandleExceptKill() {
    Process init = system.startInit();
    system.settle();
    init.signal(Signal.TERM);
    init.signal(Signal.INT);
    system.settle();
    assertThat(init.hasEnded()).isFalse();
    init.signal(Signal.KILL);
    system.settle();
    assertThat(init.exitStatus()).isEqualTo(137);
  }

  @Test
  void processOneHandlesWhatItHasAHandlerFor() {
    Process init =
        system.start(
            self -> {
              self.onSignal(Signal.TERM, () -> self.exit(4));
              return TestProcesses.sleepForever(self);
            });
    system.settle();
    init.signal(Signal.TERM);
    assertThat(system.finish(init)).isEqualTo(4);
  }

  @Test
  void aHandlerRunsAndDisturbsTheWaiting() {
    system.startInit();
    Process process =
        system.start(
            self -> {
              self.onSignal(Signal.INT, () -> events.add("handled"));
              self.sleep(10 * SECOND);
              events.add("awake");
              return 0;
            });
    system.runFor(SECOND);
    process.signal(Signal.INT);
    process.signal(Signal.INT);
    system.finish(process);
    assertThat(events).as("two before it is taken count once").containsExactly("handled", "awake");
    assertThat(system.world.now()).isEqualTo(SECOND);
  }

  @Test
  void withoutItsHandlerASignalIsWhatItWas() {
    system.startInit();
    Process process =
        system.start(
            self -> {
              self.onSignal(Signal.WINCH, () -> events.add("resized"));
              self.onSignal(Signal.TERM, () -> events.add("terminated"));
              self.sleep(SECOND);
              self.defaultSignal(Signal.WINCH);
              self.defaultSignal(Signal.TERM);
              return TestProcesses.sleepForever(self);
            });
    system.settle();
    process.signal(Signal.WINCH);
    process.signal(Signal.TERM);
    system.settle();
    assertThat(events).containsExactlyInAnyOrder("resized", "terminated");
    process.signal(Signal.WINCH);
    system.settle();
    assertThat(process.hasEnded()).isFalse();
    process.signal(Signal.TERM);
    assertThat(system.finish(process)).isEqualTo(143);
  }

  @Test
  void aPendingSignalWhoseHandlerWentIsStillIgnoredIfItIsByDefault() {
    system.startInit();
    Process process =
        system.start(
            self -> {
              self.onSignal(Signal.WINCH, () -> events.add("resized"));
              self.signal(Signal.WINCH);
              self.defaultSignal(Signal.WINCH);
              self.sleep(SECOND);
              return 5;
            });
    assertThat(system.finish(process)).isEqualTo(5);
    assertThat(events).isEmpty();
  }

  @Test
  void anIgnoredSignalPassesByChildrenToo() {
    system.startInit();
    Process[] child = new Process[1];
    Process parent =
        system.start(
            self -> {
              self.ignoreSignal(Signal.INT);
              child[0] = system.start(TestProcesses::sleepForever, self, Stdio.NULL);
              return TestProcesses.sleepForever(self);
            });
    system.settle();
    parent.signal(Signal.INT);
    child[0].signal(Signal.INT);
    system.settle();
    assertThat(parent.hasEnded()).isFalse();
    assertThat(child[0].hasEnded()).isFalse();
    child[0].signal(Signal.KILL);
    assertThat(system.finish(child[0])).isEqualTo(137);
  }

  @Test
  void killEndsAProcessBeforeItHasBegun() {
    system.startInit();
    Process process = system.start(self -> events.size());
    process.signal(Signal.KILL);
    assertThat(system.finish(process)).isEqualTo(137);
  }

  @Test
  void signalsToAProcessThatHasEndedAreLost() {
    Process process = system.start(self -> 0);
    system.finish(process);
    process.signal(Signal.KILL);
    system.settle();
    assertThat(process.exitStatus()).isZero();
  }

  @Test
  void waitsForAChild() {
    Process parent =
        system.start(
            self -> {
              Process child =
                  system.start(
                      inner -> {
                        inner.sleep(SECOND);
                        return 9;
                      },
                      self,
                      Stdio.NULL);
              return self.waitFor(child);
            });
    assertThat(system.finish(parent)).isEqualTo(9);
    assertThat(system.world.now()).isEqualTo(SECOND);
  }

  @Test
  void aChildsEndIsASignalThatDisturbsNoWaiting() {
    Process parent =
        system.start(
            self -> {
              self.onSignal(Signal.CHLD, () -> events.add("child ended"));
              system.start(inner -> 0, self, Stdio.NULL);
              self.sleep(SECOND);
              return 0;
            });
    system.finish(parent);
    assertThat(events).containsExactly("child ended");
    assertThat(system.world.now()).isEqualTo(SECOND);
  }

  @Test
  void groupsAreInheritedUntilSomebodyLeads() {
    system.startInit();
    Process[] processes = new Process[2];
    Process leader =
        system.start(
            self -> {
              processes[0] = system.start(TestProcesses::sleepForever, self, Stdio.NULL);
              processes[1] = system.start(TestProcesses::sleepForever, self, Stdio.NULL);
              processes[1].lead();
              return TestProcesses.sleepForever(self);
            });
    system.settle();
    leader.signalGroup(Signal.TERM);
    system.settle();
    assertThat(leader.hasEnded()).isTrue();
    assertThat(processes[0].endedBy()).contains(Signal.TERM);
    assertThat(processes[1].hasEnded()).isFalse();
  }

  @Test
  void execTakesItsPlaceWithoutItsHandlers() {
    system.startInit();
    Map<String, String> environment = new LinkedHashMap<>(Map.of("A", "1"));
    Process process =
        system.start(
            self -> {
              self.onSignal(Signal.TERM, () -> events.add("handled"));
              self.ignoreSignal(Signal.INT);
              self.exec(
                  inner -> {
                    events.add(inner.arguments() + " " + inner.environment() + " " + inner.pid());
                    return TestProcesses.sleepForever(inner);
                  },
                  new ProcessSpec(List.of("other"), environment, "/tmp", Stdio.NULL));
              events.add("never");
              return 0;
            });
    system.settle();
    assertThat(events).containsExactly("[other] {A=1} 2");
    process.signal(Signal.INT);
    system.settle();
    assertThat(process.hasEnded()).isFalse();
    process.signal(Signal.TERM);
    assertThat(system.finish(process)).isEqualTo(143);
  }

  @Test
  void aWriteThatFailsAndIsNotHandledIsABadStatusOnly() {
    Output full =
        (writer, bytes, offset, length) -> {
          throw new SystemCallException(Errno.ENOSPC);
        };
    Process process =
        system.start(
            self -> {
              self.print("x");
              return 0;
            },
            null,
            Stdio.NULL.withOut(full));
    assertThat(system.finish(process)).isEqualTo(1);
  }

  @Test
  void endlessRecursionEndsTheProcessNotTheWorld() {
    assertThat(system.finish(system.start(ProcessTest::recurse))).isEqualTo(139);
    assertThat(system.finish(system.start(self -> 0))).isZero();
  }

  private static int recurse(Process self) {
    return recurse(self) + 1;
  }

  @Test
  void aBugStopsTheWorld() {
    Process process =
        system.start(
            self -> {
              throw new IllegalStateException("a bug");
            });
    assertThatThrownBy(() -> system.finish(process)).hasRootCauseMessage("a bug");
  }

  @Test
  void deadlinesPassInOrder() {
    system.startInit();
    for (int seconds : new int[] {3, 1, 2}) {
      system.start(
          self -> {
            self.sleep(seconds * SECOND);
            events.add(seconds + " at " + self.now() / SECOND);
            return 0;
          });
    }
    system.runFor(4 * SECOND);
    assertThat(events).containsExactly("1 at 1", "2 at 2", "3 at 3");
  }
}
