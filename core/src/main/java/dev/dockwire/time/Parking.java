package dev.dockwire.time;

import java.util.concurrent.locks.LockSupport;

/** Sleeps by parking the thread. */
final class Parking implements Sleeper {

  private volatile Thread parked;
  private volatile boolean woken;

  @Override
  public void sleep(long nanos) {
    parked = Thread.currentThread();
    if (!woken) {
      if (nanos == Clock.NEVER) {
        LockSupport.park(this);
      } else {
        LockSupport.parkNanos(this, nanos);
      }
    }
    parked = null;
    woken = false;
  }

  @Override
  public void wake() {
    woken = true;
    Thread sleeper = parked;
    if (sleeper != null) {
      LockSupport.unpark(sleeper);
    }
  }
}
