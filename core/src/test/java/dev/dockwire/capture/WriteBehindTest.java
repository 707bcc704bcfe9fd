package dev.dockwire.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.bridge.Bridge;
import dev.dockwire.fabric.Fabric;
import dev.dockwire.fabric.FabricShape;
import dev.dockwire.frame.EthernetView;
import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.frame.MacAddress;
import dev.dockwire.link.Nic;
import dev.dockwire.time.Loop;
import dev.dockwire.time.VirtualClock;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A capture whose file is written by a thread of its own: whole frames of a1's, on one bridge. */
class WriteBehindTest {

  private static final int MIB = 1 << 20;

  /** Only to end a test that has failed already. */
  private static final long GIVE_UP_MILLIS = 30_000;

  private final VirtualClock clock = new VirtualClock();
  private final Loop loop = new Loop(clock);
  private final Fabric fabric = new Fabric(FabricShape.DEFAULT.withWireNanos(30_000));
  private final Nic a1 = new Nic("eth0", MacAddress.fromIpv4(new Ipv4Address(1)), 1_500, fabric);
  private final CountDownLatch diskReady = new CountDownLatch(1);
  private final CountDownLatch over = new CountDownLatch(1);

  @TempDir private Path folder;

  WriteBehindTest() {
    new Bridge("docker0").attach("veth1", a1);
    loop.add(fabric);
  }

  private void send(int frames) {
    byte[] frame = new byte[1_514];
    EthernetView.emitHeader(frame, 0, MacAddress.BROADCAST.value(), a1.mac().value(), 0x88b5);
    for (int i = 0; i < frames; i++) {
      frame[14] = (byte) i;
      a1.transmit(frame, 0, frame.length, clock.now());
      loop.runUntil(clock.now() + 100_000);
    }
  }

  private WriteBehind behind(SeekableByteChannel disk, int capacity) {
    return new WriteBehind(
        () -> whenReady(disk), "x", CaptureFormat.PCAPNG, capacity, over::countDown);
  }

  private SeekableByteChannel whenReady(SeekableByteChannel disk) throws IOException {
    try {
      diskReady.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    return disk;
  }

  private Capture start(BlockOutput output) throws IOException {
    return Capture.start(fabric, new PcapngWriter(output, 0), CaptureFilter.all(), 0);
  }

  private static void end(Capture capture, WriteBehind output) {
    capture.close();
    output.join(GIVE_UP_MILLIS);
  }

  @Test
  void whatFindsRoomIsWrittenAsIfItHadBeenAtOnce() throws IOException {
    FakeDisk expected = new FakeDisk();
    FakeDisk disk = new FakeDisk();
    diskReady.countDown();
    WriteBehind output = behind(disk, 16 * MIB);
    Capture atOnce =
        Capture.start(fabric, new PcapngWriter(expected, "x", 0), CaptureFilter.all(), 0);
    Capture behind = start(output);
    send(5_000);
    atOnce.close();
    end(behind, output);
    assertThat(behind.missed()).isZero();
    assertThat(disk.content()).isEqualTo(expected.content()).hasSizeGreaterThan(7 * MIB);
    assertThat(over.getCount()).isZero();
  }

  @Test
  void framesThatTheDiskIsTooSlowForAreCountedInTheFile() throws IOException {
    FakeDisk disk = new FakeDisk();
    WriteBehind output = behind(disk, MIB);
    Capture capture = start(output);
    send(2_000);
    long recordedAtFirst = capture.recorded();
    assertThat(recordedAtFirst * 1_550).isBetween(MIB / 2L, MIB + 0L);
    assertThat(capture.missed()).isEqualTo(2_000 - recordedAtFirst);

    diskReady.countDown();
    int sent = 2_000;
    while (capture.recorded() == recordedAtFirst && sent < 10_000_000) {
      send(1);
      sent++;
    }
    end(capture, output);
    byte[] content = disk.content();
    long missed = sent - capture.recorded();
    assertThat(Content.frames(content)).hasSize((int) recordedAtFirst + 1);
    assertThat(PcapngBlocks.dropCounts(content).getLast()).isEqualTo(missed);
    assertThat(PcapngBlocks.statistics(content))
        .containsExactly("received " + capture.recorded() + ", dropped " + missed);
  }

  @Test
  void namesThatTheDiskIsTooSlowForAreLeftOut() throws IOException {
    FakeDisk disk = new FakeDisk();
    WriteBehind output = behind(disk, MIB);
    Capture capture = start(output);
    capture.name(new Ipv4Address(1), "a-name-in-time");
    send(2_000);
    for (int i = 0; i < 20_000; i++) {
      capture.name(new Ipv4Address(i), "a-name-that-takes-some-room-" + i);
    }
    send(1);
    diskReady.countDown();
    end(capture, output);
    List<Integer> types = PcapngBlocks.types(disk.content());
    assertThat(types.stream().filter(type -> type == Pcapng.NAME_RESOLUTION)).hasSize(1);
  }

  @Test
  void interfacesAndTheirAccountsAlwaysFindRoom() throws IOException {
    FakeDisk disk = new FakeDisk();
    WriteBehind output = behind(disk, MIB);
    Capture capture = start(output);
    send(2_000);
    for (int i = 0; i < 100; i++) {
      Nic late = new Nic("eth0", MacAddress.fromIpv4(new Ipv4Address(i)), 1_500, fabric);
      late.connect(a1);
      byte[] frame = new byte[60];
      EthernetView.emitHeader(frame, 0, a1.mac().value(), late.mac().value(), 0x88b5);
      late.transmit(frame, 0, frame.length, clock.now());
      loop.runUntil(clock.now() + 100_000);
    }
    diskReady.countDown();
    end(capture, output);
    assertThat(PcapngBlocks.statistics(disk.content()))
        .hasSize(101)
        .endsWith("received 0, dropped 1");
  }

  @Test
  void aBugInTheWritingThreadIsAReasonToStop() throws IOException {
    WriteBehind output =
        new WriteBehind(
            () -> {
              throw new IllegalStateException("a bug");
            },
            "x",
            CaptureFormat.PCAPNG,
            MIB,
            over::countDown);
    Capture capture = start(output);
    output.join(GIVE_UP_MILLIS);
    assertThat(capture.problem())
        .contains("capture stopped: java.lang.IllegalStateException: a bug: x");
    capture.close();
  }

  @Test
  void aCaptureThatIsKilledHasWholeFramesUpToThere() throws IOException {
    diskReady.countDown();
    Path file = folder.resolve("x.pcapng");
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    WriteBehind output = behind(channel, 16 * MIB);
    Capture capture = start(output);
    int seen = 0;
    for (int round = 0; round < 20; round++) {
      send(100);
      byte[] soFar = Files.readAllBytes(file);
      if (soFar.length == 0) {
        continue;
      }
      CaptureReader reader = Content.reader(soFar);
      int frames = Content.rest(reader).size();
      assertThat(reader.damage()).isEmpty();
      assertThat(frames).isBetween(seen, (round + 1) * 100);
      seen = frames;
    }
    end(capture, output);
    assertThat(Content.frames(Files.readAllBytes(file))).hasSize(2_000);
  }

  @Test
  void afterADiskIsFullTheFileHasWholeBlocksAndTheThreadEnds() throws IOException {
    FakeDisk disk = new FakeDisk(100_000);
    diskReady.countDown();
    WriteBehind output = behind(disk, MIB);
    Capture capture = start(output);
    send(500);
    output.join(GIVE_UP_MILLIS);
    assertThat(over.getCount()).isZero();
    assertThat(capture.problem()).contains("capture stopped: No space left on device: x");
    assertThat(Content.frames(disk.content()).size()).isBetween(60, 66);
    send(10);
    capture.close();
  }

  @Test
  void classicPcapIsCutBackToWholeFramesToo() throws IOException {
    FakeDisk disk = new FakeDisk(10_000);
    diskReady.countDown();
    WriteBehind output = new WriteBehind(() -> disk, "x", CaptureFormat.PCAP, MIB, over::countDown);
    Capture capture = Capture.start(fabric, new PcapWriter(output, 0), CaptureFilter.all(), 0);
    send(50);
    end(capture, output);
    assertThat(Content.frames(disk.content())).hasSize(6);
  }
}
