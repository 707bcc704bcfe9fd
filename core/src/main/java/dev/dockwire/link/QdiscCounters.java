package dev.dockwire.link;

/** The counters of a {@link Qdisc} that {@code tc -s qdisc show} shows. */
public final class QdiscCounters {

  private long sentFrames;
  private long sentBytes;
  private long dropped;
  private long overLimits;
  private long requeues;

  /** A frame has gone on to the wire. */
  public void countSent(int length) {
    sentFrames++;
    sentBytes += length;
  }

  /** A frame was lost, by chance or for want of room. */
  public void countDropped() {
    dropped++;
  }

  /** A frame had to wait for the rate to allow it. */
  public void countOverLimit() {
    overLimits++;
  }

  /** A frame was put before those that wait. */
  public void countRequeued() {
    requeues++;
  }

  public long sentFrames() {
    return sentFrames;
  }

  public long sentBytes() {
    return sentBytes;
  }

  public long dropped() {
    return dropped;
  }

  public long overLimits() {
    return overLimits;
  }

  public long requeues() {
    return requeues;
  }
}
