package dev.dockwire.capture.text;

/**
 * Ends the text of a frame where its captured octets end. It never leaves {@link FrameText}, which
 * then appends which header it was that is not all there.
 */
final class CutShort extends RuntimeException {

  static final CutShort HERE = new CutShort();

  private static final long serialVersionUID = 1;

  private CutShort() {
    super("cut short", null, false, false);
  }
}
