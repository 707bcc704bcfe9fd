package dev.dockwire.stack.tcp;

/** How a {@link CongestionWindow} grows, and how far it falls when a segment is lost. */
interface CongestionControl {

  /** By the name that Linux gives it: "cubic", "reno" or "bbr". */
  static CongestionControl named(String name) {
    return switch (name) {
      case "cubic" -> new Cubic();
      case "reno" -> new Reno();
      case "bbr" -> new Bbr();
      default -> throw new IllegalArgumentException("no such congestion control: " + name);
    };
  }

  String name();

  /**
   * Octets were acknowledged while the window was the limit.
   *
   * @param flight octets under way before
   * @param srttNanos the smoothed round trip time
   * @param rttNanos the round trip of this acknowledgment, or -1
   */
  void acknowledged(
      CongestionWindow window, int octets, int flight, long srttNanos, long rttNanos, long now);

  /** The window after a loss. */
  int afterLoss(CongestionWindow window);

  /** Time passed in which nothing was sent, or the window was changed otherwise. */
  void restart();

  /** What wants to be told of each delivery; null if losses alone decide. */
  default DeliveryRate rate() {
    return null;
  }

  /**
   * After each acknowledgment, for what has a {@link #rate}: sets the window by its model, in
   * recovery and outside.
   *
   * @param delivered octets that the acknowledgment told of
   * @param lost octets that it showed to be lost
   * @param rttNanos a round trip, or -1
   */
  default void modelled(
      CongestionWindow window,
      int delivered,
      int lost,
      int pipe,
      boolean inRecovery,
      long rttNanos,
      long now) {}

  /** How long so many octets keep others from being sent; 0 without pacing. */
  default long paceNanos(int octets) {
    return 0;
  }
}
