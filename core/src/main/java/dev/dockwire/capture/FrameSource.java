package dev.dockwire.capture;

import java.io.IOException;
import java.util.Optional;

/** The frames of a file in one of the formats. */
sealed interface FrameSource permits PcapngSource, PcapSource {

  /**
   * The next frame; empty at the end of the file.
   *
   * @throws CaptureFormatException if what follows cannot be understood
   */
  Optional<CapturedFrame> next() throws IOException;

  /** How many octets of a frame the file holds at most, as far as it says so by now; 0 if not. */
  int snapLength();
}
