package dev.dockwire.stack.tcp;

/** How a {@link CongestionWindow} grows, and how far it falls when a segment is lost. */
interface CongestionControl {

  /**
   * Octets were acknowledged while the window was the limit.
   *
   * @param srttNanos the smoothed round trip time
   */
  void acknowledged(CongestionWindow window, int octets, long srttNanos, long now);

  /** The window after a loss. */
  int afterLoss(CongestionWindow window);

  /** Time passed in which nothing was sent, or the window was changed otherwise. */
  void restart();
}
