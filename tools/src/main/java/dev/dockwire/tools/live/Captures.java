package dev.dockwire.tools.live;

import dev.dockwire.engine.Engine;
import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.host.WaitQueue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The captures of a Docker host that runs in real time, at most 16 at once. One that has ended by
 * itself stays in the list to say why, until it is stopped or its place is needed.
 */
public final class Captures implements AutoCloseable {

  private static final int MAX_CAPTURES = 16;

  /** More addresses than this have no name in a capture that starts later. */
  private static final int MAX_NAMES = 65_536;

  /** How long the end waits for a file that is slow, or a pipe that nobody reads. */
  private static final long END_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Engine engine;
  private final List<LiveCapture> captures = new ArrayList<>();
  private final Map<Ipv4Address, String> names = new LinkedHashMap<>();
  private final WaitQueue ended = new WaitQueue();
  private int lastNumber;

  Captures(Engine engine) {
    this.engine = engine;
    engine.onName(this::named);
  }

  private void named(Ipv4Address address, String name) {
    if (names.size() < MAX_NAMES || names.containsKey(address)) {
      names.put(address, name);
    }
    captures.forEach(capture -> capture.name(address, name));
  }

  /**
   * Starts a capture.
   *
   * @param file a path of the real machine: a file, which is overwritten, or a named pipe
   * @param makePipe whether to make the named pipe
   * @param snapLength how many octets of a frame to keep at most
   * @throws IOException if there are too many, or it cannot be written there
   */
  public LiveCapture start(Path file, CaptureScope scope, boolean makePipe, int snapLength)
      throws IOException {
    Path path = file.toAbsolutePath().normalize();
    makePlace();
    if (captures.stream().anyMatch(other -> other.file().equals(path) && !other.isOver())) {
      throw new IOException("another capture is written there");
    }
    CaptureTarget target = makePipe ? CaptureTarget.makePipe(path) : CaptureTarget.of(path);
    boolean started = false;
    try {
      LiveCapture capture =
          new LiveCapture(
              ++lastNumber, engine.world(), target, scope, snapLength, this::oneHasEnded);
      names.forEach(capture::name);
      captures.add(capture);
      started = true;
      return capture;
    } finally {
      if (!started) {
        target.abandon();
      }
    }
  }

  private void makePlace() throws IOException {
    for (Iterator<LiveCapture> each = captures.iterator();
        each.hasNext() && captures.size() >= MAX_CAPTURES; ) {
      if (each.next().isOver()) {
        each.remove();
      }
    }
    if (captures.size() >= MAX_CAPTURES) {
      throw new IOException("there are " + MAX_CAPTURES + " captures already");
    }
  }

  private void oneHasEnded() {
    for (LiveCapture capture : captures) {
      capture.endIfBroken();
    }
    ended.wakeAll();
  }

  /** Ends a capture and forgets it. */
  public void stop(LiveCapture capture) {
    capture.stop();
    captures.remove(capture);
  }

  public List<LiveCapture> list() {
    return List.copyOf(captures);
  }

  /** Woken when a capture's file has been closed. */
  WaitQueue ended() {
    return ended;
  }

  /** Ends all; what their files and readers do not take within a moment is lost. */
  @Override
  public void close() {
    List<LiveCapture> running = list();
    running.forEach(this::stop);
    long end = engine.world().now() + END_NANOS;
    for (LiveCapture capture : running) {
      // Thread.join would take 0 for ever.
      capture.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - engine.world().now())));
    }
  }
}
