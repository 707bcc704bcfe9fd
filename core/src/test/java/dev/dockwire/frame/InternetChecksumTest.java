package dev.dockwire.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class InternetChecksumTest {

  private final SplittableRandom random = new SplittableRandom(1071);

  /** RFC 1071's definition, word by word, with the carry added at once. */
  private static int reference(byte[] bytes, int offset, int length, int initial) {
    int sum = initial % 0x10000 + initial / 0x10000;
    for (int i = 0; i < length; i++) {
      sum += (i & 1) == 0 ? (bytes[offset + i] & 0xff) << 8 : bytes[offset + i] & 0xff;
      sum = sum > 0xffff ? sum - 0xffff : sum;
    }
    return 0xffff - (sum > 0xffff ? sum - 0xffff : sum);
  }

  @Test
  void sumsTheExampleOfRfc1071() {
    byte[] bytes = GoldenFrames.hex("0001 f203 f4f5 f6f7");
    assertThat(InternetChecksum.sum(bytes, 0, 8)).isEqualTo(0xddf2);
    assertThat(InternetChecksum.compute(bytes, 0, 8)).isEqualTo(0x220d);
  }

  @Test
  void agreesWithTheDefinitionForEveryLengthAndAlignment() {
    byte[] bytes = new byte[2_000];
    random.nextBytes(bytes);
    for (int length = 0; length <= 1_514; length++) {
      int offset = random.nextInt(bytes.length - length);
      int initial = random.nextInt(0x6_0000);
      assertThat(InternetChecksum.compute(bytes, offset, length))
          .as("%d bytes at %d", length, offset)
          .isEqualTo(reference(bytes, offset, length, 0));
      assertThat(InternetChecksum.compute(bytes, offset, length, initial))
          .as("%d bytes at %d after %x", length, offset, initial)
          .isEqualTo(reference(bytes, offset, length, initial));
    }
  }

  @Test
  void losesNoCarryInTheLargestPacketOfOnes() {
    byte[] bytes = new byte[65_535];
    Arrays.fill(bytes, (byte) 0xff);
    for (int length : new int[] {1, 2, 7, 8, 65_528, 65_534, 65_535}) {
      assertThat(InternetChecksum.compute(bytes, 0, length, 0x5_fffa))
          .isEqualTo(reference(bytes, 0, length, 0x5_fffa));
    }
  }

  @Test
  void allZeroIsNotTakenForAllOnes() {
    assertThat(InternetChecksum.compute(new byte[20], 0, 20)).isEqualTo(0xffff);
    assertThat(InternetChecksum.compute(GoldenFrames.hex("ffff"), 0, 2)).isZero();
  }

  @Test
  void theIncrementalUpdateOfRfc1624Section4() {
    assertThat(InternetChecksum.update16(0xdd2f, 0x5555, 0x3285)).isZero();
  }

  @Test
  void incrementalUpdateEqualsRecomputation() {
    int[] corners = {0, 1, 0x7fff, 0x8000, 0xfffe, 0xffff};
    byte[] header = new byte[20];
    for (int round = 0; round < 100_000; round++) {
      for (int i = 0; i < header.length; i += 2) {
        NetworkOrder.short16(header, i, word(corners));
      }
      // As in every header that has a checksum, something in it is never zero: here the version.
      header[0] = 0x45;
      int before = InternetChecksum.compute(header, 0, header.length);
      int at = 2 + 2 * random.nextInt(8);
      if (random.nextBoolean()) {
        int oldWord = NetworkOrder.short16(header, at);
        int newWord = word(corners);
        NetworkOrder.short16(header, at, newWord);
        assertThat(InternetChecksum.update16(before, oldWord, newWord))
            .as("%04x: %04x -> %04x", before, oldWord, newWord)
            .isEqualTo(InternetChecksum.compute(header, 0, header.length));
      } else {
        int oldValue = NetworkOrder.int32(header, at);
        int newValue = word(corners) << 16 | word(corners);
        NetworkOrder.int32(header, at, newValue);
        assertThat(InternetChecksum.update32(before, oldValue, newValue))
            .as("%04x: %08x -> %08x", before, oldValue, newValue)
            .isEqualTo(InternetChecksum.compute(header, 0, header.length));
      }
    }
  }

  private int word(int[] corners) {
    return random.nextBoolean() ? corners[random.nextInt(corners.length)] : random.nextInt(65_536);
  }
}
