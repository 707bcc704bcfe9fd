package dev.dockwire.stack.tcp.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Each row of the table of eleven states and nine events is a small scenario. */
class StatesAndEventsTest {

  private static final String TABLE =
      "/dev/dockwire/stack/tcp/scenarios/62-states-and-events.table";

  private final Map<String, String> given = new LinkedHashMap<>();
  private final List<String[]> rows = new ArrayList<>();

  private void read() throws IOException, URISyntaxException {
    for (String line : Files.readAllLines(Path.of(getClass().getResource(TABLE).toURI()))) {
      if (line.startsWith("#") || line.isBlank()) {
        continue;
      }
      String[] columns = line.split("\\|");
      if (columns.length == 1) {
        int colon = line.indexOf(':');
        given.put(line.substring(0, colon), line.substring(colon + 1));
      } else {
        rows.add(Arrays.stream(columns).map(String::strip).toArray(String[]::new));
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> table() throws IOException, URISyntaxException {
    read();
    assertThat(given).hasSize(11);
    assertThat(rows).hasSize(11 * 9);
    return rows.stream()
        .map(row -> DynamicTest.dynamicTest(row[0] + ", " + row[1], () -> play(row)));
  }

  private void play(String... row) {
    List<String> lines = new ArrayList<>();
    lines.add("# " + row[1] + " in " + row[0]);
    for (String part : List.of(given.get(row[0]), row[2], row[3], "state " + row[4])) {
      for (String line : part.split(";")) {
        lines.add(line);
      }
    }
    ScenarioRunner.play(Script.parse("62 " + row[0] + " " + row[1], lines));
  }
}
