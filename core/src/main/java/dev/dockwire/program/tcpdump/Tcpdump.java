package dev.dockwire.program.tcpdump;

import dev.dockwire.capture.CaptureReader;
import dev.dockwire.capture.CapturedFrame;
import dev.dockwire.capture.filter.FilterException;
import dev.dockwire.capture.filter.FrameFilter;
import dev.dockwire.host.FileOutput;
import dev.dockwire.host.FileTree;
import dev.dockwire.host.Input;
import dev.dockwire.host.Output;
import dev.dockwire.host.Process;
import dev.dockwire.host.Program;
import dev.dockwire.host.SystemCallException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * {@code tcpdump}, after version 4.99 on Linux.
 *
 * <p>Differences: times are UTC; lines are not held back, as if {@code -l} were always given;
 * {@code -w} writes nanoseconds, and Ethernet headers also for {@code -i any}; names come from
 * {@code /etc/hosts} only.
 */
public final class Tcpdump implements Program {

  static final int DEFAULT_SNAP_LENGTH = 262_144;

  private static final int BUFFER_LENGTH = 8_192;

  @Override
  public int run(Process self) {
    Arguments arguments = Arguments.read(self);
    if (arguments.has('D')) {
      self.print(Interfaces.of(self.host()).listing());
      return 0;
    }
    return arguments.value('r').isPresent()
        ? new FileDump(self, arguments).run()
        : new LiveDump(self, arguments).run();
  }

  /** Ends the process with a complaint. */
  static void fail(Process self, String message) {
    self.printError("tcpdump: " + message + "\n");
    self.exit(1);
  }

  /** The number that an option has; 0 without the option. */
  static long number(Process self, Arguments arguments, char letter, String what, long least) {
    String text = arguments.value(letter).orElse("");
    if (text.isEmpty()) {
      return 0;
    }
    if (!text.matches("[0-9]{1,9}") || Long.parseLong(text) < least) {
      fail(self, "invalid " + what + " " + text);
    }
    return Long.parseLong(text);
  }

  /** How many octets of a frame are wanted. */
  static int snapLength(Process self, Arguments arguments) {
    long asked = number(self, arguments, 's', "snaplen", 0);
    return asked == 0 || asked > DEFAULT_SNAP_LENGTH ? DEFAULT_SNAP_LENGTH : (int) asked;
  }

  static FrameFilter filter(Process self, Arguments arguments, HostNames names) {
    try {
      return FrameFilter.compile(arguments.filter(), names);
    } catch (FilterException problem) {
      fail(self, problem.getMessage());
      throw new IllegalStateException("the process has ended", problem);
    }
  }

  /** Where frames go by the options. */
  static FrameSink sink(Process self, Arguments arguments, HostNames names, boolean onAny) {
    if (arguments.value('w').isEmpty()) {
      return new FramePrinter(self, arguments, names, onAny);
    }
    String name = arguments.value('w').orElseThrow();
    try {
      Output file =
          name.equals("-")
              ? self.stdio().out()
              : new FileOutput(
                  self.host().files(), FileTree.resolve(self.workingDirectory(), name), false);
      int snapLength = snapLength(self, arguments);
      return FrameSaver.create(self, file, name, snapLength, arguments.has('U'));
    } catch (SystemCallException refused) {
      fail(self, name + ": " + refused.errno().text());
    } catch (IOException refused) {
      fail(self, name + ": " + refused.getMessage());
    }
    throw new IllegalStateException("the process has ended");
  }

  /** Frames of a file, or of standard input. */
  private record FileDump(Process self, Arguments arguments) {

    int run() {
      String name = arguments.value('r').orElseThrow();
      HostNames names = new HostNames(self, 0);
      try (CaptureReader reader = new CaptureReader(new ByteArrayInputStream(content(name)))) {
        boolean any = reader.hasNext();
        self.printError(
            "reading from file "
                + name
                + ", link-type EN10MB (Ethernet), snapshot length "
                + reader.snapLength()
                + "\n");
        FrameFilter filter = filter(self, arguments, names);
        FrameSink sink = sink(self, arguments, names, false);
        if (any) {
          pass(reader, filter, sink);
        }
        sink.end();
        return end(reader);
      } catch (IOException | UncheckedIOException problem) {
        fail(self, "unknown file format");
        return 1;
      }
    }

    private void pass(CaptureReader reader, FrameFilter filter, FrameSink sink) {
      long count = number(self, arguments, 'c', "packet count", 1);
      long taken = 0;
      while (reader.hasNext() && (count == 0 || taken < count)) {
        CapturedFrame frame = reader.next();
        byte[] bytes = frame.bytes();
        if (filter.selects(bytes, 0, bytes.length, frame.originalLength(), frame.direction())) {
          sink.take(frame, 0);
          taken++;
        }
      }
    }

    private int end(CaptureReader reader) {
      if (reader.isCutShort()) {
        fail(self, "pcap_loop: truncated dump file");
      }
      reader.damage().ifPresent(problem -> fail(self, "pcap_loop: " + problem));
      return 0;
    }

    private byte[] content(String name) {
      try {
        return name.equals("-")
            ? all(self.stdio().in())
            : self.host().files().read(FileTree.resolve(self.workingDirectory(), name));
      } catch (SystemCallException refused) {
        fail(self, name + ": " + refused.errno().text());
        return new byte[0];
      }
    }

    private byte[] all(Input in) {
      ByteArrayOutputStream content = new ByteArrayOutputStream();
      byte[] buffer = new byte[BUFFER_LENGTH];
      for (int length = in.read(self, buffer, 0, buffer.length);
          length >= 0;
          length = in.read(self, buffer, 0, buffer.length)) {
        content.write(buffer, 0, length);
      }
      return content.toByteArray();
    }
  }
}
