package dev.dockwire.tools.docker;

import dev.dockwire.engine.Container;
import dev.dockwire.engine.stream.ContainerLogs;
import dev.dockwire.host.Output;
import dev.dockwire.host.Process;
import dev.dockwire.host.WaitQueue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * What a container has written and, to those who follow it, what it writes.
 *
 * @param tail how many lines of the past; all of them also if it is no number, as with docker
 */
public record LogStream(
    Container container, TimeRange range, String tail, boolean follow, boolean timestamps) {

  /**
   * Prints the log; ends when the container does.
   *
   * @param cancelled says that nobody wants more of it; {@code changed} is woken when it may hold
   */
  public void print(
      Process self, Output out, Output err, WaitQueue changed, BooleanSupplier cancelled) {
    ContainerLogs logs = container.logs();
    long next = logs.next();
    List<ContainerLogs.Line> kept = within(logs.from(0));
    print(self, kept.subList(kept.size() - wanted(kept.size()), kept.size()), out, err);
    if (!follow) {
      return;
    }
    long deadline = range.deadline(self);
    while ((container.isRunning() || logs.next() > next)
        && self.now() < deadline
        && !cancelled.getAsBoolean()) {
      long from = next;
      self.await(
          List.of(logs.changed(), container.changed(), changed),
          () -> logs.next() > from || !container.isRunning() || cancelled.getAsBoolean(),
          deadline);
      next = logs.next();
      print(self, within(logs.from(from)), out, err);
    }
  }

  private List<ContainerLogs.Line> within(List<ContainerLogs.Line> lines) {
    return lines.stream().filter(line -> range.contains(line.epochNanos())).toList();
  }

  private int wanted(int kept) {
    return tail.matches("[0-9]{1,9}") ? Math.min(Integer.parseInt(tail), kept) : kept;
  }

  private void print(Process self, List<ContainerLogs.Line> lines, Output out, Output err) {
    for (ContainerLogs.Line line : lines) {
      Output output = line.stream() == ContainerLogs.Stream.OUT ? out : err;
      byte[] text = timestamps ? withTime(line) : line.text();
      output.write(self, text, 0, text.length);
    }
  }

  private static byte[] withTime(ContainerLogs.Line line) {
    byte[] time =
        (EventFormat.timestamp(line.epochNanos()) + " ").getBytes(StandardCharsets.US_ASCII);
    byte[] text = new byte[time.length + line.text().length];
    System.arraycopy(time, 0, text, 0, time.length);
    System.arraycopy(line.text(), 0, text, time.length, line.text().length);
    return text;
  }
}
