package dev.dockwire.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ContainerLogsTest {

  private static String text(ContainerLogs logs) {
    StringBuilder text = new StringBuilder();
    logs.from(0).forEach(line -> text.append(new String(line.text())));
    return text.toString();
  }

  @Test
  void logsKeepTheNewestLinesWithinTheirLimit() {
    ContainerLogs logs = new ContainerLogs(() -> 7);
    byte[] line = ("x".repeat(999) + "\n").getBytes();
    for (int i = 0; i < 2_000; i++) {
      logs.write(ContainerLogs.Stream.OUT, line, 0, line.length);
    }
    assertThat(logs.next()).isEqualTo(2_000);
    assertThat(logs.from(0)).hasSizeBetween(900, 1_048);
    assertThat(logs.from(1_999)).hasSize(1);
    assertThat(logs.from(2_000)).isEmpty();
  }

  @Test
  void aPromptIsNoLineUntilTheProgramEnds() {
    ContainerLogs logs = new ContainerLogs(() -> 7);
    logs.write(ContainerLogs.Stream.OUT, "a\n# ".getBytes(), 0, 4);
    assertThat(text(logs)).isEqualTo("a\n");
    logs.finish();
    assertThat(text(logs)).isEqualTo("a\n# ");
  }
}
