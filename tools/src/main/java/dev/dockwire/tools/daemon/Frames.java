package dev.dockwire.tools.daemon;

/**
 * How output of a container without a terminal is sent: each piece says which stream it is of. One
 * byte for that, three zeros, the length in four bytes, the bytes.
 */
final class Frames {

  static final int STDOUT = 1;
  static final int STDERR = 2;

  static final String RAW = "application/vnd.docker.raw-stream";

  private static final String MULTIPLEXED = "application/vnd.docker.multiplexed-stream";
  private static final int HEADER = 8;

  private Frames() {}

  static byte[] frame(int stream, byte[] bytes, int offset, int length) {
    byte[] frame = new byte[HEADER + length];
    frame[0] = (byte) stream;
    for (int i = 0; i < Integer.BYTES; i++) {
      frame[HEADER - 1 - i] = (byte) (length >>> (8 * i));
    }
    System.arraycopy(bytes, offset, frame, HEADER, length);
    return frame;
  }

  /** What the answer's type is; clients before 1.42 are not told that there are frames. */
  static String contentType(boolean framed, Request request) {
    return framed && !request.isOlderThan("1.42") ? MULTIPLEXED : RAW;
  }
}
