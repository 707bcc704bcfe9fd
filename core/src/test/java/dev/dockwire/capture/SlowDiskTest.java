package dev.dockwire.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.bridge.Bridge;
import dev.dockwire.fabric.Fabric;
import dev.dockwire.fabric.FabricShape;
import dev.dockwire.frame.EthernetView;
import dev.dockwire.frame.MacAddress;
import dev.dockwire.link.Nic;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A capture whose disk takes a write only now and then: what Wireshark is told of the rest. */
class SlowDiskTest {

  private static final int MIB = 1 << 20;
  private static final int BURSTS = 8;
  private static final int FRAMES_PER_BURST = 2_000;

  /** Only to end a test that has failed already. */
  private static final long GIVE_UP_MILLIS = 30_000;

  /** As if the whole file were a packet, so that its statistics blocks are fields. */
  private static final String AS_BLOCKS = "read_format:MIME Files Format";

  private final Fabric fabric = new Fabric(FabricShape.DEFAULT);
  private final Nic a1 = new Nic("eth0", MacAddress.parse("02:42:ac:11:00:02"), 1_500, fabric);
  private final Semaphore writes = new Semaphore(1);

  @TempDir private Path folder;

  @BeforeEach
  void plugIn() {
    Tshark.assumeInstalled();
    a1.label("a1/eth0");
    new Bridge("docker0").attach("veth1", a1);
  }

  /** Each write of its file waits for leave. */
  private final class SlowDisk implements SeekableByteChannel {

    private final FileChannel file;

    SlowDisk(Path path) throws IOException {
      file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
      try {
        writes.acquire();
      } catch (InterruptedException e) {
        throw new InterruptedIOException(e.getMessage());
      }
      return file.write(source);
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
      return file.read(target);
    }

    @Override
    public long position() throws IOException {
      return file.position();
    }

    @Override
    public SeekableByteChannel position(long newPosition) throws IOException {
      return file.position(newPosition);
    }

    @Override
    public long size() throws IOException {
      return file.size();
    }

    @Override
    public SeekableByteChannel truncate(long size) throws IOException {
      return file.truncate(size);
    }

    @Override
    public boolean isOpen() {
      return file.isOpen();
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }

  private void sendBurst() {
    byte[] frame = new byte[1_514];
    EthernetView.emitHeader(frame, 0, MacAddress.BROADCAST.value(), a1.mac().value(), 0x88b5);
    for (int i = 0; i < FRAMES_PER_BURST; i++) {
      a1.transmit(frame, 0, frame.length, 0);
      fabric.doWork(0);
    }
  }

  /** Until the disk has written all that it has leave for. */
  private void awaitTheDisk() {
    while (writes.availablePermits() > 0) {
      Thread.onSpinWait();
    }
  }

  @Test
  void theFileSaysHowManyFramesItLacksAndIsWhole() throws IOException {
    Path file = folder.resolve("slow.pcapng");
    WriteBehind output =
        new WriteBehind(
            () -> new SlowDisk(file), file.toString(), CaptureFormat.PCAPNG, MIB, () -> {});
    Capture capture =
        Capture.start(fabric, new PcapngWriter(output, 0), CaptureFilter.all(), 1_000_000_000);
    for (int i = 0; i < BURSTS; i++) {
      sendBurst();
      writes.release();
      awaitTheDisk();
    }
    capture.close();
    writes.release(1_000);
    output.join(GIVE_UP_MILLIS);

    long sent = (long) BURSTS * FRAMES_PER_BURST;
    assertThat(capture.problem()).isEmpty();
    assertThat(a1.departed()).as("the network waits for no disk").isEqualTo(sent);
    assertThat(capture.missed()).isPositive();
    assertThat(capture.recorded() + capture.missed()).isEqualTo(sent);
    assertThat(Content.frames(Files.readAllBytes(file))).hasSize((int) capture.recorded());

    Tshark.Result frames = Tshark.read(file, "-T", "fields", "-e", "frame.drop_count");
    assertThat(frames.exitCode()).as("whole to its end").isZero();
    assertThat(frames.lines()).hasSize((int) capture.recorded());
    List<Long> gaps =
        frames.lines().stream().filter(l -> !l.isEmpty()).map(Long::parseLong).toList();
    assertThat(gaps).as("before each frame that follows a gap").isNotEmpty();
    assertThat(gaps.stream().mapToLong(Long::longValue).sum()).isBetween(1L, capture.missed());
    assertThat(interfaceStatistics(file))
        .isEqualTo("received " + capture.recorded() + ", dropped " + capture.missed());
  }

  /** The isb_ifrecv and isb_ifdrop of the one interface. */
  private static String interfaceStatistics(Path file) {
    String prefix = "pcapng.options.option.data.interface.";
    Tshark.Result blocks =
        Tshark.read(
            file,
            "-X",
            AS_BLOCKS,
            "-T",
            "fields",
            "-e",
            prefix + "received",
            "-e",
            prefix + "dropped");
    return blocks.lines().stream()
        .filter(line -> !line.isBlank())
        .map(line -> "received " + line.replace("\t", ", dropped "))
        .collect(Collectors.joining("; "));
  }
}
