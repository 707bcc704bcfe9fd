package dev.dockwire.time;

/** One timer of a {@link Timers}: armed for a deadline, expires once, can be armed again. */
public final class Timer {

  /** What happens when the timer's deadline has come. */
  @FunctionalInterface
  public interface Expiry {
    void expire(long now);
  }

  final Expiry expiry;
  long deadline;
  long order;
  int index = -1;

  private final Timers timers;

  Timer(Timers timers, Expiry expiry) {
    this.timers = timers;
    this.expiry = expiry;
  }

  /** Sets the deadline, in monotonic nanoseconds, whether armed before or not. */
  public void arm(long deadlineNanos) {
    timers.arm(this, deadlineNanos);
  }

  public void cancel() {
    timers.remove(this);
  }

  public boolean isArmed() {
    return index >= 0;
  }

  /** The deadline last set. */
  public long deadline() {
    return deadline;
  }

  boolean isBefore(Timer other) {
    return deadline != other.deadline ? deadline < other.deadline : order < other.order;
  }
}
