package dev.dockwire.tools.play;

import dev.dockwire.host.World;
import dev.dockwire.time.Clock;
import dev.dockwire.time.RealClock;
import java.io.PrintWriter;
import java.util.concurrent.TimeUnit;

/** A line on the terminal that says how far a long wait is. */
final class Progress {

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final PrintWriter err;
  private final boolean enabled;
  private final World world;
  private final Clock clock = new RealClock();
  private long nextAt = PATIENCE_NANOS;
  private boolean shown;

  Progress(PrintWriter err, boolean enabled, World world) {
    this.err = err;
    this.enabled = enabled;
    this.world = world;
  }

  /** Called often while something runs. */
  void tick() {
    if (enabled && clock.now() > nextAt) {
      nextAt = clock.now() + PATIENCE_NANOS / 4;
      long seconds = TimeUnit.NANOSECONDS.toSeconds(world.now());
      err.print(CLEAR_LINE + "... " + seconds + " s in the scenario's time");
      err.flush();
      shown = true;
    }
  }

  /** Takes the line away, before something else is printed. */
  void clear() {
    nextAt = clock.now() + PATIENCE_NANOS;
    if (shown) {
      err.print(CLEAR_LINE);
      err.flush();
      shown = false;
    }
  }
}
