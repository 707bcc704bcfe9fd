package dev.dockwire.engine.stream;

import dev.dockwire.host.WaitQueue;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * What a container's first process has written, line by line, over all its runs: what {@code docker
 * logs} shows. A line is kept when it is complete, or when the program ends; so a prompt that waits
 * for input is not in it, as in Docker's own logs.
 *
 * <p>Limited to {@link #MAX_BYTES}: the oldest lines are dropped. A longer line than {@link
 * #MAX_LINE_BYTES} is kept in pieces.
 */
public final class ContainerLogs {

  static final int MAX_BYTES = 1 << 20;
  private static final int MAX_LINE_BYTES = 16 << 10;

  /** What keeping a line costs beside its text. */
  private static final int LINE_BYTES = 64;

  /** Where a line was written to; a terminal counts as standard output. */
  public enum Stream {
    OUT,
    ERR
  }

  /**
   * One line.
   *
   * @param epochNanos when it was written, in nanoseconds since the Unix epoch
   * @param text with its newline, unless the program ended before one or it is a piece
   */
  public record Line(long epochNanos, Stream stream, byte[] text) {}

  private final LongSupplier epochNanos;
  private final WaitQueue changed = new WaitQueue();
  private final ArrayDeque<Line> lines = new ArrayDeque<>(0);
  private final Map<Stream, ByteArrayOutputStream> unfinished = new EnumMap<>(Stream.class);
  private int bytes;
  private long dropped;

  ContainerLogs(LongSupplier epochNanos) {
    this.epochNanos = epochNanos;
  }

  void write(Stream stream, byte[] written, int offset, int length) {
    ByteArrayOutputStream line = unfinished.computeIfAbsent(stream, _ -> newLine());
    for (int i = offset; i < offset + length; i++) {
      line.write(written[i]);
      if (written[i] == '\n' || line.size() == MAX_LINE_BYTES) {
        keep(stream, line);
      }
    }
  }

  private static ByteArrayOutputStream newLine() {
    return new ByteArrayOutputStream(80);
  }

  private void keep(Stream stream, ByteArrayOutputStream line) {
    lines.add(new Line(epochNanos.getAsLong(), stream, line.toByteArray()));
    bytes += line.size() + LINE_BYTES;
    line.reset();
    while (bytes > MAX_BYTES) {
      bytes -= lines.remove().text().length + LINE_BYTES;
      dropped++;
    }
    changed.wakeAll();
  }

  /** The program has ended: what it wrote last is a line, too. */
  void finish() {
    unfinished.forEach(
        (stream, line) -> {
          if (line.size() > 0) {
            keep(stream, line);
          }
        });
    unfinished.clear();
  }

  /** The number of the line that comes next; the first one ever had number 0. */
  public long next() {
    return dropped + lines.size();
  }

  /** The lines from a number on, as far as they are still kept. */
  public List<Line> from(long number) {
    long skipped = Math.max(0, number - dropped);
    return new ArrayList<>(lines.stream().skip(skipped).toList());
  }

  /** Woken at each new line. */
  public WaitQueue changed() {
    return changed;
  }
}
