package dev.dockwire.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class PcapWriterTest {

  private final FakeDisk disk = new FakeDisk();

  @Test
  void theBytesOfAFile() throws IOException {
    PcapWriter writer = new PcapWriter(disk, "test.pcap", 0);
    byte[] slab = {9, 1, 2, 3, 9};
    writer.frame(0, 1_767_225_600_000_000_007L, slab, 1, 3, Direction.OUTBOUND, 5, "no room here");
    writer.close();
    String expected =
        "4d3cb2a1 0200 0400 00000000 00000000" // nanosecond magic, version 2.4
            + "ffff0000 01000000" // snap length 65535, Ethernet
            + "00b95569 07000000" // 2026-01-01 and 7 ns
            + "03000000 03000000 010203"; // captured, original, the frame
    assertThat(HexFormat.of().formatHex(disk.content())).isEqualTo(expected.replace(" ", ""));
  }

  @Test
  void secondsAreUnsigned() throws IOException {
    PcapWriter writer = new PcapWriter(disk, "test.pcap", 0);
    long in2100 = 4_102_444_800_000_000_000L;
    writer.frame(0, in2100, new byte[14], 0, 14, Direction.OUTBOUND, 0, "");
    writer.close();
    assertThat(Content.only(disk.content()).epochNanos()).isEqualTo(in2100);
  }

  @Test
  void aFrameIsCutToTheSnapLength() throws IOException {
    PcapWriter writer = new PcapWriter(disk, "test.pcap", 2);
    writer.frame(0, 0, new byte[] {1, 2, 3}, 0, 3, Direction.OUTBOUND, 0, "");
    writer.close();
    assertThat(Content.only(disk.content()).bytes()).containsExactly(1, 2);
    assertThat(Content.only(disk.content()).originalLength()).isEqualTo(3);
  }
}
