package dev.dockwire.time;

/** How a thread that has nothing to do lets real time pass. */
public interface Sleeper {

  /**
   * Sleeps for {@code nanos}, or until {@link #wake} is called, or for less.
   *
   * @param nanos {@link Clock#NEVER} to sleep until woken
   */
  void sleep(long nanos);

  /** Ends a sleep, or the next one before it begins; may be called from any thread. */
  void wake();
}
