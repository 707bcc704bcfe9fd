package dev.dockwire.program.mysql.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Where typed statements end. */
class StatementReaderTest {

  private static List<String> statements(String text) {
    StatementReader reader = new StatementReader();
    reader.add(text);
    List<String> found = new ArrayList<>();
    for (Optional<StatementReader.Typed> typed = reader.next();
        typed.isPresent();
        typed = reader.next()) {
      StatementReader.Typed one = typed.get();
      found.add(one.line() + ": " + one.sql() + (one.vertical() ? " \\G" : ""));
    }
    reader.rest().ifPresent(rest -> found.add("rest: " + rest.sql()));
    return found;
  }

  @Test
  void semicolonsAndGosEndThem() {
    assertThat(statements("a; b\\G\nc\\g d"))
        .containsExactly("1: a", "1: b \\G", "2: c", "rest: d");
  }

  @Test
  void notInQuotesAndComments() {
    assertThat(statements("a ';' \"\\\";\" `;` /* ; */; b -- ;\n; c # ;\n;"))
        .containsExactly("1: a ';' \"\\\";\" `;` /* ; */", "1: b -- ;", "2: c # ;");
  }

  @Test
  void theClearedIsGone() {
    assertThat(statements("a b \\c c;")).containsExactly("1: c");
  }
}
