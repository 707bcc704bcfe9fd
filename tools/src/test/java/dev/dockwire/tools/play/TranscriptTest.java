package dev.dockwire.tools.play;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TranscriptTest {

  private static List<String> lines(String echo, String shown) {
    Transcript transcript = new Transcript();
    byte[] bytes = shown.getBytes(StandardCharsets.UTF_8);
    transcript.show(bytes, 0, bytes.length);
    return transcript.lines(echo, true);
  }

  @ParameterizedTest
  @CsvSource({"'$ '", "'/ # '", "'/etc/apk # '", "'~ # '", "'# '", "'[root@4f1 /]# '"})
  void echoAndPromptAreNotOutput(String prompt) {
    assertThat(lines("echo hi", "echo hi\r\nhi\r\n" + prompt)).containsExactly("hi");
  }

  @Test
  void outputWithoutANewlineBeforeThePromptIsKept() {
    assertThat(lines("echo -n hi", "echo -n hi\r\nhi/ # ")).containsExactly("hi");
  }

  @Test
  void aPromptThatIsDrawnAnewLeavesNothingBehind() {
    assertThat(lines("docker attach a1", "docker attach a1\r\n\r/ # \u001b[J")).isEmpty();
  }

  @Test
  void emptyLinesAreLines() {
    assertThat(lines("x", "x\r\n\r\n--- a1 ping statistics ---\r\n$ "))
        .containsExactly("", "--- a1 ping statistics ---");
  }

  @Test
  void theEchoOfCtrlCIsNotOutput() {
    assertThat(lines("^C", "^C\n--- x ---\r\n$ ")).containsExactly("--- x ---");
  }
}
