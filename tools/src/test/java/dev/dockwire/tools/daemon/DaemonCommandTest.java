package dev.dockwire.tools.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What the daemon refuses to start with: status 2, one line that says why, and nothing opened. */
class DaemonCommandTest {

  @TempDir Path folder;

  private final StringWriter err = new StringWriter();
  private Path socket;

  @BeforeEach
  void setSocket() {
    socket = folder.resolve("d.sock");
  }

  private int daemon(String... options) {
    CommandLine line = new CommandLine(new DaemonCommand()).setErr(new PrintWriter(err));
    String[] arguments = new String[options.length + 2];
    arguments[0] = "--socket";
    arguments[1] = socket.toString();
    System.arraycopy(options, 0, arguments, 2, options.length);
    return line.execute(arguments);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0:2375",
        "192.168.0.1:2375",
        ":2375",
        "2375",
        "[::]:2375",
        "localhost:2375",
        "127.0.0.1",
        "127.0.0.1:99999",
        "127.0.0.1:x",
        "127.0.0.999:2375"
      })
  void onlyALoopbackAddressIsListenedAt(String address) {
    assertThat(daemon("--tcp", address)).isEqualTo(2);
    assertThat(err.toString()).startsWith("--tcp ").contains(address);
    assertThat(socket).doesNotExist();
  }

  @Test
  void aPortThatIsTakenIsSaidInOneLine() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      String address = "127.0.0.1:" + taken.getLocalPort();
      assertThat(daemon("--tcp", address)).isEqualTo(2);
      assertThat(err.toString()).isEqualTo("dockwire: " + address + ": Address already in use\n");
      assertThat(socket).doesNotExist();
    }
  }

  @Test
  void somethingElseAtTheSocketsPathIsSaidInOneLine() throws IOException {
    Files.createSymbolicLink(socket, folder.resolve("elsewhere"));
    assertThat(daemon()).isEqualTo(2);
    assertThat(err.toString())
        .isEqualTo("dockwire: " + socket + ": there is something else that is no socket\n");
    assertThat(folder.resolve("elsewhere")).doesNotExist();
  }

  @Test
  void aFolderThatIsNotThereIsSaidInOneLine() {
    socket = folder.resolve("nowhere/d.sock");
    assertThat(daemon()).isEqualTo(2);
    assertThat(err.toString()).isEqualTo("dockwire: " + socket + ": No such file or directory\n");
  }
}
