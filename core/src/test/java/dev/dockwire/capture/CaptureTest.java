package dev.dockwire.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.dockwire.bridge.Bridge;
import dev.dockwire.bridge.BridgePort;
import dev.dockwire.fabric.Fabric;
import dev.dockwire.fabric.FabricShape;
import dev.dockwire.frame.DropReason;
import dev.dockwire.frame.EthernetView;
import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.frame.MacAddress;
import dev.dockwire.link.FrameSlot;
import dev.dockwire.link.Nic;
import dev.dockwire.time.Loop;
import dev.dockwire.time.RealClock;
import dev.dockwire.time.VirtualClock;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is recorded of frames between a1, a2 and a3 on one bridge. */
class CaptureTest {

  private final VirtualClock clock = new VirtualClock();
  private final Loop loop = new Loop(clock);
  private final Fabric fabric = new Fabric(FabricShape.DEFAULT.withWireNanos(30_000));
  private final Bridge bridge = new Bridge("docker0");
  private final Nic a1 = nic("a1/eth0", 1);
  private final Nic a2 = nic("a2/eth0", 2);
  private final Nic a3 = nic("a3/eth0", 3);
  private final BridgePort port1 = bridge.attach("veth1", a1);

  @TempDir Path folder;

  CaptureTest() {
    bridge.attach("veth2", a2);
    bridge.attach("veth3", a3);
    loop.add(fabric);
  }

  private Nic nic(String label, int number) {
    MacAddress mac = MacAddress.fromIpv4(Ipv4Address.parse("172.17.0." + (number + 1)));
    Nic nic = new Nic("eth0", mac, 1_500, fabric);
    nic.label(label);
    return nic;
  }

  private void send(Nic from, MacAddress to) {
    byte[] frame = new byte[60];
    EthernetView.emitHeader(frame, 0, to.value(), from.mac().value(), 0x88b5);
    from.transmit(frame, 0, frame.length, clock.now());
  }

  private void settle() {
    loop.runUntil(clock.now() + 1_000_000);
  }

  private Capture start(CaptureFilter filter) throws IOException {
    return Capture.start(fabric, folder.resolve("x.pcapng"), filter, clock.epochNanos());
  }

  private List<CapturedFrame> end(Capture capture) throws IOException {
    capture.close();
    assertThat(capture.problem()).isEmpty();
    List<CapturedFrame> frames = Content.frames(Files.readAllBytes(folder.resolve("x.pcapng")));
    assertThat(capture.frames()).isEqualTo(frames.size());
    return frames;
  }

  private static List<String> summary(List<CapturedFrame> frames) {
    List<String> lines = new ArrayList<>();
    for (CapturedFrame frame : frames) {
      lines.add((frame.interfaceName() + " " + frame.direction() + " " + frame.comment()).strip());
    }
    return lines;
  }

  @Test
  void ofAllLinksEachFrameIsRecordedOnceWhereItWasSent() throws IOException {
    Capture capture = start(CaptureFilter.all());
    send(a1, MacAddress.BROADCAST);
    settle();
    send(a2, a1.mac());
    settle();
    assertThat(summary(end(capture))).containsExactly("a1/eth0 OUTBOUND", "a2/eth0 OUTBOUND");
  }

  @Test
  void ofOneLinkBothDirectionsAreRecorded() throws IOException {
    Capture capture = start(CaptureFilter.labels("a1/eth0"));
    send(a1, MacAddress.BROADCAST);
    send(a2, a1.mac());
    send(a2, a3.mac());
    settle();
    send(a3, a2.mac());
    settle();
    assertThat(summary(end(capture)))
        .as("out, in, flooded because a3 was not known yet, and nothing of the learnt way to a2")
        .containsExactly("a1/eth0 OUTBOUND", "a1/eth0 INBOUND", "a1/eth0 INBOUND");
  }

  @Test
  void aFloodedFrameIsRecordedAtEachLinkThatReceivedIt() throws IOException {
    Capture capture = start(CaptureFilter.labels("a2/eth0", "a3/eth0", "a2/eth0"));
    send(a1, MacAddress.BROADCAST);
    settle();
    assertThat(summary(end(capture)))
        .as("once, though one is named twice")
        .containsExactly("a2/eth0 INBOUND", "a3/eth0 INBOUND");
  }

  @Test
  void aLinkThatIsDownReceivesNothing() throws IOException {
    Capture capture = start(CaptureFilter.labels("a2/eth0"));
    a2.setUp(false);
    send(a1, MacAddress.BROADCAST);
    settle();
    assertThat(end(capture)).isEmpty();
  }

  @Test
  void aFrameForALinkThatIsDownSaysSoWhereItWasSent() throws IOException {
    send(a2, MacAddress.BROADCAST);
    settle();
    a2.setUp(false);
    Capture capture = start(CaptureFilter.all());
    send(a1, a2.mac());
    settle();
    assertThat(summary(end(capture))).containsExactly("a1/eth0 OUTBOUND dropped: port.link_down");
  }

  @Test
  void twoNicsOnOneWire() throws IOException {
    Nic left = nic("left", 8);
    Nic right = nic("right", 9);
    left.connect(right);
    right.connect(left);
    Capture capture = start(CaptureFilter.labels("right"));
    send(left, right.mac());
    send(right, left.mac());
    settle();
    assertThat(summary(end(capture))).containsExactly("right INBOUND", "right OUTBOUND");
  }

  @Test
  void aWireBetweenTwoBridgesIsAWireOfItsOwn() throws IOException {
    Bridge other = new Bridge("br1");
    Nic here = nic("docker0/up", 8);
    Nic there = nic("br1/down", 9);
    Bridge.join(here, bridge, there, other, false);
    Nic b1 = nic("b1/eth0", 4);
    other.attach("veth4", b1);

    Capture all = start(CaptureFilter.all());
    send(a1, MacAddress.BROADCAST);
    settle();
    assertThat(summary(end(all))).containsExactly("a1/eth0 OUTBOUND", "docker0/up OUTBOUND");

    Capture farEnds = start(CaptureFilter.labels("br1/down", "b1/eth0"));
    send(a1, MacAddress.BROADCAST);
    settle();
    assertThat(summary(end(farEnds))).containsExactly("br1/down INBOUND", "b1/eth0 INBOUND");
  }

  @Test
  void aDroppedFrameSaysWhy() throws IOException {
    port1.allowOnlySource(a3.mac().value());
    Capture capture = start(CaptureFilter.all());
    send(a1, MacAddress.BROADCAST);
    settle();
    assertThat(summary(end(capture))).containsExactly("a1/eth0 OUTBOUND dropped: port.spoof");
  }

  @Test
  void aFrameTheReceivingStackDroppedSaysWhyAtEitherEnd() throws IOException {
    send(a2, MacAddress.BROADCAST);
    settle();
    a2.handler((nic, frame, now) -> frame.settleDropped(DropReason.IP_BAD_CSUM));
    Capture sender = start(CaptureFilter.all());
    send(a1, a2.mac());
    settle();
    assertThat(summary(end(sender))).containsExactly("a1/eth0 OUTBOUND dropped: ip.bad_csum");
    Capture receiver = start(CaptureFilter.labels("a2/eth0"));
    send(a1, a2.mac());
    settle();
    assertThat(summary(end(receiver))).containsExactly("a2/eth0 INBOUND dropped: ip.bad_csum");
  }

  @Test
  void oneReceiversDropIsNotAFloodedFramesFate() throws IOException {
    a2.handler((nic, frame, now) -> frame.settleDropped(DropReason.ARP_NOT_MINE));
    Capture capture = start(CaptureFilter.labels("a2/eth0", "a3/eth0"));
    send(a1, MacAddress.BROADCAST);
    settle();
    assertThat(summary(end(capture))).containsExactly("a2/eth0 INBOUND", "a3/eth0 INBOUND");
  }

  @Test
  void aFrameOnAWireThatIsPulledOutIsRecordedAndNotALossBesides() throws IOException {
    FakeDisk disk = new FakeDisk();
    Capture capture = startOn(disk);
    send(a1, MacAddress.BROADCAST);
    settle();
    send(a1, MacAddress.BROADCAST);
    a1.disconnect();
    settle();
    capture.close();
    assertThat(summary(Content.frames(disk.content())))
        .containsExactly("a1/eth0 OUTBOUND", "a1/eth0 OUTBOUND dropped: port.link_down");
    assertThat(PcapngBlocks.dropCounts(disk.content())).containsExactly(0L, 0L);
  }

  @Test
  void lossesBeforeTheRingAreCountedAtTheNextFrame() throws IOException {
    FakeDisk disk = new FakeDisk();
    byte[] tooLong = new byte[1_515];
    a1.transmit(tooLong, 0, tooLong.length, 0);
    Capture capture = startOn(disk);
    send(a1, MacAddress.BROADCAST);
    settle();
    a1.transmit(tooLong, 0, tooLong.length, 0);
    a1.transmit(tooLong, 0, tooLong.length, 0);
    send(a1, MacAddress.BROADCAST);
    send(a1, MacAddress.BROADCAST);
    settle();
    a1.transmit(tooLong, 0, tooLong.length, 0);
    capture.close();
    assertThat(PcapngBlocks.dropCounts(disk.content()))
        .as("what was lost before the capture is not its business")
        .containsExactly(0L, 2L, 0L);
    assertThat(PcapngBlocks.statistics(disk.content())).containsExactly("received 3, dropped 3");
  }

  private Capture startOn(FakeDisk disk) throws IOException {
    return Capture.start(
        fabric, new PcapngWriter(disk, "x", 0), CaptureFilter.all(), clock.epochNanos());
  }

  @Test
  void interfacesThatCameAndWentAreInTheAccountButNotKept() throws IOException {
    FakeDisk disk = new FakeDisk();
    Capture capture = Capture.start(fabric, new PcapngWriter(disk, "x", 0), CaptureFilter.all(), 0);
    List<WeakReference<Nic>> gone = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      Nic nic = nic("c" + i + "/eth0", 10);
      BridgePort port = bridge.attach("veth", nic);
      send(nic, a2.mac());
      settle();
      nic.transmit(new byte[2_000], 0, 2_000, clock.now());
      port.detach();
      gone.add(new WeakReference<>(nic));
    }
    for (int i = 0; i < 2 * FabricShape.DEFAULT.slots(); i++) {
      send(a1, a2.mac());
      settle();
    }
    System.gc();
    assertThat(gone.stream().filter(nic -> !nic.refersTo(null))).hasSizeLessThan(150);
    capture.close();
    assertThat(PcapngBlocks.statistics(disk.content()))
        .hasSize(201)
        .startsWith("received 1, dropped 1")
        .endsWith("received 1024, dropped 0");
  }

  @Test
  void namesStandBeforeTheNextFrame() throws IOException {
    FakeDisk disk = new FakeDisk();
    Capture capture = startOn(disk);
    send(a1, MacAddress.BROADCAST);
    settle();
    capture.name(Ipv4Address.parse("172.17.0.2"), "a1");
    send(a1, MacAddress.BROADCAST);
    settle();
    capture.close();
    assertThat(PcapngBlocks.types(disk.content()))
        .containsExactly(
            Pcapng.SECTION_HEADER,
            Pcapng.INTERFACE_DESCRIPTION,
            Pcapng.ENHANCED_PACKET,
            Pcapng.NAME_RESOLUTION,
            Pcapng.ENHANCED_PACKET,
            Pcapng.INTERFACE_STATISTICS);
  }

  @Test
  void everythingIsInTheFileAtEachPause() throws IOException {
    FakeDisk disk = new FakeDisk();
    Capture capture = startOn(disk);
    for (int i = 1; i <= 3; i++) {
      send(a1, MacAddress.BROADCAST);
      settle();
      assertThat(Content.frames(disk.content())).hasSize(i);
      assertThat(capture.frames()).isEqualTo(i);
    }
  }

  @Test
  void theFilterCanBeChanged() throws IOException {
    Capture capture = start(CaptureFilter.labels("a1/eth0"));
    send(a1, MacAddress.BROADCAST);
    settle();
    capture.filter(CaptureFilter.labels("a2/eth0"));
    send(a1, MacAddress.BROADCAST);
    settle();
    assertThat(summary(end(capture))).containsExactly("a1/eth0 OUTBOUND", "a2/eth0 INBOUND");
  }

  @Test
  void timesAreWhenTheFrameWasSent() throws IOException {
    Capture capture = start(CaptureFilter.all());
    settle();
    send(a1, MacAddress.BROADCAST);
    settle();
    assertThat(end(capture).getFirst().epochNanos()).isEqualTo(clock.epochNanos() + 1_000_000);
  }

  @Test
  void theSameRunGivesTheSameBytes() throws IOException {
    assertThat(run()).isEqualTo(run()).hasSizeGreaterThan(500);
  }

  private static byte[] run() throws IOException {
    CaptureTest world = new CaptureTest();
    FakeDisk disk = new FakeDisk();
    Capture capture = world.startOn(disk);
    capture.name(Ipv4Address.parse("172.17.0.2"), "a1");
    world.send(world.a1, MacAddress.BROADCAST);
    world.settle();
    world.send(world.a2, world.a1.mac());
    world.send(world.a2, world.a2.mac());
    world.settle();
    capture.close();
    return disk.content();
  }

  @Test
  void onAThreadOfItsOwnEveryFrameIsRecordedOrCountedAsLost() throws Exception {
    FakeDisk disk = new FakeDisk();
    RealClock captureClock = new RealClock();
    Capture capture =
        Capture.start(fabric, new PcapngWriter(disk, "x", 0), CaptureFilter.all(), 0, captureClock);
    Loop captureLoop = new Loop(captureClock);
    captureLoop.add(capture.observation());
    AtomicBoolean ended = new AtomicBoolean();
    Thread thread = Thread.ofPlatform().start(() -> captureLoop.runUntil(ended::get));

    for (int i = 0; i < 20_000; i++) {
      send(a1, MacAddress.BROADCAST);
      if (i % 100 == 0) {
        capture.name(new Ipv4Address(i), "n" + i);
        settle();
      }
    }
    // The capture may be behind; the ring lets the rest through as it catches up.
    loop.runUntil(() -> a1.inFlight() == 0);
    ended.set(true);
    captureClock.wake();
    thread.join();
    capture.close();

    assertThat(capture.frames() + a1.drops().total()).isEqualTo(20_000);
    assertThat(Content.frames(disk.content())).hasSize((int) capture.frames());
    assertThat(PcapngBlocks.types(disk.content())).contains(Pcapng.NAME_RESOLUTION);
  }

  @Test
  void aFrameIsRecordedWithoutAllocation() throws IOException {
    Path file = folder.resolve("x.pcapng");
    try (CaptureWriter writer = PcapngWriter.create(file, 0)) {
      FrameSlot slot = new FrameSlot(new byte[64], 0, 64);
      slot.fill(a1, 64, 0);
      slot.settle(FrameSlot.Fate.FORWARDED, port1);
      Capture capture = Capture.start(fabric, writer, CaptureFilter.labels("a1/eth0"), 0);
      ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      long allocated = Long.MAX_VALUE;
      for (int round = 0; round < 20; round++) {
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 500; i++) {
          capture.onFrame(slot);
        }
        allocated = Math.min(allocated, threads.getCurrentThreadAllocatedBytes() - before);
      }
      assertThat(allocated).as("in a round without a write to the file").isZero();
    }
  }

  @Test
  void aFullDiskStopsTheCaptureAndNothingElse() throws IOException {
    FakeDisk disk = new FakeDisk(64 * 1024);
    Capture capture = startOn(disk);
    for (int i = 0; i < 2_000; i++) {
      send(a1, MacAddress.BROADCAST);
      settle();
    }
    assertThat(capture.problem()).contains("capture stopped: No space left on device: x");
    assertThat(a3.counters().rxPackets()).isEqualTo(2_000);
    assertThat(a1.drops().total()).isZero();
    capture.close();
    assertThat(Content.frames(disk.content()).size()).isBetween(500, 1_000);
  }
}
