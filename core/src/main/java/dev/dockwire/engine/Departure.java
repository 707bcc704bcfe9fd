package dev.dockwire.engine;

import dev.dockwire.host.Host;
import dev.dockwire.host.World;
import dev.dockwire.stack.HostStack;
import dev.dockwire.time.Timer;

/**
 * Lets the last frames of a container that has ended go before its wires are taken up: the FIN of a
 * connection that closes with its process, the answer to it, the acknowledgment of that. Docker too
 * takes a moment to take a network namespace down, in which the kernel finishes what it can; what
 * is not through after {@link #PATIENCE_NANOS} vanishes with the namespace.
 */
final class Departure {

  static final long PATIENCE_NANOS = 100_000_000;
  private static final long FIRST_LOOK_NANOS = 50_000;

  private final Host host;
  private final Runnable gone;
  private final Timer timer;
  private final long latest;
  private long interval = FIRST_LOOK_NANOS;

  /**
   * @param gone called once, when the wires may be taken up
   */
  Departure(World world, Host host, Runnable gone) {
    this.host = host;
    this.gone = gone;
    this.timer = world.timers().timer(this::look);
    this.latest = world.now() + PATIENCE_NANOS;
  }

  /** Begins to wait; if there is nothing to wait for it is over before this returns. */
  void begin(long now) {
    look(now);
  }

  /** Waits no longer: somebody needs the container's place. */
  void cutShort() {
    timer.cancel();
    gone.run();
  }

  private void look(long now) {
    if (isQuiet() || now >= latest) {
      gone.run();
    } else {
      timer.arm(Math.min(now + interval, latest));
      interval *= 2;
    }
  }

  private boolean isQuiet() {
    HostStack stack = host.stack();
    return host.processes().list().isEmpty()
        && stack.tcp().isQuiet()
        && stack.interfaces().stream().allMatch(each -> each.nic().inFlight() == 0);
  }
}
