package dev.dockwire.bridge;

import dev.dockwire.frame.DropCounters;
import dev.dockwire.frame.DropReason;
import dev.dockwire.link.FramePort;
import dev.dockwire.link.FrameSlot;
import dev.dockwire.link.Nic;
import java.util.Optional;

/**
 * One port of a bridge: frames that a wire brings come in by {@link #receive} and go to {@link
 * Bridge#forward}; frames that leave go to {@link #farEnd}, or to the {@link HostEnd} before it.
 *
 * <p>The account is exact: {@code received = forwarded + flooded + drops}.
 */
public final class BridgePort implements FramePort {

  /** Any source address may be used behind this port. */
  static final long ANY_SOURCE = -1;

  private final Bridge bridge;
  private final int number;
  private final String name;
  private final FramePort farEnd;
  private final DropCounters drops = new DropCounters();

  private FramePort exit;
  private HostEnd hostEnd;
  private long onlySource = ANY_SOURCE;
  private boolean own;
  private boolean attached = true;
  private long received;
  private long forwarded;
  private long flooded;
  private long delivered;

  BridgePort(Bridge bridge, int number, String name, FramePort farEnd) {
    this.bridge = bridge;
    this.number = number;
    this.name = name;
    this.farEnd = farEnd;
    this.exit = farEnd;
  }

  @Override
  public void receive(FrameSlot frame, long now) {
    received++;
    bridge.forward(frame, this, now);
  }

  /** Behind the bridge's own port there is somebody only while another port is attached. */
  @Override
  public boolean leadsOn() {
    return !own || bridge.portCount() > 1;
  }

  void becomeOwn() {
    own = true;
  }

  /** Whether this is the bridge's own port, with the interface of its host behind it. */
  public boolean isOwn() {
    return own;
  }

  /** Only frames with this source address may come in; others are dropped as {@code port.spoof}. */
  public void allowOnlySource(long mac) {
    onlySource = mac;
  }

  /**
   * Gives the bridge's host an interface at this end of the wire.
   *
   * @param nic the interface, by the name of this port
   * @param index its number on its host
   */
  public void hostEnd(Nic nic, int index) {
    hostEnd = new HostEnd(this, nic, (Nic) farEnd, index);
  }

  /** The interface at this end of the wire, if the bridge's host has one. */
  public Optional<HostEnd> hostEnd() {
    return Optional.ofNullable(hostEnd);
  }

  void leaveBy(FramePort newExit) {
    exit = newExit;
  }

  /** Takes this port out of its bridge, which forgets what it learnt here. */
  public void detach() {
    bridge.detach(this);
  }

  public Bridge bridge() {
    return bridge;
  }

  /** The port's number on its bridge, from 1, as {@code brctl showmacs} shows it. */
  public int number() {
    return number;
  }

  public String name() {
    return name;
  }

  /** Frames that came in over the wire. */
  public long received() {
    return received;
  }

  /** Frames that came in here and left by one other port. */
  public long forwarded() {
    return forwarded;
  }

  /** Frames that came in here and left by all other ports. */
  public long flooded() {
    return flooded;
  }

  /** Frames that left by this port. */
  public long delivered() {
    return delivered;
  }

  /** Frames that came in here and went no further, by reason. */
  public DropCounters drops() {
    return drops;
  }

  /** Whether what leaves by this port reaches the far end as the same frame. */
  boolean leavesDirectly() {
    return exit == farEnd;
  }

  FramePort farEnd() {
    return farEnd;
  }

  boolean isAttached() {
    return attached;
  }

  void detached() {
    attached = false;
    if (hostEnd != null) {
      hostEnd.nic().disconnect();
    }
  }

  boolean allows(long source) {
    return onlySource == ANY_SOURCE || onlySource == source;
  }

  void countForwarded() {
    forwarded++;
  }

  void countFlooded() {
    flooded++;
  }

  void deliver(FrameSlot frame, long now) {
    delivered++;
    exit.receive(frame, now);
  }

  /** Sends a changed copy; only ports with an end at the bridge's host have one made. */
  void deliverTranslated(FrameSlot frame, FrameTranslator translator, long now) {
    delivered++;
    hostEnd.receive(frame, translator, now);
  }

  boolean translates() {
    return hostEnd != null;
  }

  void drop(FrameSlot frame, DropReason reason) {
    drops.count(reason);
    frame.settleDropped(reason);
  }

  @Override
  public String toString() {
    return bridge.name() + "/" + name;
  }
}
