package dev.dockwire.program.tcpdump;

import dev.dockwire.capture.CapturedFrame;
import dev.dockwire.capture.Direction;
import dev.dockwire.capture.text.FrameText;
import dev.dockwire.capture.text.HexDump;
import dev.dockwire.capture.text.TextStyle;
import dev.dockwire.capture.text.Timestamps;
import dev.dockwire.frame.EthernetView;
import dev.dockwire.frame.MacAddress;
import dev.dockwire.host.Process;
import java.util.Locale;

/** Prints frames, each with its time, and with its octets where they are asked for. */
final class FramePrinter implements FrameSink {

  private static final int MAX_TIME_OPTIONS = Timestamps.Form.values().length - 1;

  private final Process self;
  private final Arguments arguments;
  private final boolean onAny;
  private final FrameText text;
  private final Timestamps times;
  private long number;

  /**
   * @param onAny whether the frames come from all interfaces, so that each line says from which
   */
  FramePrinter(Process self, Arguments arguments, HostNames names, boolean onAny) {
    this.self = self;
    this.arguments = arguments;
    this.onAny = onAny;
    TextStyle style =
        TextStyle.NUMERIC
            .withLinkHeader(arguments.has('e'))
            .withVerbosity(arguments.count('v'))
            .withQuiet(arguments.has('q'))
            .withAbsoluteSequence(arguments.has('S'));
    this.text = new FrameText(arguments.has('n') ? style : style.withNames(names));
    int form = Math.min(arguments.count('t'), MAX_TIME_OPTIONS);
    this.times = new Timestamps(Timestamps.Form.values()[form], false);
  }

  @Override
  public void take(CapturedFrame frame, int interfaceIndex) {
    StringBuilder line = new StringBuilder(160);
    number++;
    if (arguments.has('#')) {
      line.append(String.format(Locale.ROOT, "%5d  ", number));
    }
    times.append(line, frame.epochNanos());
    byte[] bytes = frame.bytes();
    if (onAny) {
      line.append(String.format(Locale.ROOT, "%-5s %-3s ", frame.interfaceName(), way(frame)));
      text.appendCooked(line, interfaceIndex, bytes, 0, bytes.length, frame.originalLength());
    } else {
      text.append(line, bytes, 0, bytes.length, frame.originalLength());
    }
    appendOctets(line, bytes);
    self.print(line.append('\n').toString());
  }

  /** What Linux's cooked captures call it: who the frame was for, or that it left. */
  private static String way(CapturedFrame frame) {
    if (frame.direction() == Direction.OUTBOUND) {
      return "Out";
    }
    byte[] bytes = frame.bytes();
    if (bytes.length < EthernetView.HEADER_LENGTH) {
      return "In";
    }
    long destination = EthernetView.destination(bytes, 0);
    if (MacAddress.isBroadcast(destination)) {
      return "B";
    }
    return MacAddress.isGroup(destination) ? "M" : "In";
  }

  private void appendOctets(StringBuilder line, byte[] bytes) {
    boolean all = arguments.count('x') > 1 || arguments.count('X') > 1 || arguments.count('A') > 1;
    int from = all ? 0 : FrameText.linkHeaderLength(bytes, 0, bytes.length);
    if (arguments.has('X')) {
      HexDump.appendHexAndText(line, bytes, from, bytes.length);
    } else if (arguments.has('x')) {
      HexDump.appendHex(line, bytes, from, bytes.length);
    } else if (arguments.has('A')) {
      HexDump.appendText(line, bytes, from, bytes.length);
    }
  }
}
