package dev.dockwire.bridge;

import dev.dockwire.frame.DropReason;
import dev.dockwire.frame.EthernetView;
import dev.dockwire.frame.MacAddress;
import dev.dockwire.link.FramePort;
import dev.dockwire.link.FrameSlot;
import dev.dockwire.link.Nic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A learning bridge (IEEE 802.1D-2004, 802.1Q).
 *
 * <p>{@code BridgePort.receive -> forward: check, learn, look up -> BridgePort.deliver -> NIC}. A
 * known destination gets the frame by reference; an unknown or group one goes to all other ports.
 * Frames are carried as they are, from 14 bytes on; lengths and tags inside are not looked at.
 *
 * <p>There is no spanning tree: a wire that would close a loop between bridges is refused, or, when
 * asked for, bounded by a budget for flooded frames and by the number of wires a frame may cross.
 */
public final class Bridge {

  /** IEEE 802.1D, table 7-5. */
  public static final long DEFAULT_AGEING_NANOS = TimeUnit.SECONDS.toNanos(300);

  public static final int DEFAULT_TABLE_LIMIT = 8_192;

  private static final long MIN_AGEING_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long MAX_AGEING_NANOS = TimeUnit.SECONDS.toNanos(1_000_000);

  /** 01:80:C2:00:00:00 to :0F, which a bridge never forwards (section 7.12.6). */
  private static final long RESERVED = 0x0180_c200_0000L;

  private static final long RESERVED_MASK = ~0xfL;

  private static final long FLAP_REPORT_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final String name;
  private final ForwardingTable table;
  private BridgePort[] ports = new BridgePort[4];
  private int portsEnd;
  private int attachedPorts;
  private int forwardReserved;
  private FrameFilter filter;
  private FrameTranslator translator;
  private FlapListener flapListener = (mac, now) -> {};
  private long nextFlapReport;

  public Bridge(String name) {
    this(name, DEFAULT_TABLE_LIMIT);
  }

  /**
   * @param tableLimit the largest number of addresses learnt
   */
  public Bridge(String name, int tableLimit) {
    this.name = name;
    this.table = new ForwardingTable(tableLimit, DEFAULT_AGEING_NANOS);
  }

  /** Hears that an address keeps moving between ports, at most once a second. */
  @FunctionalInterface
  public interface FlapListener {
    void flapping(MacAddress mac, long now);
  }

  /** Plugs the far end of {@code nic}'s wire into a new port. */
  public BridgePort attach(String portName, Nic nic) {
    BridgePort port = add(portName, nic);
    nic.connect(port);
    return port;
  }

  /** Plugs in the bridge's own interface: its address neither ages nor moves. */
  public BridgePort attachOwn(Nic nic) {
    BridgePort port = attach(nic.name(), nic);
    port.becomeOwn();
    table.pin(nic.mac().value(), port.number());
    return port;
  }

  /**
   * Joins two bridges by a wire.
   *
   * @param allowLoop whether the wire may close a loop
   * @throws IllegalArgumentException if it would close a loop and must not
   */
  public static void join(Nic here, Bridge bridge, Nic there, Bridge other, boolean allowLoop) {
    Trunk.join(here, bridge, there, other, allowLoop);
  }

  BridgePort add(String portName, FramePort farEnd) {
    int number = freeNumber();
    BridgePort port = new BridgePort(this, number, portName, farEnd);
    ports[number] = port;
    portsEnd = Math.max(portsEnd, number + 1);
    attachedPorts++;
    return port;
  }

  void detach(BridgePort port) {
    if (!port.isAttached()) {
      return;
    }
    port.detached();
    table.removePort(port.number());
    ports[port.number()] = null;
    attachedPorts--;
    while (portsEnd > 1 && ports[portsEnd - 1] == null) {
      portsEnd--;
    }
    if (port.farEnd() instanceof Nic nic) {
      nic.disconnect();
    } else if (port.farEnd() instanceof Trunk trunk) {
      trunk.unplug();
    }
  }

  /** Takes a frame that came in by {@code ingress} where it goes next. */
  void forward(FrameSlot frame, BridgePort ingress, long now) {
    byte[] bytes = frame.bytes();
    long destination = EthernetView.destination(bytes, frame.offset());
    long source = EthernetView.source(bytes, frame.offset());
    boolean known =
        table.isFresh(source, ingress.number(), now)
            && ingress.allows(source)
            && source != destination;
    if (known || learn(source, destination, frame, ingress, now)) {
      forwardTo(destination, frame, ingress, now);
    }
  }

  /** Checks a frame's source and notes where it was seen; returns whether the frame goes on. */
  private boolean learn(
      long source, long destination, FrameSlot frame, BridgePort ingress, long now) {
    if (MacAddress.isGroup(source)) {
      ingress.drop(frame, DropReason.PORT_SRC_GROUP);
    } else if (source == 0) {
      ingress.drop(frame, DropReason.PORT_SRC_ZERO);
    } else if (source == destination) {
      ingress.drop(frame, DropReason.PORT_SRC_IS_DST);
    } else if (!ingress.allows(source)) {
      ingress.drop(frame, DropReason.PORT_SPOOF);
    } else {
      if (table.learn(source, ingress.number(), now)) {
        reportFlap(source, now);
      }
      return true;
    }
    return false;
  }

  private void forwardTo(long destination, FrameSlot frame, BridgePort ingress, long now) {
    if (MacAddress.isGroup(destination)) {
      if ((destination & RESERVED_MASK) == RESERVED && !forwardsReserved(destination)) {
        ingress.drop(frame, DropReason.PORT_RESERVED_MAC);
      } else {
        flood(frame, ingress, now);
      }
      return;
    }
    int number = table.lookup(destination, now);
    if (number == ForwardingTable.NONE) {
      flood(frame, ingress, now);
    } else if (number == ingress.number()) {
      ingress.drop(frame, DropReason.BRIDGE_SAME_PORT);
    } else if (!passes(frame, ingress, ports[number])) {
      ingress.drop(frame, DropReason.BRIDGE_FILTERED);
    } else {
      BridgePort egress = ports[number];
      ingress.countForwarded();
      if (translator != null && isTranslated(frame, ingress, egress, now)) {
        frame.settle(FrameSlot.Fate.FORWARDED, egress.hostEnd().orElseThrow());
        egress.deliverTranslated(frame, translator, now);
      } else {
        frame.settle(FrameSlot.Fate.FORWARDED, egress);
        egress.deliver(frame, now);
      }
    }
  }

  private void flood(FrameSlot frame, BridgePort ingress, long now) {
    ingress.countFlooded();
    frame.settle(FrameSlot.Fate.FLOODED, ingress);
    for (int number = 1; number < portsEnd; number++) {
      BridgePort egress = ports[number];
      if (egress != null && egress != ingress && passes(frame, ingress, egress)) {
        egress.deliver(frame, now);
      }
    }
  }

  private boolean isTranslated(FrameSlot frame, BridgePort ingress, BridgePort egress, long now) {
    return !ingress.isOwn()
        && !egress.isOwn()
        && egress.translates()
        && translator.concerns(frame.bytes(), frame.offset(), frame.length(), now);
  }

  private boolean passes(FrameSlot frame, BridgePort ingress, BridgePort egress) {
    return filter == null
        || ingress.isOwn()
        || egress.isOwn()
        || filter.allows(frame.bytes(), frame.offset(), frame.length());
  }

  /** Shows the NICs that a frame flooded from {@code ingress} reaches; see {@link Receivers}. */
  void forEachFlooded(FrameSlot frame, BridgePort ingress, Consumer<Nic> visitor) {
    BridgePort[] snapshot = ports;
    for (BridgePort egress : snapshot) {
      if (egress != null
          && egress != ingress
          && egress.leavesDirectly()
          && egress.farEnd() instanceof Nic nic
          && nic.isUp()
          && passes(frame, ingress, egress)) {
        visitor.accept(nic);
      }
    }
  }

  private boolean forwardsReserved(long destination) {
    return (forwardReserved >>> (int) (destination & 0xf) & 1) != 0;
  }

  private void reportFlap(long mac, long now) {
    if (now >= nextFlapReport) {
      nextFlapReport = now + FLAP_REPORT_NANOS;
      flapListener.flapping(new MacAddress(mac), now);
    }
  }

  /**
   * Sets how long an address is remembered.
   *
   * @throws IllegalArgumentException outside 10 s to 1,000,000 s (section 7.9.2)
   */
  public void ageing(long nanos) {
    if (nanos < MIN_AGEING_NANOS || nanos > MAX_AGEING_NANOS) {
      throw new IllegalArgumentException("the ageing time is 10 to 1000000 seconds");
    }
    table.ageing(nanos);
  }

  /** Has frames for one of the sixteen reserved addresses forwarded all the same. */
  public void forwardReserved(int lastNibble) {
    forwardReserved |= 1 << lastNibble;
  }

  /** Has every frame between two ports pass a filter; its own interface is free of it. */
  public void filter(FrameFilter newFilter) {
    filter = newFilter;
  }

  /**
   * Has frames between two ports translated. Flooded ones are not: whoever has sent something is
   * known to the bridge when it is answered.
   */
  public void translator(FrameTranslator newTranslator) {
    translator = newTranslator;
  }

  public void onFlap(FlapListener listener) {
    flapListener = listener;
  }

  public String name() {
    return name;
  }

  /** The ports that are attached, in the order of their numbers. */
  public List<BridgePort> ports() {
    List<BridgePort> attached = new ArrayList<>(attachedPorts);
    for (int number = 1; number < portsEnd; number++) {
      if (ports[number] != null) {
        attached.add(ports[number]);
      }
    }
    return attached;
  }

  /** How many ports are attached. */
  public int portCount() {
    return attachedPorts;
  }

  /** One learnt or own address, as {@code brctl showmacs} shows it. */
  public record Entry(MacAddress mac, BridgePort port, boolean own, long ageNanos) {}

  /** What the bridge knows, ports in order. */
  public List<Entry> entries(long now) {
    List<Entry> entries = new ArrayList<>();
    table.forEach(
        now,
        (mac, port, pinned, age) ->
            entries.add(new Entry(new MacAddress(mac), ports[port], pinned, age)));
    return entries;
  }

  /** How many learnt addresses were pushed out of a full table. */
  public long evictions() {
    return table.evictions();
  }

  /** How often an address turned up on another port. */
  public long moves() {
    return table.moves();
  }

  /** How often an address moved more than ten times in about a second. */
  public long flaps() {
    return table.flaps();
  }

  @Override
  public String toString() {
    return name;
  }

  private int freeNumber() {
    int number = 1;
    if (attachedPorts == portsEnd - 1) {
      number = Math.max(1, portsEnd);
    } else {
      while (number < portsEnd && ports[number] != null) {
        number++;
      }
    }
    if (number == ports.length) {
      ports = Arrays.copyOf(ports, ports.length * 2);
    }
    return number;
  }
}
