package dev.dockwire.link;

import dev.dockwire.frame.DropCounters;
import dev.dockwire.frame.DropReason;
import dev.dockwire.frame.EthernetView;
import dev.dockwire.frame.MacAddress;

/**
 * A network interface: the end of a wire.
 *
 * <p>Outward, {@link #claim} gives a slot to fill and {@link #publish} sends it to the {@link
 * Medium}, which hands it to the peer at the far end. Inward, the far end calls {@link #receive},
 * and the frame goes to the {@link FrameHandler}, the host's stack. Owned by the fabric's thread.
 *
 * <p>The account is exact at any moment: {@code offered = departed + drops + inFlight}.
 */
public final class Nic implements FramePort {

  private final String name;
  private final MacAddress mac;
  private final int mtu;
  private final DropCounters drops = new DropCounters();

  private String label;
  private int txQueueLength;
  private boolean up = true;
  private FramePort peer;
  private Qdisc qdisc;

  /** Where frames go that leave, and that come; the taps on their way, if there are any. */
  private Medium medium;

  private FrameHandler handler = (nic, frame, now) -> {};
  private Taps taps;
  private long offered;
  private long cutOff;
  private int waiting;

  long txPackets;
  long txBytes;
  long rxPackets;
  long rxBytes;
  long rxDropped;

  /**
   * @param name what the owner calls it, such as {@code eth0}
   * @param mtu the largest packet in bytes, without the Ethernet header
   * @throws IllegalArgumentException if frames of that MTU do not fit the medium
   */
  public Nic(String name, MacAddress mac, int mtu, Medium medium) {
    if (mtu < 68 || mtu + EthernetView.HEADER_LENGTH > medium.maxFrameLength()) {
      throw new IllegalArgumentException("an MTU of " + mtu + " does not fit this medium");
    }
    this.name = name;
    this.label = name;
    this.mac = mac;
    this.mtu = mtu;
    this.medium = medium;
  }

  /** A slot to fill with a frame of up to {@code length} bytes; see {@link Medium#claim}. */
  public FrameSlot claim(int length) {
    return medium.claim(this, length);
  }

  /**
   * Transmits the first {@code length} bytes of a claimed slot.
   *
   * @return false if the frame was dropped and counted instead; what a {@link Qdisc} does to it is
   *     not told
   */
  public boolean publish(FrameSlot slot, int length, long now) {
    offered++;
    if (!up || peer == null) {
      return dropOutgoing(slot, DropReason.PORT_LINK_DOWN);
    }
    if (isRunt(length)) {
      return dropOutgoing(slot, DropReason.PORT_RUNT);
    }
    if (isOversize(slot.bytes(), slot.offset(), length)) {
      return dropOutgoing(slot, DropReason.PORT_OVERSIZE);
    }
    slot.fill(this, length, now);
    if (qdisc != null) {
      qdisc.enqueue(slot, now);
      return true;
    }
    return pass(slot) || dropOutgoing(slot, DropReason.PORT_QUEUE_FULL);
  }

  /**
   * Puts a filled slot on the wire; the {@link Qdisc} does so with a frame that it does not hold.
   *
   * @return false if there is no room for it
   */
  public boolean pass(FrameSlot slot) {
    if (!hasRoomFor(slot)) {
      return false;
    }
    medium.publish(slot);
    return true;
  }

  /** Whether a claimed slot leads to the wire; see {@link Medium#isScratch}. */
  public boolean hasRoomFor(FrameSlot slot) {
    return !medium.isScratch(slot);
  }

  /**
   * For the {@link Qdisc}: puts a copy of a frame that it has held on the wire.
   *
   * @return false if there is no room for it yet
   */
  public boolean send(FrameSlot held, long now) {
    FrameSlot slot = claim(held.length());
    if (!hasRoomFor(slot)) {
      return false;
    }
    slot.copyFrom(held, held.hops());
    slot.fill(this, held.length(), now);
    return pass(slot);
  }

  /** For the {@link Qdisc}: it has made one more frame out of one. */
  public void offerAgain() {
    offered++;
  }

  /** Puts something between this NIC and its wire, in place of what is there; null for nothing. */
  public void qdisc(Qdisc newQdisc) {
    if (qdisc != null) {
      qdisc.reset(DropReason.PORT_LINK_LOSS);
    }
    qdisc = newQdisc;
  }

  /** What stands between this NIC and its wire; null if nothing does. */
  public Qdisc qdisc() {
    return qdisc;
  }

  /** Counts a frame that its sender offered but may not transmit. */
  public void refuse(DropReason reason) {
    offered++;
    lose(reason);
  }

  /** Gives a claimed slot back unsent. */
  public void abandon(FrameSlot slot) {
    medium.abandon(slot);
  }

  /**
   * Transmits a copy of a frame.
   *
   * @return false if it was dropped and counted instead
   */
  public boolean transmit(byte[] bytes, int offset, int length, long now) {
    if (length > medium.maxFrameLength()) {
      refuse(DropReason.PORT_OVERSIZE);
      return false;
    }
    FrameSlot slot = claim(length);
    System.arraycopy(bytes, offset, slot.bytes(), slot.offset(), length);
    return publish(slot, length, now);
  }

  /** For the medium: the slot has reached the far end. */
  public void depart(FrameSlot slot, long now) {
    if (!up || peer == null) {
      cutOff++;
      lose(DropReason.PORT_LINK_DOWN);
      slot.settleDropped(DropReason.PORT_LINK_DOWN);
      return;
    }
    txPackets++;
    txBytes += slot.length();
    peer.receive(slot, now);
  }

  /** For the {@link Qdisc}: it has dropped a frame that this NIC offered. */
  public void lose(DropReason reason) {
    drops.count(reason);
  }

  /** Whether a frame is too short to have an Ethernet header. */
  private static boolean isRunt(int length) {
    return length < EthernetView.HEADER_LENGTH;
  }

  /** Whether a frame is longer than this NIC's MTU and header; an 802.1Q tag may come on top. */
  private boolean isOversize(byte[] bytes, int offset, int length) {
    int limit = mtu + EthernetView.HEADER_LENGTH;
    return length > limit
        && !(length <= limit + EthernetView.TAG_LENGTH && EthernetView.isTagged(bytes, offset));
  }

  /** How many of this NIC's frames wait for room on the medium; its transmit queue. */
  public int waiting() {
    return waiting;
  }

  /** For the medium: {@code frames} more, or fewer, wait. */
  public void waiting(int frames) {
    waiting += frames;
  }

  /** Delivers a frame that came over the wire. */
  @Override
  public void receive(FrameSlot frame, long now) {
    if (!up) {
      rxDropped++;
      frame.settleDropped(DropReason.PORT_LINK_DOWN);
      return;
    }
    rxPackets++;
    rxBytes += frame.length();
    if (frame.isInFlight()) {
      frame.settle(FrameSlot.Fate.DELIVERED, this);
    }
    handler.receive(this, frame, now);
  }

  /** Plugs the wire in, with {@code farEnd} at its other end. */
  public void connect(FramePort farEnd) {
    peer = farEnd;
  }

  /** Pulls the wire out; frames that are on it are dropped as {@code port.link_down}. */
  public void disconnect() {
    peer = null;
    if (qdisc != null) {
      qdisc.reset(DropReason.PORT_LINK_DOWN);
    }
  }

  public void handler(FrameHandler newHandler) {
    if (taps == null) {
      handler = newHandler;
    } else {
      taps.handler(newHandler);
    }
  }

  /** Shows every frame that leaves or comes from now on to {@code tap}. */
  public void add(FrameTap tap) {
    if (taps == null) {
      taps = new Taps(medium, handler);
      medium = taps;
      handler = taps;
    }
    taps.add(tap);
  }

  /** Shows no more frames to {@code tap}. */
  public void remove(FrameTap tap) {
    if (taps != null && taps.remove(tap)) {
      medium = taps.medium();
      handler = taps.handler();
      taps = null;
    }
  }

  /** Sets the interface up or down, as {@code ifconfig eth0 down} does. */
  public void setUp(boolean nowUp) {
    up = nowUp;
    if (!up && qdisc != null) {
      qdisc.reset(DropReason.PORT_LINK_DOWN);
    }
  }

  public boolean isUp() {
    return up;
  }

  /** Whether the wire is plugged in and somebody can be reached behind its far end. */
  public boolean hasCarrier() {
    return peer != null && peer.leadsOn();
  }

  /** What is at the far end of the wire; null if nothing is. */
  public FramePort peer() {
    return peer;
  }

  public String name() {
    return name;
  }

  /** The name that is unique in the whole world, such as {@code a1/eth0}; used by captures. */
  public String label() {
    return label;
  }

  public void label(String newLabel) {
    label = newLabel;
  }

  public MacAddress mac() {
    return mac;
  }

  public int mtu() {
    return mtu;
  }

  /** What {@code ifconfig} shows as txqueuelen; the bound itself is {@link Medium#maxBacklog}. */
  public int txQueueLength() {
    return txQueueLength;
  }

  public void txQueueLength(int frames) {
    txQueueLength = frames;
  }

  public NicCounters counters() {
    return new NicCounters(this);
  }

  /** Frames offered by this NIC that never reached the far end, by reason. */
  public DropCounters drops() {
    return drops;
  }

  public long offered() {
    return offered;
  }

  /** Frames that reached the far end. */
  public long departed() {
    return txPackets;
  }

  /** Those of the {@link #drops} that were on the wire when it was pulled out. */
  public long cutOff() {
    return cutOff;
  }

  /** Frames on the wire, waiting for it, or held by the {@link Qdisc}. */
  public long inFlight() {
    return offered - departed() - drops.total();
  }

  @Override
  public String toString() {
    return label;
  }

  private boolean dropOutgoing(FrameSlot slot, DropReason reason) {
    lose(reason);
    medium.abandon(slot);
    return false;
  }
}
