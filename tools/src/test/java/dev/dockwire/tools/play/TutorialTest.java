package dev.dockwire.tools.play;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.host.World;
import dev.dockwire.time.Seed;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Types the tutorial's commands and compares what comes back with what the tutorial shows. Ids,
 * dates, durations and blanks do not matter; everything else that differs stands, with its reason,
 * in a block marked {@code diff} of {@code core/docs/tutorial-differences.md}, under the command
 * that prints it.
 */
class TutorialTest {

  private static final Path TUTORIAL =
      Path.of("src/test/resources/tutorial/container-networking.md");
  private static final Path DIFFERENCES = Path.of("../core/docs/tutorial-differences.md");

  private record Replacement(Pattern what, String by) {

    static Replacement of(String what, String by) {
      return new Replacement(Pattern.compile(what), by);
    }
  }

  private static final List<Replacement> UNIMPORTANT =
      List.of(
          Replacement.of("\\b[0-9a-f]{64}\\b|\\b(?=[0-9a-f]*\\d)[0-9a-f]{12}\\b", "ID"),
          Replacement.of("\\b\\d{4}-\\d\\d-\\d\\dT[0-9:.]+(Z|[+-]\\d\\d:\\d\\d)", "DATE"),
          Replacement.of(
              "\\b(\\d+|Less than a) (seconds?|minutes)\\b|\\bAbout an? (minute|hour)\\b",
              "DURATION"),
          Replacement.of("\\btime=[0-9.]+ ms", "time=MILLISECONDS ms"),
          Replacement.of("= [0-9.]+/[0-9.]+/[0-9.]+ ms", "= MILLISECONDS ms"),
          Replacement.of("\\s+", " "));

  private static final List<Player.Result> RESULTS = new ArrayList<>();

  @BeforeAll
  static void play() throws IOException {
    RESULTS.addAll(played());
  }

  /** What Dockwire's own client prints for each of the tutorial's commands. */
  static List<Player.Result> played() throws IOException {
    Scenario tutorial = ScenarioReader.read(TUTORIAL);
    World world = World.inVirtualTime(new Seed(1));
    Screenplay nobodyWatches = new Screenplay(new PrintWriter(new StringWriter()), false);
    Progress progress = new Progress(new PrintWriter(new StringWriter()), false, world);
    long limitNanos = TimeUnit.MINUTES.toNanos(1);
    try (Session session = new Session(world, tutorial.settings(), limitNanos, progress)) {
      Player player = new Player(tutorial, session, nobodyWatches);
      assertThat(player.play()).as("played to the end").isTrue();
      return player.results();
    }
  }

  @Test
  void nothingDiffersButWhatIsListedWithItsReason() throws IOException {
    Set<String> found = new TreeSet<>();
    for (Player.Result result : RESULTS) {
      for (String difference : difference(result)) {
        found.add(result.step().text().strip() + ": " + difference);
      }
    }
    assertThat(String.join("\n", found)).isEqualTo(String.join("\n", listed()));
  }

  private static List<String> difference(Player.Result result) {
    Expectation expected = new Expectation(important(result.step().expected()));
    List<String> differences = new ArrayList<>();
    List<String> run = new ArrayList<>();
    for (String line : expected.difference(important(result.output()))) {
      if (line.startsWith("  ")) {
        endRun(run, differences);
      } else {
        run.add(line);
      }
    }
    endRun(run, differences);
    return differences;
  }

  /** Where the tutorial leaves lines out, lines of ours are no difference. */
  private static void endRun(List<String> run, List<String> differences) {
    if (run.remove("- " + Expectation.ANY_LINES)) {
      run.removeIf(line -> line.startsWith("+ "));
    }
    differences.addAll(run);
    run.clear();
  }

  /** Lines without what changes from one run to the next. */
  static List<String> important(List<String> lines) {
    return lines.stream().map(TutorialTest::important).filter(line -> !line.isEmpty()).toList();
  }

  private static String important(String line) {
    String text = line;
    for (Replacement replacement : UNIMPORTANT) {
      text = replacement.what().matcher(text).replaceAll(replacement.by());
    }
    return text.strip();
  }

  /** The lines of all blocks marked {@code diff}, each with the command above it. */
  private static Set<String> listed() throws IOException {
    Set<String> listed = new TreeSet<>();
    boolean diff = false;
    String command = "";
    for (String line : Files.readAllLines(DIFFERENCES)) {
      if (line.startsWith("```")) {
        diff = line.equals("```diff");
      } else if (diff && (line.startsWith("- ") || line.startsWith("+ "))) {
        listed.add(command + ": " + line.charAt(0) + " " + important(line.substring(2)));
      } else if (diff) {
        command = line.strip();
      }
    }
    return listed;
  }
}
