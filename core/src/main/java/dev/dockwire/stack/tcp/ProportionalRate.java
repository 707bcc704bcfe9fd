package dev.dockwire.stack.tcp;

/**
 * How much goes out for each acknowledgment during recovery (RFC 6937, with the slow start
 * reduction bound), in octets: the window comes down evenly over one round trip.
 */
final class ProportionalRate {

  private int delivered;
  private int out;
  private int flightAtStart;

  void start(int flight) {
    delivered = 0;
    out = 0;
    flightAtStart = Math.max(flight, 1);
  }

  void sent(int octets) {
    out += octets;
  }

  /** The congestion window after an acknowledgment told of so many octets delivered. */
  int window(int newlyDelivered, int pipe, int ssthresh, int mss) {
    delivered += newlyDelivered;
    int count;
    if (pipe > ssthresh) {
      long share = ((long) delivered * ssthresh + flightAtStart - 1) / flightAtStart;
      count = (int) share - out;
    } else {
      count = Math.min(ssthresh - pipe, Math.max(delivered - out, newlyDelivered) + mss);
    }
    // The first retransmission goes out in any case.
    return pipe + Math.max(count, out == 0 ? mss : 0);
  }
}
