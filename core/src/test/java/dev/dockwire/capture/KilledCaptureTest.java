package dev.dockwire.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.bridge.Bridge;
import dev.dockwire.fabric.Fabric;
import dev.dockwire.fabric.FabricShape;
import dev.dockwire.frame.EthernetView;
import dev.dockwire.frame.MacAddress;
import dev.dockwire.frame.NetworkOrder;
import dev.dockwire.link.Nic;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What is left of a capture when its process is killed by SIGKILL in the middle: a JVM of its own
 * captures as fast as it can, and says after each burst how many frames it has flushed.
 */
@Timeout(60)
class KilledCaptureTest {

  private static final int FRAMES_PER_BURST = 100;
  private static final int LENGTH = 900;
  private static final int NUMBER = EthernetView.HEADER_LENGTH;

  @TempDir private Path folder;

  /** The process that is killed. */
  static final class Victim {

    private final Fabric fabric = new Fabric(FabricShape.DEFAULT);
    private final Nic a1 = new Nic("eth0", MacAddress.parse("02:42:ac:11:00:02"), 1_500, fabric);
    private final byte[] frame = new byte[LENGTH];
    private int sent;

    /** Captures into {@code file} until it is killed; by a thread of its own if asked to. */
    public static void main(String... fileAndWay) throws IOException {
      Path file = Path.of(fileAndWay[0]);
      CaptureWriter writer =
          fileAndWay[1].equals("behind")
              ? new PcapngWriter(writeBehind(file), 0)
              : PcapngWriter.create(file, 0);
      new Victim().capture(writer);
    }

    private static WriteBehind writeBehind(Path file) {
      return new WriteBehind(
          () -> FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE),
          file.toString(),
          CaptureFormat.PCAPNG,
          16 << 20,
          () -> {});
    }

    private void capture(CaptureWriter writer) {
      new Bridge("docker0").attach("veth1", a1);
      EthernetView.emitHeader(frame, 0, MacAddress.BROADCAST.value(), a1.mac().value(), 0x88b5);
      Capture capture = Capture.start(fabric, writer, CaptureFilter.all(), 0);
      while (true) {
        for (int i = 0; i < FRAMES_PER_BURST; i++) {
          NetworkOrder.int32(frame, NUMBER, sent++);
          a1.transmit(frame, 0, LENGTH, sent);
        }
        while (fabric.doWork(sent) > 0) {
          // Until it is flushed.
        }
        System.out.println(capture.frames());
      }
    }
  }

  @ParameterizedTest(name = "written {0}, killed after {1} bursts")
  @CsvSource({"through, 1", "through, 500", "behind, 1", "behind, 500"})
  void theFileHasWholeFramesUpToTheKill(String way, int bursts) throws Exception {
    Path file = folder.resolve("killed.pcapng");
    Process victim =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Victim.class.getName(),
                file.toString(),
                way)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    int flushed = 0;
    try (BufferedReader said = victim.inputReader()) {
      for (int i = 0; i < bursts || isEmpty(file); i++) {
        flushed = Integer.parseInt(said.readLine());
      }
    } finally {
      victim.toHandle().destroyForcibly();
    }
    assertThat(victim.waitFor()).as("128 and SIGKILL").isEqualTo(137);

    CaptureReader reader = Content.reader(Files.readAllBytes(file));
    List<CapturedFrame> frames = Content.rest(reader);
    assertThat(reader.damage()).isEmpty();
    assertThat(frames).allSatisfy(frame -> assertThat(frame.bytes()).hasSize(LENGTH));
    List<Integer> numbers =
        frames.stream().map(frame -> NetworkOrder.int32(frame.bytes(), NUMBER)).toList();
    if (way.equals("through")) {
      assertThat(numbers).hasSizeGreaterThanOrEqualTo(flushed);
      assertThat(numbers).isEqualTo(IntStream.range(0, numbers.size()).boxed().toList());
    } else {
      assertThat(numbers).as("without those it had no room for").isSorted().doesNotHaveDuplicates();
    }
    assertTsharkReads(file, frames.size(), reader.isCutShort());
  }

  /** What is written by a thread of its own may not have come that far. */
  private static boolean isEmpty(Path file) throws IOException {
    return !Files.exists(file) || Files.size(file) == 0;
  }

  /** To the last whole block; at one that is torn it complains by its exit code. */
  private static void assertTsharkReads(Path file, int frames, boolean cutShort) {
    if (Tshark.isInstalled()) {
      Tshark.Result result = Tshark.read(file, "-T", "fields", "-e", "frame.number");
      assertThat(result.exitCode()).isEqualTo(cutShort ? 2 : 0);
      assertThat(result.lines()).hasSize(frames);
    } else {
      System.out.println("tshark is not installed: the killed capture is not checked with it");
    }
  }
}
