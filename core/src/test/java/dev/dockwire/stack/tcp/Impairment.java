package dev.dockwire.stack.tcp;

/**
 * What a path does to frames, by chance; a direction has its own.
 *
 * @param loss the share of frames that vanish, or with which a burst of losses begins
 * @param burstNanos how long a burst takes; 0 for each frame by itself
 * @param reorder the share of frames that arrive later than others
 * @param lateNanos how much later at most
 * @param duplicate the share of frames that arrive twice
 * @param corrupt the share of frames that arrive with one bit turned over
 * @param bitsPerSecond 0 for no limit
 * @param queue octets that wait for the slowest link; what comes on top is lost
 */
record Impairment(
    long delayNanos,
    double loss,
    long burstNanos,
    double reorder,
    long lateNanos,
    double duplicate,
    double corrupt,
    long bitsPerSecond,
    int queue) {

  static Impairment delay(long nanos) {
    return new Impairment(nanos, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  Impairment withLoss(double share) {
    return withLoss(share, 0);
  }

  Impairment withLoss(double share, long nanos) {
    return new Impairment(
        delayNanos, share, nanos, reorder, lateNanos, duplicate, corrupt, bitsPerSecond, queue);
  }

  Impairment withReorder(double share, long nanos) {
    return new Impairment(
        delayNanos, loss, burstNanos, share, nanos, duplicate, corrupt, bitsPerSecond, queue);
  }

  Impairment withDuplicate(double share) {
    return new Impairment(
        delayNanos, loss, burstNanos, reorder, lateNanos, share, corrupt, bitsPerSecond, queue);
  }

  Impairment withCorrupt(double share) {
    return new Impairment(
        delayNanos, loss, burstNanos, reorder, lateNanos, duplicate, share, bitsPerSecond, queue);
  }

  Impairment withRate(long bits, int octetsWaiting) {
    return new Impairment(
        delayNanos, loss, burstNanos, reorder, lateNanos, duplicate, corrupt, bits, octetsWaiting);
  }
}
