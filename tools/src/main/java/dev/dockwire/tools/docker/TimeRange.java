package dev.dockwire.tools.docker;

import dev.dockwire.host.Process;
import dev.dockwire.time.Clock;
import dev.dockwire.tools.docker.filter.Timestamps;
import dev.dockwire.tools.docker.flag.Flags;
import dev.dockwire.tools.docker.flag.UsageException;

/**
 * What {@code --since} and {@code --until} ask for, in nanoseconds since the Unix epoch, both ends
 * included.
 */
public record TimeRange(long since, long until) {

  private static final long ALWAYS = Long.MIN_VALUE;
  private static final long FOREVER = Long.MAX_VALUE;

  static TimeRange of(Flags flags, long epochNanos) throws UsageException {
    return of(flags.string("since").orElse(""), flags.string("until").orElse(""), epochNanos);
  }

  /** Reads two texts, each of which may be empty; {@code epochNanos} is now. */
  public static TimeRange of(String since, String until, long epochNanos) throws UsageException {
    return new TimeRange(parse(since, ALWAYS, epochNanos), parse(until, FOREVER, epochNanos));
  }

  private static long parse(String text, long otherwise, long epochNanos) throws UsageException {
    try {
      return text.isEmpty() ? otherwise : Timestamps.parse(text, epochNanos);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage());
    }
  }

  /** Whether nothing is asked for. */
  public boolean isOpen() {
    return since == ALWAYS && until == FOREVER;
  }

  public boolean contains(long epochNanos) {
    return since <= epochNanos && epochNanos <= until;
  }

  /** When, in monotonic nanoseconds, nothing more can come; {@link Clock#NEVER} without an end. */
  public long deadline(Process self) {
    if (until == FOREVER) {
      return Clock.NEVER;
    }
    long now = self.world().epochNanos();
    return until <= now ? self.now() : self.now() + (until - now);
  }
}
