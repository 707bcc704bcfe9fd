package dev.dockwire.link.tbf;

/**
 * The options of {@code tc qdisc ... tbf}.
 *
 * @param bytesPerSecond the rate in the long run
 * @param burst octets that may pass at once after a pause
 * @param limit octets that may wait
 * @param peakBytesPerSecond the rate within a burst; 0 for unlimited
 * @param peakBurst octets that may pass at once even then
 */
public record TbfOptions(
    long bytesPerSecond, long burst, long limit, long peakBytesPerSecond, long peakBurst) {

  public boolean hasPeak() {
    return peakBytesPerSecond != 0;
  }
}
