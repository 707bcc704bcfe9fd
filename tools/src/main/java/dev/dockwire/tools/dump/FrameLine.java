package dev.dockwire.tools.dump;

import dev.dockwire.capture.CapturedFrame;
import dev.dockwire.capture.Direction;
import dev.dockwire.capture.text.FrameText;
import dev.dockwire.capture.text.TextStyle;
import dev.dockwire.capture.text.Timestamps;
import java.util.Locale;

/**
 * The line for one frame: when, where, which way, what, and the remark that came with it. Of a
 * frame that cannot be decoded it tells what is known.
 */
final class FrameLine {

  private final FrameText text;
  private final Timestamps times = new Timestamps(Timestamps.Form.TIME_OF_DAY, true);

  /**
   * @param linkHeader whether lines begin with the Ethernet header, as with tcpdump's {@code -e}
   */
  FrameLine(boolean linkHeader) {
    text = new FrameText(TextStyle.NUMERIC.withOneLine(true).withLinkHeader(linkHeader));
  }

  String of(CapturedFrame frame) {
    StringBuilder line = new StringBuilder(160);
    times.append(line, frame.epochNanos());
    if (!frame.interfaceName().isEmpty()) {
      line.append(String.format(Locale.ROOT, "%-5s ", frame.interfaceName()));
    }
    if (frame.direction() != Direction.UNKNOWN) {
      line.append(frame.direction() == Direction.OUTBOUND ? "Out " : "In  ");
    }
    byte[] bytes = frame.bytes();
    text.append(line, bytes, 0, bytes.length, frame.originalLength());
    if (!frame.comment().isEmpty()) {
      line.append(" [").append(frame.comment()).append(']');
    }
    return printable(line);
  }

  /** Names and comments come from a file; they shall not move the reader's cursor. */
  private static String printable(StringBuilder line) {
    for (int i = 0; i < line.length(); i++) {
      if (Character.isISOControl(line.charAt(i))) {
        line.setCharAt(i, '?');
      }
    }
    return line.toString();
  }
}
