package dev.dockwire.capture;

import dev.dockwire.bridge.BridgePort;
import dev.dockwire.bridge.Receivers;
import dev.dockwire.fabric.Fabric;
import dev.dockwire.fabric.FrameObserver;
import dev.dockwire.fabric.Observation;
import dev.dockwire.frame.DropReason;
import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.link.FrameSlot;
import dev.dockwire.link.Nic;
import dev.dockwire.time.Clock;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/**
 * A capture of a fabric's frames into one file: {@code Fabric -> Observation -> onFrame ->
 * CaptureWriter}.
 *
 * <p>A frame that was sent by a link end the filter wants is recorded there, once, outbound;
 * otherwise it is recorded inbound at each wanted link end that received it. So a capture of one
 * link shows both directions, and one of all links shows every frame once for each wire it crossed,
 * with no duplicate for a TCP analysis to stumble over. Its time is when it was sent, in the order
 * of the ring; one that was dropped has the reason as its comment. Frames that a NIC lost before
 * the ring are counted at its next frame; how many is exact, just where is not.
 *
 * <p>A frame for which the writer has no room is left out; the next one recorded at that link end,
 * and its account at the end, say how many.
 *
 * <p>When the file cannot be written any more, {@link #problem} says so; the network goes on.
 *
 * <p>The thread that turns the observation owns a capture; {@link #filter(CaptureFilter)}, {@link
 * #name}, {@link #frames} and {@link #problem} are for any thread. The loopback interfaces of hosts
 * are not on the ring and not captured.
 */
public final class Capture implements FrameObserver, Closeable {

  private static final String[] VERDICTS = verdicts();

  /** Interfaces that went are let go of when there are more than this, and when they double. */
  private static final int FEW_LINKS = 64;

  private final CaptureWriter writer;
  private final long epochNanos;
  private final Map<Nic, RecordedLink> linksByNic = new IdentityHashMap<>();
  private final List<RecordedLink> links = new ArrayList<>();
  private final Queue<Naming> namings = new ConcurrentLinkedQueue<>();
  private final Consumer<Nic> recordReceived = this::recordReceived;

  private Observation observation;
  private volatile CaptureFilter filter;
  private volatile long frames;
  private long missed;
  private long recorded;
  private int linksToSweep = FEW_LINKS;
  private FrameSlot current;
  private long lastNanos;
  private boolean closed;

  private record Naming(Ipv4Address address, List<String> names) {}

  private Capture(CaptureWriter writer, CaptureFilter filter, long epochNanos) {
    this.writer = writer;
    this.filter = filter;
    this.epochNanos = epochNanos;
  }

  /**
   * Starts a capture on the fabric's thread, in step with it, in the format that the file's name
   * asks for.
   *
   * @param epochNanos the wall-clock time of the fabric's time 0: {@link Clock#epochNanos}
   * @throws IOException if the file cannot be created
   */
  public static Capture start(Fabric fabric, Path file, CaptureFilter filter, long epochNanos)
      throws IOException {
    CaptureWriter writer = CaptureFormat.of(file).create(file, CaptureWriter.WHOLE_FRAMES);
    return start(fabric, writer, filter, epochNanos);
  }

  /** Starts a capture into {@code writer}, which it will close. */
  public static Capture start(
      Fabric fabric, CaptureWriter writer, CaptureFilter filter, long epochNanos) {
    return start(fabric, writer, filter, epochNanos, null);
  }

  /**
   * Starts a capture that a loop on another thread turns: add {@link #observation} to it.
   *
   * @param ownClock that loop's clock
   */
  public static Capture start(
      Fabric fabric, CaptureWriter writer, CaptureFilter filter, long epochNanos, Clock ownClock) {
    Capture capture = new Capture(writer, filter, epochNanos);
    capture.observation = fabric.observe(capture, ownClock);
    return capture;
  }

  /** This capture's place on the ring, for a loop of its own. */
  public Observation observation() {
    return observation;
  }

  /** Changes which link ends are captured, from the next frame on. */
  public void filter(CaptureFilter newFilter) {
    filter = newFilter;
  }

  /**
   * Records the names of an address, the one to show first, before the next frame; left out, as a
   * frame is, if there is no room.
   */
  public void name(Ipv4Address address, String... names) {
    if (!writer.isStopped()) {
      namings.add(new Naming(address, List.of(names)));
    }
  }

  /** How many frames had been handed to the file when it was last flushed. */
  public long frames() {
    return frames;
  }

  /** How many frames have been recorded, handed to the file or not; for the fabric's thread. */
  public long recorded() {
    return recorded;
  }

  /** How many frames were left out for want of room; asked by the fabric's thread. */
  public long missed() {
    return missed;
  }

  /** Why the capture has stopped, in one line; empty while all is well. */
  public Optional<String> problem() {
    return writer.problem();
  }

  @Override
  public void onFrame(FrameSlot frame) {
    if (writer.isStopped()) {
      namings.clear();
      return;
    }
    current = frame;
    lastNanos = epochNanos + frame.stamp();
    writeNames();
    if (filter.captures(frame.sender())) {
      record(frame.sender(), Direction.OUTBOUND);
    } else {
      Receivers.forEach(frame, recordReceived);
    }
  }

  private void recordReceived(Nic nic) {
    if (filter.captures(nic)) {
      record(nic, Direction.INBOUND);
    }
  }

  private void record(Nic nic, Direction direction) {
    RecordedLink link = linksByNic.get(nic);
    if (link == null) {
      link = describe(nic);
    }
    if (!writer.hasRoom()) {
      link.countMissed();
      missed++;
      return;
    }
    FrameSlot frame = current;
    String verdict =
        frame.fate() == FrameSlot.Fate.DROPPED ? VERDICTS[frame.dropReason().ordinal()] : "";
    writer.frame(
        link.number,
        lastNanos,
        frame.bytes(),
        frame.offset(),
        frame.length(),
        direction,
        link.takeLost(),
        verdict);
    link.countRecorded();
    recorded++;
  }

  private RecordedLink describe(Nic nic) {
    if (linksByNic.size() >= linksToSweep) {
      linksByNic.values().removeIf(RecordedLink::settleIfGone);
      linksToSweep = 2 * linksByNic.size() + FEW_LINKS;
    }
    int number = writer.addInterface(nic.label(), nic.mac(), wireOf(nic));
    RecordedLink link = new RecordedLink(number, nic, lastNanos);
    linksByNic.put(nic, link);
    links.add(link);
    return link;
  }

  private static String wireOf(Nic nic) {
    return switch (nic.peer()) {
      case BridgePort port -> "wire to " + port;
      case Nic other -> "wire to " + other;
      case null, default -> "";
    };
  }

  private void writeNames() {
    while (!namings.isEmpty()) {
      Naming naming = namings.remove();
      if (writer.hasRoom()) {
        writer.names(naming.address(), naming.names());
      }
    }
  }

  /** Hands what was gathered to the file, so that it can be read up to here at any time. */
  @Override
  public void onPause() {
    writer.flush();
    frames = recorded;
  }

  /**
   * Ends the capture with what the fabric has settled so far, on the fabric's thread; a loop of its
   * own must have ended.
   */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    observation.close();
    writeNames();
    for (RecordedLink link : links) {
      writer.statistics(link.number, link.startNanos(), lastNanos, link.recorded(), link.lost());
    }
    writer.close();
    frames = recorded;
  }

  private static String[] verdicts() {
    DropReason[] reasons = DropReason.values();
    String[] verdicts = new String[reasons.length];
    for (DropReason reason : reasons) {
      verdicts[reason.ordinal()] = "dropped: " + reason.counterName();
    }
    return verdicts;
  }
}
