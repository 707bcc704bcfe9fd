package dev.dockwire.stack.tcp;

/**
 * Whether a time-out was for nothing (F-RTO, RFC 5682, section 3, with SACK and without): after the
 * first segment is repeated and acknowledged, new data goes out instead of more repetitions. If
 * what was sent once only is then acknowledged, nothing was lost.
 */
final class ForwardRecovery {

  private enum Step {
    OFF,
    REPEATED,
    SENDS_NEW
  }

  private Step step = Step.OFF;
  private boolean originalDelivered;

  void timedOut() {
    step = Step.REPEATED;
  }

  void stop() {
    step = Step.OFF;
  }

  boolean isOn() {
    return step != Step.OFF;
  }

  /** An acknowledgment has come; {@link #delivered} says of what. */
  void begin() {
    originalDelivered = false;
  }

  /** Something that was sent before the time-out, and not since, has arrived. */
  void delivered() {
    originalDelivered = true;
  }

  /**
   * Judges the acknowledgment.
   *
   * @param anything whether it told of anything, or was a duplicate
   * @return whether the time-out was for nothing
   */
  boolean isSpurious(boolean advanced, boolean anything) {
    if (step == Step.OFF) {
      return false;
    }
    if (originalDelivered) {
      step = Step.OFF;
      return true;
    }
    if (step == Step.REPEATED && advanced) {
      step = Step.SENDS_NEW;
    } else if (anything) {
      step = Step.OFF;
    }
    return false;
  }

  /** Whether new data should go out, and nothing be repeated. */
  boolean sendsNew() {
    return step == Step.SENDS_NEW;
  }
}
