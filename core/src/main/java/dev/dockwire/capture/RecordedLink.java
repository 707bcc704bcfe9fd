package dev.dockwire.capture;

import dev.dockwire.link.Nic;

/** One link end that a capture has recorded frames at: its number in the file and its account. */
final class RecordedLink {

  final int number;

  /** Null once it is gone. */
  private Nic nic;

  private long lostAtTheEnd;
  private final long startNanos;
  private final long lostBefore;
  private long recorded;
  private long missed;
  private long lostReported;

  RecordedLink(int number, Nic nic, long startNanos) {
    this.number = number;
    this.nic = nic;
    this.startNanos = startNanos;
    this.lostBefore = lostByNic();
  }

  void countRecorded() {
    recorded++;
  }

  /** One that crossed the link but is not in the file. */
  void countMissed() {
    missed++;
  }

  long recorded() {
    return recorded;
  }

  /** When its first frame was recorded, in nanoseconds since the Unix epoch. */
  long startNanos() {
    return startNanos;
  }

  /** Frames lost since this was asked last. */
  long takeLost() {
    long lost = Math.max(0, lost() - lostReported);
    lostReported += lost;
    return lost;
  }

  /** Frames the NIC lost since its first one was recorded, and those the capture missed. */
  long lost() {
    return lostByNic() - lostBefore + missed;
  }

  /** Lets go of a NIC whose wire was pulled out; returns whether it was. */
  boolean settleIfGone() {
    if (nic.peer() != null) {
      return false;
    }
    lostAtTheEnd = lostByNic();
    nic = null;
    return true;
  }

  /** Those that were cut off on the wire are on the ring, and so in the capture, with a verdict. */
  private long lostByNic() {
    return nic == null ? lostAtTheEnd : nic.drops().total() - nic.cutOff();
  }
}
