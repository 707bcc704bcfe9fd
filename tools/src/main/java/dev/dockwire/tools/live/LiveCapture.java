package dev.dockwire.tools.live;

import dev.dockwire.capture.Capture;
import dev.dockwire.capture.CaptureFormat;
import dev.dockwire.capture.CaptureWriter;
import dev.dockwire.capture.WriteBehind;
import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.host.World;
import java.io.IOException;
import java.nio.file.Path;

/**
 * One capture that runs until it is stopped, or nothing can be written any more. Frames that find
 * no room in front of a slow file or reader are left out and counted; the network goes on.
 */
public final class LiveCapture {

  /** What may wait for the file, or the reader of a pipe. */
  private static final int MAX_WAITING = 64 << 20;

  private final int number;
  private final String what;
  private final CaptureTarget target;
  private final WriteBehind output;
  private final Capture capture;
  private boolean stopped;
  private volatile boolean over;

  /**
   * Starts a capture, on the world's thread.
   *
   * @param onEnd runs on the world's thread when nothing more will be written
   */
  LiveCapture(
      int number,
      World world,
      CaptureTarget target,
      CaptureScope scope,
      int snapLength,
      Runnable onEnd)
      throws IOException {
    this.number = number;
    this.what = scope.text();
    this.target = target;
    CaptureFormat format = CaptureFormat.of(target.path());
    this.output =
        new WriteBehind(
            target::open,
            target.path().toString(),
            format,
            MAX_WAITING,
            () -> {
              target.remove();
              over = true;
              world.loop().execute(onEnd);
            });
    CaptureWriter writer = format.create(output, snapLength);
    this.capture =
        Capture.start(world.fabric(), writer, scope.filter(), world.loop().clock().epochNanos());
  }

  void name(Ipv4Address address, String name) {
    capture.name(address, name);
  }

  /** Has it end when what it has gathered is written. */
  void stop() {
    stopped = true;
    capture.close();
    target.stopWaiting();
  }

  /** Takes it off the ring when it cannot be written any more. */
  void endIfBroken() {
    if (output.stopReason() != null) {
      capture.close();
    }
  }

  public int number() {
    return number;
  }

  public Path file() {
    return target.path();
  }

  public String what() {
    return what;
  }

  public long frames() {
    return capture.recorded();
  }

  /** Frames left out because the file, or the reader of the pipe, was too slow. */
  public long missed() {
    return capture.missed();
  }

  /** Whether nothing more will be written. */
  public boolean isOver() {
    return over;
  }

  public String state() {
    if (output.stopReason() != null && !stopped) {
      boolean readerGone = target.isPipe() && output.stopReason().equals("Broken pipe");
      return "ended: " + (readerGone ? "the reader has gone" : output.stopReason());
    }
    if (stopped) {
      return isOver() ? "stopped" : "stopping";
    }
    return target.isOpened() ? "running" : "waiting for a reader";
  }

  void join(long millis) {
    output.join(millis);
  }
}
