package dev.dockwire.program.tc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.dockwire.program.TestHost;
import dev.dockwire.program.TestLan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Against iproute2 6.1: netem-arguments.txt and tbf-arguments.txt hold what its {@code tc qdisc
 * show} printed after it had sent these options, or the first line of its complaint. Where it is
 * installed, its complaints are asked for anew; they need no rights and no kernel that knows netem,
 * as it complains first.
 */
class Iproute2Test {

  private static final String SHOWN = "qdisc \\w+ 1: root refcnt 2 ";
  private static final String FAILED = "FAIL ";
  private static final String BY_THE_KERNEL = FAILED + "RTNETLINK";
  private static final String NO_SUCH_DEVICE = "there-is-none";

  /** Where the distribution tables are differs from one system to the other. */
  private static final String TABLES = "\\(/usr/lib/.*tc//";

  private record Recorded(String arguments, String answer) {}

  private final TestHost host = new TestLan().host("a1", "172.17.0.2");

  @ParameterizedTest
  @ValueSource(strings = {"netem", "tbf"})
  void optionsAreReadAndShownAsByIproute2(String kind) throws IOException {
    SoftAssertions all = new SoftAssertions();
    for (Recorded each : recorded(kind)) {
      all.assertThat(answer(kind, each.arguments())).as(each.arguments()).isEqualTo(each.answer());
    }
    all.assertAll();
  }

  private String answer(String kind, String arguments) {
    TestHost.Result added =
        host.run("tc qdisc add dev eth0 root handle 1: " + kind + " " + arguments);
    if (added.status() != 0) {
      return FAILED + firstLine(added.err());
    }
    String shown = host.run("tc qdisc show dev eth0").out();
    host.run("tc qdisc del dev eth0 root");
    return shown.replaceFirst(SHOWN, "").replace("\n", "|");
  }

  @ParameterizedTest
  @ValueSource(strings = {"netem", "tbf"})
  void complaintsAreThoseOfTheInstalledIproute2(String kind) throws IOException {
    assumeTrue(
        isInstalled(), "tc of iproute2 6.1 is not installed: its complaints are not compared");
    for (Recorded each : recorded(kind)) {
      String answer = each.answer();
      String complaint =
          answer.startsWith(FAILED) && !answer.startsWith(BY_THE_KERNEL)
              ? answer.substring(FAILED.length())
              : "Cannot find device \"" + NO_SUCH_DEVICE + "\"";
      List<String> command = new ArrayList<>();
      command.addAll(List.of("tc", "qdisc", "add", "dev", NO_SUCH_DEVICE, "root", kind));
      if (!each.arguments().isEmpty()) {
        command.addAll(List.of(each.arguments().split(" +")));
      }
      assertThat(firstLine(run(command)).replaceFirst(TABLES, "(/usr/lib/tc//"))
          .as(each.arguments())
          .isEqualTo(complaint);
    }
  }

  private static boolean isInstalled() {
    try {
      return run(List.of("tc", "-V")).contains("iproute2-6.1");
    } catch (IOException _) {
      return false;
    }
  }

  private static String run(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (var output = process.getInputStream()) {
      return new String(output.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }

  private static List<Recorded> recorded(String kind) throws IOException {
    try (var in = Iproute2Test.class.getResourceAsStream(kind + "-arguments.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.split(" ?=> ", 2))
          .map(parts -> new Recorded(parts[0].strip(), parts[1].strip()))
          .toList();
    }
  }
}
