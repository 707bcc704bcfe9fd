package dev.dockwire.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dockwire.frame.MacAddress;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** What a capture file is worth when the disk fills, at whatever byte that happens. */
class FullDiskTest {

  private static final int FRAMES = 6;

  /** Opens one of the two kinds of writer. */
  private interface Opener {
    CaptureWriter open(SeekableByteChannel disk) throws IOException;
  }

  @Test
  void pcapngEndsAtTheLastWholeBlockThatFits() throws IOException {
    fillAtEveryByte(disk -> new PcapngWriter(disk, "x.pcapng", 0));
  }

  @Test
  void pcapEndsAtTheLastWholeRecordThatFits() throws IOException {
    fillAtEveryByte(disk -> new PcapWriter(disk, "x.pcap", 0));
  }

  private static void fillAtEveryByte(Opener opener) throws IOException {
    List<Integer> blockEnds = new ArrayList<>();
    byte[] whole = writeFlushingEach(opener, blockEnds);
    for (int room = blockEnds.getFirst(); room < whole.length; room++) {
      FakeDisk disk = new FakeDisk(room);
      CaptureWriter writer = opener.open(disk);
      write(writer, () -> {});
      writer.close();

      int fits = room;
      int end = blockEnds.stream().filter(e -> e <= fits).reduce((a, b) -> b).orElseThrow();
      assertThat(disk.content()).as("%d bytes", room).isEqualTo(Arrays.copyOf(whole, end));
      assertThat(writer.isStopped()).isTrue();
      assertThat(writer.problem().orElseThrow())
          .startsWith("capture stopped: No space left on device: x.pcap");
      assertThat(disk.isOpen()).isFalse();
      Content.frames(disk.content());
    }
  }

  /** Notes where each block ends, by flushing after each. */
  private static byte[] writeFlushingEach(Opener opener, List<Integer> ends) throws IOException {
    FakeDisk disk = new FakeDisk();
    CaptureWriter writer = opener.open(disk);
    Runnable noteEnd =
        () -> {
          writer.flush();
          ends.add(disk.content().length);
        };
    noteEnd.run();
    write(writer, noteEnd);
    writer.close();
    return disk.content();
  }

  private static void write(CaptureWriter writer, Runnable afterEachBlock) {
    writer.addInterface("a1/eth0", MacAddress.ZERO, "");
    afterEachBlock.run();
    for (int i = 0; i < FRAMES; i++) {
      byte[] frame = new byte[20 + i];
      writer.frame(0, i, frame, 0, frame.length, Direction.OUTBOUND, i, i == 3 ? "why" : "");
      afterEachBlock.run();
    }
  }

  @Test
  void aStoppedWriterTakesEverythingAndWritesNothing() throws IOException {
    FakeDisk disk = new FakeDisk(100);
    CaptureWriter writer = new PcapngWriter(disk, "x.pcapng", 0);
    for (int i = 0; i < 100_000; i++) {
      writer.frame(0, i, new byte[1_514], 0, 1_514, Direction.OUTBOUND, 0, "");
    }
    writer.close();
    assertThat(disk.writes).isEqualTo(3);
  }

  @Test
  void withoutRoomForTheHeaderThereIsNoCapture() {
    FakeDisk disk = new FakeDisk(10);
    assertThatThrownBy(() -> new PcapngWriter(disk, "x.pcapng", 0))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("No space left on device");
    assertThat(disk.content()).isEmpty();
    assertThat(disk.isOpen()).isFalse();
  }

  @Test
  void theRealFullDevice() {
    Path full = Path.of("/dev/full");
    Assumptions.assumeTrue(Files.isWritable(full), "there is no /dev/full here");
    assertThatThrownBy(() -> PcapngWriter.create(full, 0))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("No space left on device");
  }

  @Test
  void anInterruptOfTheThreadDoesNotEndTheCapture() throws IOException {
    Path file = Files.createTempFile("interrupt", ".pcap");
    try (CaptureWriter writer = PcapWriter.create(file, 0)) {
      Thread.currentThread().interrupt();
      writer.frame(0, 0, new byte[14], 0, 14, Direction.OUTBOUND, 0, "");
      writer.flush();
      assertThat(Thread.interrupted()).isTrue();
      assertThat(writer.problem()).isEmpty();
      assertThat(Content.frames(Files.readAllBytes(file))).hasSize(1);
    } finally {
      Files.delete(file);
    }
  }
}
