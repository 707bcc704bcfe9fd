package dev.dockwire.host;

import dev.dockwire.stack.HostStack;
import dev.dockwire.time.Seed;
import java.util.List;
import java.util.Map;

/** A world in virtual time with one host, on which tests run programs written as lambdas. */
public final class TestProcesses {

  public static final long SECOND = 1_000_000_000L;

  public final World world = World.inVirtualTime(new Seed(1));
  public final Host host =
      new Host(
          world,
          "h",
          "h",
          new HostStack("h", world.timers(), world.seed().generator("h")),
          new FileTree());

  public Process start(Program program) {
    return start(program, null, Stdio.NULL);
  }

  public Process start(Program program, Process parent, Stdio stdio) {
    return host.processes()
        .start(program, parent, new ProcessSpec(List.of("program"), Map.of(), "/", stdio));
  }

  /** Takes the place of process 1, which signals treat differently, and sleeps. */
  public Process startInit() {
    return start(self -> sleepForever(self));
  }

  public static int sleepForever(Process self) {
    while (true) {
      self.sleep(3_600 * SECOND);
    }
  }

  /** Lets everything happen up to now, without time passing. */
  public void settle() {
    world.loop().runUntil(world.now());
  }

  public void runFor(long nanos) {
    world.loop().runUntil(world.now() + nanos);
  }

  /** Runs until a process has ended; returns its exit status. */
  public int finish(Process process) {
    if (!world.loop().runUntil(process::hasEnded)) {
      throw new AssertionError(process + " waits for ever");
    }
    return process.exitStatus();
  }
}
