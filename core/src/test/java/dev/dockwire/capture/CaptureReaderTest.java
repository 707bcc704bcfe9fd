package dev.dockwire.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.frame.MacAddress;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CaptureReaderTest {

  private static byte[] hex(String... text) {
    return HexFormat.of().parseHex(String.join("", text).replace(" ", ""));
  }

  private static byte[] pcapng() throws IOException {
    FakeDisk disk = new FakeDisk();
    write(new PcapngWriter(disk, "x", 0), () -> {});
    return disk.content();
  }

  private static byte[] pcap() throws IOException {
    FakeDisk disk = new FakeDisk();
    write(new PcapWriter(disk, "x", 0), () -> {});
    return disk.content();
  }

  private static void write(CaptureWriter writer, Runnable afterEachBlock) {
    writer.addInterface("a1/eth0", MacAddress.ZERO, "wire to docker0/veth1");
    afterEachBlock.run();
    writer.frame(0, 1_000, new byte[] {1, 2, 3, 4, 5}, 0, 5, Direction.OUTBOUND, 0, "");
    afterEachBlock.run();
    writer.names(new Ipv4Address(1), List.of("a1"));
    afterEachBlock.run();
    writer.addInterface("a2/eth0", MacAddress.ZERO, "");
    afterEachBlock.run();
    writer.frame(1, 2_001, new byte[60], 0, 60, Direction.INBOUND, 3, "dropped: port.spoof");
    afterEachBlock.run();
    writer.statistics(0, 1, 2, 1, 0);
    afterEachBlock.run();
    writer.close();
  }

  @Test
  void pcapngGivesBackWhatWasWritten() throws IOException {
    List<CapturedFrame> frames = Content.frames(pcapng());
    assertThat(frames).hasSize(2);
    CapturedFrame first = frames.getFirst();
    assertThat(first.interfaceName()).isEqualTo("a1/eth0");
    assertThat(first.epochNanos()).isEqualTo(1_000);
    assertThat(first.bytes()).containsExactly(1, 2, 3, 4, 5);
    assertThat(first.originalLength()).isEqualTo(5);
    assertThat(first.direction()).isEqualTo(Direction.OUTBOUND);
    assertThat(first.comment()).isEmpty();
    CapturedFrame second = frames.getLast();
    assertThat(second.interfaceName()).isEqualTo("a2/eth0");
    assertThat(second.epochNanos()).isEqualTo(2_001);
    assertThat(second.direction()).isEqualTo(Direction.INBOUND);
    assertThat(second.comment()).isEqualTo("dropped: port.spoof");
  }

  @ParameterizedTest
  @CsvSource({
    "a1b23c4d, 5000000007", // nanoseconds
    "a1b2c3d4, 5000007000", // microseconds
  })
  void classicPcapInBothByteOrders(String magic, long nanos) {
    byte[] big =
        hex(
            magic,
            "0002 0004 00000000 00000000 0000ffff 00000001",
            "00000005 00000007 00000002 00000040 abcd");
    CapturedFrame frame = Content.only(big);
    assertThat(frame.epochNanos()).isEqualTo(nanos);
    assertThat(frame.bytes()).containsExactly(0xab, 0xcd);
    assertThat(frame.originalLength()).isEqualTo(0x40);
    assertThat(frame.interfaceName()).isEmpty();
    assertThat(frame.direction()).isEqualTo(Direction.UNKNOWN);

    String swapped = HexFormat.of().formatHex(reversed(hex(magic)));
    byte[] little =
        hex(
            swapped,
            "0200 0400 00000000 00000000 ffff0000 01000000",
            "05000000 07000000 02000000 40000000 abcd");
    assertThat(Content.only(little)).usingRecursiveComparison().isEqualTo(frame);
  }

  private static byte[] reversed(byte[] bytes) {
    byte[] reversed = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      reversed[bytes.length - 1 - i] = bytes[i];
    }
    return reversed;
  }

  @Test
  void aBigEndianSectionWithMicrosecondsAndASimplePacket() {
    byte[] file =
        hex(
            "0a0d0d0a 0000001c 1a2b3c4d 0001 0000 ffffffffffffffff 0000001c",
            "00000001 00000014 0001 0000 00000000 00000014",
            "00000006 00000024 00000000 00000000 00000007 00000002 00000002 abcd0000 00000024",
            "00000003 00000014 00000003 01020300 00000014");
    List<CapturedFrame> frames = Content.frames(file);
    assertThat(frames.getFirst().epochNanos()).isEqualTo(7_000);
    assertThat(frames.getFirst().bytes()).containsExactly(0xab, 0xcd);
    assertThat(frames.getLast().bytes()).containsExactly(1, 2, 3);
  }

  @Test
  void aSecondSectionStartsAfresh() throws IOException {
    byte[] one = pcapng();
    byte[] two = Arrays.copyOf(one, 2 * one.length);
    System.arraycopy(one, 0, two, one.length, one.length);
    assertThat(Content.frames(two)).hasSize(4);
  }

  @ParameterizedTest
  @CsvSource({"6, 5, 5000", "9, 5, 5", "3, 5, 5000000", "12, 5000, 5", "127, 5000, 0"})
  void timesInPowersOfTen(int code, long ticks, long nanos) {
    assertThat(new TimestampResolution(code, 0).nanos(ticks)).isEqualTo(nanos);
  }

  @Test
  void timesInPowersOfTwoAndWithAnOffset() {
    assertThat(new TimestampResolution(0x80 | 10, 0).nanos(1_536)).isEqualTo(1_500_000_000);
    assertThat(new TimestampResolution(0xff, 0).nanos(1_536)).isZero();
    assertThat(new TimestampResolution(9, -2).nanos(2_000_000_001)).isEqualTo(1);
  }

  @Test
  void aCutPcapngGivesTheWholeBlocksBeforeTheCut() throws IOException {
    FakeDisk disk = new FakeDisk();
    cutAtEveryByte(disk, new PcapngWriter(disk, "x", 0));
  }

  @Test
  void aCutPcapGivesTheWholeRecordsBeforeTheCut() throws IOException {
    FakeDisk disk = new FakeDisk();
    cutAtEveryByte(disk, new PcapWriter(disk, "x", 0));
  }

  private static void cutAtEveryByte(FakeDisk disk, CaptureWriter writer) {
    Set<Integer> borders = new TreeSet<>(Set.of(disk.content().length));
    write(
        writer,
        () -> {
          writer.flush();
          borders.add(disk.content().length);
        });
    byte[] whole = disk.content();
    List<CapturedFrame> all = Content.frames(whole);
    int seen = 0;
    for (int length = 4; length <= whole.length; length++) {
      CaptureReader reader = Content.reader(Arrays.copyOf(whole, length));
      List<CapturedFrame> frames = Content.rest(reader);
      assertThat(frames.size()).as("cut at %d", length).isBetween(seen, seen + 1);
      seen = frames.size();
      assertThat(frames)
          .usingRecursiveFieldByFieldElementComparator()
          .isEqualTo(all.subList(0, seen));
      assertThat(reader.isCutShort())
          .as("cut at %d, borders %s", length, borders)
          .isEqualTo(!borders.contains(length));
      assertThat(reader.damage()).isEmpty();
    }
    assertThat(seen).isEqualTo(all.size()).isEqualTo(2);
  }

  /** A reader that copied what it has so far for each of them would not end in time. */
  @Test
  @Timeout(60)
  void aBlockFullOfCommentsIsReadLikeAnyOther() {
    int comments = 1 << 20;
    int length = 12 + 20 + comments * 8;
    ByteBuffer file = ByteBuffer.allocate(28 + 20 + length);
    file.put(hex("0a0d0d0a 0000001c 1a2b3c4d 0001 0000 ffffffffffffffff 0000001c"));
    file.put(hex("00000001 00000014 0001 0000 00000000 00000014"));
    file.putInt(Pcapng.ENHANCED_PACKET).putInt(length).put(new byte[20]);
    byte[] x = hex("0001 0001 78000000");
    for (int i = 0; i < comments; i++) {
      file.put(x);
    }
    file.putInt(length);
    assertThat(Content.only(file.array()).comment())
        .startsWith("x; x; x")
        .hasSize(3 * comments - 2);
  }

  @Test
  void zerosBehindTheLastBlockAreDamage() throws IOException {
    byte[] file = pcapng();
    CaptureReader reader = Content.reader(Arrays.copyOf(file, file.length + 64));
    assertThat(Content.rest(reader)).hasSize(2);
    assertThat(reader.damage()).contains("damaged: a block of 0 bytes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "#!/bin/sh\n", "this is a text file, not a capture at all"})
  void otherFilesAreRefused(String content) {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> new CaptureReader(new ByteArrayInputStream(bytes)))
        .isInstanceOf(CaptureFormatException.class)
        .hasMessage("not a capture file (neither pcap nor pcapng)");
  }

  @Test
  void otherLinkTypesAreRefused() throws IOException {
    byte[] linuxCooked = pcap();
    linuxCooked[20] = 113;
    assertThatThrownBy(() -> new CaptureReader(new ByteArrayInputStream(linuxCooked)))
        .hasMessage("link type 113 is not Ethernet");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ffffffff", "00000080", "ffffff7f", "04000000", "0d000000"})
  void aLieAboutALengthIsDamage(String lie) throws IOException {
    byte[] file = Arrays.copyOf(pcapng(), 44 + 12);
    System.arraycopy(hex(lie), 0, file, 44 + 4, 4);
    CaptureReader reader = Content.reader(file);
    assertThat(Content.rest(reader)).isEmpty();
    assertThat(reader.damage().orElseThrow()).startsWith("damaged: a block of ");
  }

  /** Whatever the bytes are, reading ends, and with nothing worse than a named damage. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void mutatedFilesNeverDoHarm(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    List<byte[]> originals = List.of(pcapng(), pcap());
    for (int run = 0; run < 20_000; run++) {
      byte[] file = originals.get(run & 1).clone();
      int changes = 1 + random.nextInt(4);
      for (int i = 0; i < changes; i++) {
        int extreme = random.nextBoolean() ? random.nextInt(256) : random.nextInt(2) * 255;
        file[random.nextInt(file.length)] = (byte) extreme;
      }
      file = Arrays.copyOf(file, random.nextInt(file.length + 1));
      try (CaptureReader reader = new CaptureReader(new ByteArrayInputStream(file))) {
        assertThat(Content.rest(reader).size()).isLessThanOrEqualTo(file.length / 16);
      } catch (CaptureFormatException e) {
        assertThat(e).hasMessageMatching("(?s)not a capture.*|link type.*|damaged.*|pcapng vers.*");
      }
    }
  }
}
