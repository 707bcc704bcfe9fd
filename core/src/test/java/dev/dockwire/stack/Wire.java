package dev.dockwire.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.fabric.Fabric;
import dev.dockwire.fabric.FabricShape;
import dev.dockwire.frame.DropReason;
import dev.dockwire.frame.EthernetView;
import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.frame.Ipv4Prefix;
import dev.dockwire.frame.MacAddress;
import dev.dockwire.frame.NetworkOrder;
import dev.dockwire.link.FrameSlot;
import dev.dockwire.link.Loopback;
import dev.dockwire.link.Nic;
import dev.dockwire.time.Loop;
import dev.dockwire.time.Seed;
import dev.dockwire.time.Timers;
import dev.dockwire.time.VirtualClock;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A host under test, alone on a wire (or on several) with a peer at the other end that does what
 * the test says: {@code send} a frame, {@code expect} one, {@code expectNothing}, all at explicit
 * virtual times.
 */
public final class Wire {

  public final Loop loop = new Loop(new VirtualClock());
  public final Timers timers = new Timers();
  public final HostStack stack;
  public final StackInterface lo;
  public final StackInterface eth0;

  private final Fabric fabric = new Fabric(FabricShape.DEFAULT);
  private final Loopback loopback = new Loopback(0);
  private final Deque<byte[]> heard = new ArrayDeque<>();
  private final Nic peer;

  /** A host with this address on eth0, and 127.0.0.1 on lo. */
  public Wire(String hostAddress) {
    this(hostAddress, 1);
  }

  public Wire(String hostAddress, long seed) {
    loop.add(timers);
    loop.add(loopback);
    loop.add(fabric);
    stack = new HostStack("h1", timers, new Seed(seed).generator("h1"));
    Nic loNic = new Nic("lo", MacAddress.ZERO, Loopback.MTU, loopback);
    loNic.connect(loNic);
    lo = stack.attach(loNic);
    lo.address(Ipv4Prefix.parse("127.0.0.1/8"), 0);
    peer = new Nic("peer", MacAddress.parse("02:00:00:00:00:99"), 1500, fabric);
    eth0 = addInterface("eth0", hostAddress, 1500, peer);
    peer.handler((nic, slot, now) -> heard.add(copy(slot)));
  }

  /** Gives the host another interface, and what is at the other end of its wire. */
  public Segment addSegment(String name, String hostAddress, int mtu) {
    Nic far = new Nic("far-" + name, MacAddress.parse("02:00:00:00:00:98"), 1500, fabric);
    StackInterface added = addInterface(name, hostAddress, mtu, far);
    Deque<byte[]> frames = new ArrayDeque<>();
    far.handler((nic, slot, now) -> frames.add(copy(slot)));
    return new Segment(this, added, far, frames);
  }

  /** Another wire of the host. */
  public record Segment(Wire wire, StackInterface via, Nic far, Deque<byte[]> frames) {

    public void send(byte[] frame) {
      far.transmit(frame, 0, frame.length, wire.now());
      wire.settle();
    }

    public byte[] expect(String line) {
      wire.settle();
      return expectFirst(frames, line);
    }

    public void expectNothing() {
      wire.settle();
      assertThat(frames.stream().map(Tcpdump::line)).isEmpty();
    }
  }

  private StackInterface addInterface(String name, String hostAddress, int mtu, Nic far) {
    Ipv4Prefix prefix = Ipv4Prefix.parse(hostAddress);
    Nic nic = new Nic(name, MacAddress.fromIpv4(prefix.address()), mtu, fabric);
    nic.connect(far);
    far.connect(nic);
    StackInterface added = stack.attach(nic);
    added.address(prefix, 0);
    return added;
  }

  /** Who hears the host's frames, and when they come, instead of the queue of this wire. */
  @FunctionalInterface
  public interface Ear {
    void hear(byte[] frame, long now);
  }

  /** From now on this ear hears the frames on eth0's wire. */
  public void onFrame(Ear ear) {
    peer.handler((nic, slot, now) -> ear.hear(copy(slot), now));
  }

  private static byte[] copy(FrameSlot slot) {
    return Arrays.copyOfRange(slot.bytes(), slot.offset(), slot.offset() + slot.length());
  }

  public long now() {
    return loop.now();
  }

  /** Lets time pass until so many milliseconds after the beginning. */
  public void at(long millis) {
    loop.runUntil(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  void settle() {
    while (loop.turn() != 0) {
      // Until nothing is under way at this moment.
    }
  }

  /** The peer puts a frame on the wire. */
  public void send(byte[] frame) {
    peer.transmit(frame, 0, frame.length, now());
    settle();
  }

  /** The peer sends a packet, in a frame from a MAC derived from the source address. */
  public void sendPacket(byte[] packet) {
    int source = NetworkOrder.int32(packet, 12);
    String from = MacAddress.fromIpv4(new Ipv4Address(source)).toString();
    send(Frames.ethernet(eth0.nic().mac().toString(), from, EthernetView.TYPE_IPV4, packet));
  }

  /** The host knows this neighbour, as if by {@code arp -s}. */
  public void know(String address, StackInterface via) {
    Ipv4Address neighbour = Ipv4Address.parse(address);
    stack.neighbours().pin(neighbour, MacAddress.fromIpv4(neighbour), via, now());
  }

  /** The next frame from the host, which must be this. */
  public byte[] expect(String line) {
    settle();
    return expectFirst(heard, line);
  }

  private static byte[] expectFirst(Deque<byte[]> frames, String line) {
    assertThat(frames).as("frames when expecting: " + line).isNotEmpty();
    byte[] frame = frames.remove();
    assertThat(Tcpdump.line(frame)).isEqualTo(line);
    return frame;
  }

  public void expectNothing() {
    settle();
    assertThat(heard.stream().map(Tcpdump::line)).isEmpty();
  }

  /** How many frames the host has sent since the last look. */
  public int count() {
    settle();
    int count = heard.size();
    heard.clear();
    return count;
  }

  /** Takes all frames the host has sent. */
  public List<byte[]> drain() {
    settle();
    List<byte[]> all = List.copyOf(heard);
    heard.clear();
    return all;
  }

  /** The next frame from the host, whatever it is. */
  public byte[] next() {
    settle();
    return heard.remove();
  }

  /** The host has dropped something for this reason so many times, and nothing is unaccounted. */
  public void expectDrops(DropReason reason, long times) {
    assertThat(stack.drops().of(reason)).as(reason.counterName()).isEqualTo(times);
  }
}
