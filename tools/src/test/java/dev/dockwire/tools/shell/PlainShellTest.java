package dev.dockwire.tools.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.tools.live.LiveHost;
import dev.dockwire.tools.live.LiveHosts;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Commands from a stream, without a terminal. */
class PlainShellTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String commands, OutputStream stdout) {
    byte[] input = commands.getBytes(StandardCharsets.UTF_8);
    try (LiveHost host = LiveHosts.plain()) {
      return new PlainShell(host, new ByteArrayInputStream(input), stdout, err).run();
    }
  }

  @Test
  void commandsRunWithoutPromptAndEcho() {
    int status = run("echo one\ndocker ps -q\nnosuch\n(exit 5)", out);
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("one\n");
    assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("sh: nosuch: not found\n");
    assertThat(status).isEqualTo(5);
  }

  @Test
  void longOutputArrivesWhole() {
    run("seq 1 200000\n", out);
    assertThat(out.toString(StandardCharsets.UTF_8)).endsWith("\n199999\n200000\n");
    assertThat(out.toString(StandardCharsets.UTF_8).lines()).hasSize(200_000);
  }

  @Test
  void longInputArrivesWhole() {
    run("wc -c\n" + "x".repeat(100_000), out);
    assertThat(out.toString(StandardCharsets.UTF_8).strip()).isEqualTo("100000");
  }

  @Test
  void aReaderThatGoesAwayEndsWhatWritesToIt() {
    OutputStream broken =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    assertThat(run("while true; do echo x; done\n", broken)).isNotZero();
  }

  @Test
  void captureSaysWhatIsWrong() {
    run("capture start /nonexistent/folder/x.pcapng\ncapture nosense\ncapture ls\n", out);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .startsWith("capture: /nonexistent/folder/x.pcapng: No such file or directory\nUsage:");
    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            "NUMBER  FRAMES    LEFT OUT  OF                      STATE"
                + " ".repeat(19)
                + "FILE\n");
  }
}
