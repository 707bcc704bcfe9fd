package dev.dockwire.capture.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.dockwire.capture.RandomFrames;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What holds without a real tcpdump to compare with. */
class FrameTextTest {

  private static final byte[] ARP =
      HexFormat.of()
          .parseHex(
              "ffffffffffff0242ac1100020806"
                  + "00010800060400010242ac110002ac110002000000000000ac110003");

  @Test
  void onAnyOfTheLinkHeaderThereIsTheSender() {
    StringBuilder plain = new StringBuilder();
    new FrameText(TextStyle.NUMERIC).appendCooked(plain, 2, ARP, 0, ARP.length, ARP.length);
    assertThat(plain).hasToString("ARP, Request who-has 172.17.0.3 tell 172.17.0.2, length 28");

    StringBuilder withHeader = new StringBuilder();
    new FrameText(TextStyle.NUMERIC.withLinkHeader(true))
        .appendCooked(withHeader, 2, ARP, 0, ARP.length, ARP.length);
    assertThat(withHeader)
        .hasToString(
            "ifindex 2 02:42:ac:11:00:02 ethertype ARP (0x0806), length 48:"
                + " Request who-has 172.17.0.3 tell 172.17.0.2, length 28");
  }

  @Test
  void namesStandForAddressesAndPorts() {
    Names names =
        new Names() {
          @Override
          public String host(int address) {
            return "a" + (address & 0xff);
          }
        };
    StringBuilder text = new StringBuilder();
    new FrameText(TextStyle.NUMERIC.withNames(names)).append(text, ARP, 0, ARP.length, ARP.length);
    assertThat(text).hasToString("ARP, Request who-has a3 tell a2, length 28");
  }

  /** Whatever is in a frame, and wherever it is cut, there is a text for it. */
  @Test
  void mutatedFramesNeverDoHarm() {
    SplittableRandom random = new SplittableRandom(1);
    RandomFrames frames = new RandomFrames(1);
    for (int verbosity = 0; verbosity <= 3; verbosity++) {
      FrameText text = new FrameText(TextStyle.NUMERIC.withVerbosity(verbosity));
      for (int run = 0; run < 10_000; run++) {
        byte[] frame = frames.next();
        for (int change = random.nextInt(4); change >= 0; change--) {
          frame[random.nextInt(frame.length)] = (byte) random.nextInt();
        }
        int captured = random.nextInt(frame.length + 1);
        StringBuilder line = new StringBuilder();
        assertThatCode(() -> text.append(line, frame, 0, captured, frame.length))
            .as("%s, %d captured", HexFormat.of().formatHex(frame), captured)
            .doesNotThrowAnyException();
      }
    }
  }
}
