package dev.dockwire.capture.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.capture.CaptureFormat;
import dev.dockwire.capture.CaptureWriter;
import dev.dockwire.capture.Direction;
import dev.dockwire.capture.RandomFrames;
import dev.dockwire.capture.Tcpdump;
import dev.dockwire.frame.MacAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random frames of a seed: what is printed of each is what the real tcpdump prints. */
class TcpdumpTextTest {

  private static final int FRAMES = 3_000;
  private static final long SEED = 4;
  private static final long START_NANOS = 1_767_225_600_000_000_000L;
  private static final long STEP_NANOS = 61_000_007_000L;

  @TempDir Path folder;

  @BeforeAll
  static void tcpdumpIsHere() {
    Tcpdump.assumeInstalled();
  }

  private static List<byte[]> frames() {
    RandomFrames random = new RandomFrames(SEED);
    List<byte[]> frames = new ArrayList<>(FRAMES);
    for (int i = 0; i < FRAMES; i++) {
      frames.add(random.next());
    }
    return frames;
  }

  private Path file(List<byte[]> frames, int snapLength) throws IOException {
    Path file = folder.resolve("frames.pcap");
    try (CaptureWriter writer = CaptureFormat.PCAP.create(file, snapLength)) {
      writer.addInterface("eth0", MacAddress.ZERO, "");
      for (int i = 0; i < frames.size(); i++) {
        byte[] frame = frames.get(i);
        writer.frame(
            0, START_NANOS + i * STEP_NANOS, frame, 0, frame.length, Direction.UNKNOWN, 0, "");
      }
    }
    return file;
  }

  private void expectAgreement(String options, TextStyle style, int snapLength) throws IOException {
    List<byte[]> frames = frames();
    String real =
        Tcpdump.read(file(frames, snapLength), List.of(("-n -t " + options).split(" +")))
            // Where a block of SACK is cut the real one has a bracket too many.
            .replace("[|tcp]>", "[|tcp]");
    FrameText frameText = new FrameText(style);
    StringBuilder ours = new StringBuilder();
    for (byte[] frame : frames) {
      int captured = Math.min(frame.length, snapLength);
      frameText.append(ours, frame, 0, captured, frame.length);
      ours.append('\n');
    }
    expectSameLines(ours.toString(), real);
  }

  /** The first line that differs says more than all that do. */
  private static void expectSameLines(String ours, String real) {
    List<String> our = ours.lines().toList();
    List<String> theirs = real.lines().toList();
    for (int i = 0; i < Math.min(our.size(), theirs.size()); i++) {
      assertThat(our.get(i)).as("line %d", i).isEqualTo(theirs.get(i));
    }
    assertThat(our).hasSameSizeAs(theirs);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-e", "-v", "-vv", "-vvv -e", "-q", "-q -v", "-S"})
  void everyKindOfFrame(String options) throws IOException {
    int verbosity = (int) options.chars().filter(letter -> letter == 'v').count();
    TextStyle style =
        TextStyle.NUMERIC
            .withVerbosity(verbosity)
            .withLinkHeader(options.contains("e"))
            .withQuiet(options.contains("q"))
            .withAbsoluteSequence(options.contains("S"));
    expectAgreement(options, style, CaptureWriter.WHOLE_FRAMES);
  }

  @ParameterizedTest
  @ValueSource(ints = {14, 20, 34, 37, 44, 54, 60, 68})
  void framesThatWereCut(int snapLength) throws IOException {
    expectAgreement("", TextStyle.NUMERIC, snapLength);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-t", "-tt", "-ttt", "-tttt", "-ttttt", ""})
  void times(String option) throws IOException {
    List<byte[]> frames = frames().subList(0, 50);
    List<String> arguments = new ArrayList<>(List.of("-n"));
    if (!option.isEmpty()) {
      arguments.add(option);
    }
    String real = Tcpdump.read(file(frames, 0), arguments);
    Timestamps.Form form = Timestamps.Form.values()[Math.max(0, option.length() - 1)];
    Timestamps times = new Timestamps(form, false);
    FrameText frameText = new FrameText(TextStyle.NUMERIC);
    StringBuilder ours = new StringBuilder();
    for (int i = 0; i < frames.size(); i++) {
      times.append(ours, START_NANOS + i * STEP_NANOS);
      byte[] frame = frames.get(i);
      frameText.append(ours, frame, 0, frame.length, frame.length);
      ours.append('\n');
    }
    expectSameLines(ours.toString(), real);
  }

  @Test
  void octets() throws IOException {
    for (byte[] frame : frames().subList(0, 60)) {
      for (String option : List.of("-x", "-X", "-A")) {
        String real = Tcpdump.read(file(List.of(frame), 0), List.of("-n", "-t", "-e", option));
        if (real.contains("Unknown")) {
          continue; // its octets are printed anyhow, twice
        }
        StringBuilder ours = new StringBuilder(real.substring(0, real.indexOf('\n')));
        int start = FrameText.linkHeaderLength(frame, 0, frame.length);
        switch (option) {
          case "-x" -> HexDump.appendHex(ours, frame, start, frame.length);
          case "-X" -> HexDump.appendHexAndText(ours, frame, start, frame.length);
          default -> HexDump.appendText(ours, frame, start, frame.length);
        }
        assertThat(ours + "\n").isEqualTo(real);
      }
    }
  }
}
