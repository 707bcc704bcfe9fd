package dev.dockwire.time;

/** Something a {@link Loop} turns: a fabric, the timers, the programs. */
public interface Worker {

  /**
   * Does one bounded turn of what is ready at {@code now}.
   *
   * @return how many things were done; 0 when there was nothing to do
   */
  int doWork(long now);

  /** When there will be work that needs no event from elsewhere; {@link Clock#NEVER} if never. */
  long nextDeadline();
}
