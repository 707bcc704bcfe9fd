package dev.dockwire.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.frame.MacAddress;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The bytes of each block, as the pcapng draft draws them, in little endian. */
class PcapngWriterTest {

  private static final MacAddress MAC = MacAddress.parse("02:42:ac:11:00:02");

  private final FakeDisk disk = new FakeDisk();
  private PcapngWriter writer;
  private int seen;

  @BeforeEach
  void open() throws IOException {
    writer = new PcapngWriter(disk, "test.pcapng", 0);
  }

  private void expect(String... hex) {
    writer.flush();
    byte[] content = disk.content();
    byte[] block = Arrays.copyOfRange(content, seen, content.length);
    seen = content.length;
    assertThat(HexFormat.of().formatHex(block)).isEqualTo(String.join("", hex).replace(" ", ""));
  }

  private void expectSectionHeader() {
    expect(
        "0a0d0d0a 2c000000", // block type, total length
        "4d3c2b1a 0100 0000", // byte order magic, version 1.0
        "ffffffffffffffff", // section length: not known
        "0400 0800 446f636b77697265", // shb_userappl "Dockwire"
        "0000 0000 2c000000");
  }

  @Test
  void theSectionHeaderIsInTheFileAtOnce() {
    assertThat(disk.writes).isEqualTo(1);
    expectSectionHeader();
  }

  @Test
  void anInterfaceHasItsNameAndAddress() {
    expectSectionHeader();
    assertThat(writer.addInterface("a1/eth0", MAC, "")).isZero();
    expect(
        "01000000 38000000 0100 0000 ffff0000", // Ethernet, snap length 65535
        "0200 0700 61312f65746830 00", // if_name "a1/eth0"
        "0600 0600 0242ac110002 0000", // if_MACaddr
        "0900 0100 09 000000", // if_tsresol: nanoseconds
        "0000 0000 38000000");
    assertThat(writer.addInterface("a2/eth0", MAC, "")).isEqualTo(1);
  }

  @Test
  void anInterfaceMayBeDescribed() {
    expectSectionHeader();
    writer.addInterface("a", MAC, "wire");
    expect(
        "01000000 3c000000 0100 0000 ffff0000",
        "0200 0100 61 000000",
        "0300 0400 77697265", // if_description
        "0600 0600 0242ac110002 0000",
        "0900 0100 09 000000",
        "0000 0000 3c000000");
  }

  @Test
  void aPlainFrameHasItsDirectionOnly() {
    expectSectionHeader();
    byte[] slab = {9, 9, 1, 2, 3, 4, 5, 9};
    writer.frame(1, 0x0102_0304_0506_0708L, slab, 2, 5, Direction.OUTBOUND, 0, "");
    expect(
        "06000000 34000000 01000000", // enhanced packet at interface 1
        "04030201 08070605", // the time's high half, then its low half
        "05000000 05000000 0102030405 000000", // captured, original, the frame padded
        "0200 0400 02000000", // epb_flags: outbound
        "0000 0000 34000000");
  }

  @Test
  void aFrameCanTellOfLossesAndWhatBecameOfIt() {
    expectSectionHeader();
    writer.frame(0, 1, new byte[] {1, 2, 3, 4}, 0, 4, Direction.INBOUND, 7, "dropped");
    expect(
        "06000000 48000000 00000000 00000000 01000000",
        "04000000 04000000 01020304",
        "0200 0400 01000000", // epb_flags: inbound
        "0400 0800 0700000000000000", // epb_dropcount
        "0100 0700 64726f70706564 00", // opt_comment
        "0000 0000 48000000");
  }

  @Test
  void aFrameIsCutToTheSnapLength() throws IOException {
    FakeDisk small = new FakeDisk();
    PcapngWriter cutting = new PcapngWriter(small, "cut", 3);
    cutting.addInterface("a", MAC, "");
    cutting.frame(0, 1, new byte[] {1, 2, 3, 4, 5}, 0, 5, Direction.OUTBOUND, 0, "");
    cutting.close();
    CapturedFrame frame = Content.only(small.content());
    assertThat(frame.bytes()).containsExactly(1, 2, 3);
    assertThat(frame.originalLength()).isEqualTo(5);
  }

  @Test
  void namesOfAnAddressTheOneToShowLast() {
    expectSectionHeader();
    writer.names(Ipv4Address.parse("172.17.0.2"), List.of("a1", "web"));
    expect(
        "04000000 24000000",
        "0100 0b00 ac110002 77656200 613100 00", // the address, "web", "a1", padding
        "0000 0000", // end of records
        "0000 0000 24000000");
  }

  @Test
  void statisticsAtTheEnd() {
    expectSectionHeader();
    writer.statistics(0, 1, 2, 3, 4);
    expect(
        "05000000 4c000000 00000000 00000000 02000000",
        "0200 0800 00000000 01000000", // isb_starttime
        "0300 0800 00000000 02000000", // isb_endtime
        "0400 0800 0300000000000000", // isb_ifrecv
        "0500 0800 0400000000000000", // isb_ifdrop
        "0000 0000 4c000000");
  }

  @Test
  void manyFramesAreOneWrite() {
    int before = disk.writes;
    for (int i = 0; i < 1_000; i++) {
      writer.frame(0, i, new byte[64], 0, 64, Direction.OUTBOUND, 0, "");
    }
    writer.flush();
    assertThat(disk.writes - before).isEqualTo(1);
  }

  @Test
  void aVeryLongTextIsCutBetweenTwoCharacters() {
    writer.addInterface("x", MAC, "");
    writer.frame(0, 1, new byte[14], 0, 14, Direction.OUTBOUND, 0, "é".repeat(100_000) + "x");
    writer.frame(0, 1, new byte[14], 0, 14, Direction.OUTBOUND, 0, "x" + "é".repeat(100_000));
    writer.close();
    List<CapturedFrame> frames = Content.frames(disk.content());
    assertThat(frames.get(0).comment()).isEqualTo("é".repeat(512));
    assertThat(frames.get(1).comment()).isEqualTo("x" + "é".repeat(511));
  }
}
