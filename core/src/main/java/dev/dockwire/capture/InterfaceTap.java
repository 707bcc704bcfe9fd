package dev.dockwire.capture;

import dev.dockwire.bridge.BridgePort;
import dev.dockwire.capture.filter.FrameFilter;
import dev.dockwire.fabric.Fabric;
import dev.dockwire.fabric.FrameObserver;
import dev.dockwire.fabric.Observation;
import dev.dockwire.link.FrameSlot;
import dev.dockwire.link.FrameTap;
import dev.dockwire.link.Nic;
import java.io.Closeable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * A queue of the frames that pass interfaces of a host, for a program to read: what AF_PACKET is in
 * Linux. Frames that leave are seen as they are handed to the wire, frames that come as they
 * arrive; on loopback, where each is both, only as they come.
 *
 * <p>The queue is bounded; what finds no room is counted as dropped. The fabric's thread owns it,
 * and programs take turns with that.
 *
 * <p>As in Linux the Docker host's interface on a bridge, when it is promiscuous, sees everything
 * that the bridge passes on between others.
 */
public final class InterfaceTap implements FrameTap, Closeable {

  /** The size of libpcap's buffer. */
  private static final int MAX_QUEUED_BYTES = 2 << 20;

  /** What a frame takes in the buffer beside its octets. */
  private static final int FRAME_OVERHEAD = 64;

  /** Which way the frames go that are wanted. */
  public enum Way {
    INBOUND,
    OUTBOUND,
    BOTH
  }

  private final FrameFilter filter;
  private final Way way;
  private final int snapLength;
  private final Runnable onFrame;
  private final List<Nic> nics = new ArrayList<>(1);
  private final List<Observation> bridges = new ArrayList<>();
  private final ArrayDeque<TappedFrame> queue = new ArrayDeque<>();
  private int queuedBytes;
  private long received;
  private long dropped;

  /**
   * @param snapLength how many octets of a frame to keep at most
   * @param onFrame told of every frame that is queued
   */
  public InterfaceTap(FrameFilter filter, Way way, int snapLength, Runnable onFrame) {
    this.filter = filter;
    this.way = way;
    this.snapLength = snapLength;
    this.onFrame = onFrame;
  }

  /** Listens at an interface too. */
  public void listen(Nic nic) {
    nics.add(nic);
    nic.add(this);
  }

  /** Listens to what the bridge of an interface passes on between others, if it is on one. */
  public void listenToBridge(Nic nic, Fabric fabric) {
    if (nic.peer() instanceof BridgePort port && port.isOwn()) {
      bridges.add(fabric.observe(new Passing(nic, port, fabric.shape().wireNanos())));
    }
  }

  @Override
  public void onTransmit(Nic nic, FrameSlot frame) {
    boolean loop = nic.peer() == nic;
    if (!loop && way != Way.INBOUND) {
      see(nic, Direction.OUTBOUND, frame, frame.stamp());
    }
  }

  @Override
  public void onReceive(Nic nic, FrameSlot frame, long now) {
    if (way != Way.OUTBOUND) {
      see(nic, Direction.INBOUND, frame, now);
    }
  }

  private void see(Nic nic, Direction direction, FrameSlot frame, long now) {
    int kept = Math.min(frame.length(), snapLength);
    if (!filter.selects(frame.bytes(), frame.offset(), kept, frame.length(), direction)) {
      return;
    }
    received++;
    if (queuedBytes + kept + FRAME_OVERHEAD > MAX_QUEUED_BYTES) {
      dropped++;
      return;
    }
    byte[] bytes = new byte[kept];
    System.arraycopy(frame.bytes(), frame.offset(), bytes, 0, kept);
    queue.add(new TappedFrame(nic, direction, now, bytes, frame.length()));
    queuedBytes += kept + FRAME_OVERHEAD;
    onFrame.run();
  }

  public boolean isEmpty() {
    return queue.isEmpty();
  }

  /** Takes the frame that was seen first; there must be one. */
  public TappedFrame take() {
    TappedFrame frame = queue.remove();
    queuedBytes -= frame.bytes().length + FRAME_OVERHEAD;
    return frame;
  }

  /** How many frames the filter has selected, those that were dropped included. */
  public long received() {
    return received;
  }

  /** How many of them found no room. */
  public long dropped() {
    return dropped;
  }

  @Override
  public void close() {
    nics.forEach(nic -> nic.remove(this));
    nics.clear();
    bridges.forEach(Observation::close);
    bridges.clear();
  }

  /** Frames that a bridge passes from one port to another, neither of which is its own. */
  private final class Passing implements FrameObserver {

    private final Nic nic;
    private final BridgePort own;
    private final long wireNanos;

    Passing(Nic nic, BridgePort own, long wireNanos) {
      this.nic = nic;
      this.own = own;
      this.wireNanos = wireNanos;
    }

    @Override
    public void onFrame(FrameSlot frame) {
      boolean between =
          frame.fate() != FrameSlot.Fate.FLOODED
              && frame.sender().peer() instanceof BridgePort ingress
              && frame.egress() instanceof BridgePort egress
              && ingress.bridge() == own.bridge()
              && egress != own
              && ingress != own
              && egress != ingress;
      if (between && nic.isUp() && way != Way.OUTBOUND) {
        see(nic, Direction.INBOUND, frame, frame.stamp() + wireNanos);
      }
    }

    @Override
    public void onPause() {
      // Each frame was told of at once.
    }
  }
}
