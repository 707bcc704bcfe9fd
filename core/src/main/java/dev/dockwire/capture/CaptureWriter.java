package dev.dockwire.capture;

import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.frame.MacAddress;
import java.io.Closeable;
import java.util.List;
import java.util.Optional;

/**
 * A capture file being written. What a format has no place for is left out.
 *
 * <p>No method throws: when the file cannot be written the writer stops, leaves it with whole
 * blocks only, and says why in {@link #problem}; everything after that goes nowhere. Used by one
 * thread; {@link #problem} may be asked by any.
 */
public sealed interface CaptureWriter extends Closeable permits BlockWriter {

  /** The snap length that stands for "all of it": more than any frame on a ring has. */
  int WHOLE_FRAMES = 65_535;

  /**
   * Announces a link end; returns the number its frames are recorded under, from 0.
   *
   * @param description empty for none
   */
  int addInterface(String name, MacAddress mac, String description);

  /**
   * Records one frame.
   *
   * @param epochNanos when, in nanoseconds since the Unix epoch
   * @param lost frames of this interface lost since the one before
   * @param comment empty for none
   */
  void frame(
      int interfaceNumber,
      long epochNanos,
      byte[] bytes,
      int offset,
      int length,
      Direction direction,
      long lost,
      String comment);

  /** Records the names of an address, the one to show first. */
  void names(Ipv4Address address, List<String> names);

  /**
   * Records the account of an interface at the end.
   *
   * @param startNanos when its first frame was recorded, in nanoseconds since the Unix epoch
   * @param endNanos when the capture ended
   * @param received how many frames were recorded
   * @param lost how many were lost since the first one
   */
  void statistics(int interfaceNumber, long startNanos, long endNanos, long received, long lost);

  /** Whether there is room for a frame now; if not it should be left out, and counted as lost. */
  boolean hasRoom();

  /** Hands what was gathered to the file. */
  void flush();

  /** Why writing has stopped, in one line; empty while all is well. */
  Optional<String> problem();

  /** Whether there is a {@link #problem}; asked for every frame. */
  boolean isStopped();

  /** Flushes and closes the file. */
  @Override
  void close();

  /** The largest snap length for 0 or too much, else {@code snapLength} itself. */
  static int snapLength(int snapLength) {
    return snapLength <= 0 ? WHOLE_FRAMES : Math.min(snapLength, WHOLE_FRAMES);
  }
}
