package dev.dockwire.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Plays every scenario and compares its output, its capture and the capture's decoded text with
 * what is committed. With {@code -Dregenerate} it rewrites all three instead.
 */
class ScenarioTest {

  private static final Path SCENARIOS = Path.of("scenarios");
  private static final Path PCAPS = Path.of("../pcaps");

  @TempDir Path scratch;

  private record Result(int status, String out, String err) {}

  static List<Path> scenarios() throws IOException {
    try (Stream<Path> files = Files.list(SCENARIOS)) {
      return files.filter(file -> file.toString().endsWith(".md")).sorted().toList();
    }
  }

  private static String nameOf(Path scenario) {
    return scenario.getFileName().toString().replace(".md", "");
  }

  private static Result dockwire(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status =
        Dockwire.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(arguments);
    return new Result(status, out.toString(), err.toString());
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void playsAsWrittenWithTheSameCapture(Path scenario) throws IOException {
    boolean regenerate = System.getProperty("regenerate") != null;
    Path capture = scratch.resolve("capture.pcapng");
    List<String> line =
        new ArrayList<>(List.of("play", scenario.toString(), "--capture", capture.toString()));
    if (regenerate) {
      line.add("--update");
    }
    Result played = dockwire(line.toArray(String[]::new));
    assertThat(played.status()).as(played.out() + played.err()).isZero();

    Path golden = PCAPS.resolve(nameOf(scenario) + ".pcapng");
    Path decoded = PCAPS.resolve(nameOf(scenario) + ".txt");
    String text = dockwire("dump", capture.toString()).out();
    if (regenerate) {
      Files.copy(capture, golden, StandardCopyOption.REPLACE_EXISTING);
      Files.writeString(decoded, text);
    }
    assertThat(text).isEqualTo(Files.readString(decoded));
    assertThat(capture).hasSameBinaryContentAs(golden);
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void theSameSeedGivesTheSameBytesAndAnotherSeedOthers(Path scenario) throws IOException {
    Path first = scratch.resolve("first.pcapng");
    Path second = scratch.resolve("second.pcapng");
    Path other = scratch.resolve("other.pcapng");
    String transcript = play(scenario, "7", first);
    assertThat(play(scenario, "7", second)).isEqualTo(transcript);
    assertThat(second).hasSameBinaryContentAs(first);
    assertThat(play(scenario, "8", other)).as("container ids").isNotEqualTo(transcript);
    assertThat(Files.mismatch(first, other)).as("echo identifiers").isNotNegative();
  }

  private static String play(Path scenario, String seed, Path capture) {
    return dockwire("play", scenario.toString(), "--seed", seed, "--capture", capture.toString())
        .out();
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void tsharkFindsNothingWrongWithTheCapture(Path scenario) throws Exception {
    assumeTrue(
        Arrays.stream(System.getenv("PATH").split(":"))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "tshark"))),
        "no tshark on the PATH: the captures are not checked with it");
    Path golden = PCAPS.resolve(nameOf(scenario) + ".pcapng");
    Process tshark =
        new ProcessBuilder(
                "tshark",
                "-n",
                "-r",
                golden.toString(),
                "-o",
                "ip.check_checksum:TRUE",
                "-o",
                "tcp.check_checksum:TRUE",
                "-o",
                "udp.check_checksum:TRUE",
                "-Y",
                // A reset is a warning to tshark; scenarios show refused connections on purpose.
                "_ws.malformed"
                    + " || (_ws.expert.severity >= warning && !tcp.connection.rst"
                    + gapsOnPurpose(scenario)
                    + ")"
                    + " || tcp.analysis.spurious_retransmission || ip.checksum.status == 0"
                    + " || icmp.checksum.status == 0 || tcp.checksum.status == 0"
                    + " || udp.checksum.status == 0")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String complaints = new String(tshark.getInputStream().readAllBytes());
    assertThat(tshark.waitFor()).isZero();
    assertThat(complaints).isEmpty();
  }

  /** Where frames are lost on purpose tshark misses them, too. */
  private static String gapsOnPurpose(Path scenario) {
    return nameOf(scenario).equals("lossy-link")
        ? " && !tcp.analysis.lost_segment && !tcp.analysis.out_of_order"
        : "";
  }
}
