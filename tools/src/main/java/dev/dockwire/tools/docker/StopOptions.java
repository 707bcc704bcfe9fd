package dev.dockwire.tools.docker;

import dev.dockwire.engine.Container;
import dev.dockwire.engine.Engine;
import dev.dockwire.host.Signal;
import dev.dockwire.tools.docker.flag.Flags;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** The options of {@code docker stop} and {@code docker restart}. */
public final class StopOptions {

  private StopOptions() {}

  static Flags flags() {
    return new Flags()
        .string("signal", 's', "Signal to send to the container")
        .integer("timeout", 't', "Seconds to wait before killing the container");
  }

  static Optional<Signal> signal(Flags flags) {
    return flags.string("signal").map(Engine::signal);
  }

  /** How long to wait: what the user says, or the container's own; empty for ever. */
  static OptionalLong graceNanos(Flags flags, Container container) {
    return graceNanos(flags.integer("timeout"), container);
  }

  /** How long to wait for a container's end if the user says so many seconds, or nothing. */
  public static OptionalLong graceNanos(Optional<Long> seconds, Container container) {
    if (seconds.isPresent()) {
      return seconds.get() < 0
          ? OptionalLong.empty()
          : OptionalLong.of(TimeUnit.SECONDS.toNanos(seconds.get()));
    }
    OptionalLong own = container.spec().stopTimeoutNanos();
    if (own.isEmpty()) {
      return OptionalLong.of(Engine.DEFAULT_STOP_NANOS);
    }
    return own.getAsLong() < 0 ? OptionalLong.empty() : own;
  }
}
