package dev.dockwire.tools.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class EnvCommandTest {

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private void env(Path socket) {
    int status =
        new CommandLine(new EnvCommand())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute("--socket", socket.toString());
    assertThat(status).isZero();
  }

  @Test
  void aShellIsToldWhereTheDaemonListens() throws IOException {
    Path socket = Files.createFile(folder.resolve("d.sock"));
    env(socket);
    assertThat(out.toString()).isEqualTo("export DOCKER_HOST=unix://" + socket + "\n");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void aPathWithABlankIsQuotedAndADaemonThatIsNotThereIsMentioned() {
    env(folder.resolve("a b"));
    assertThat(out.toString())
        .isEqualTo("export DOCKER_HOST='unix://" + folder.resolve("a b") + "'\n");
    assertThat(err.toString()).contains("no daemon listens at");
  }
}
