package dev.dockwire.tools.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.engine.Event;
import dev.dockwire.host.FileTree;
import dev.dockwire.host.TarArchive;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where {@code docker cp} puts files and directories, and what it refuses. */
class CopyCommandTest {

  private final DockerHostFixture host = new DockerHostFixture();
  private FileTree own;
  private FileTree a1;

  @BeforeEach
  void create() {
    host.docker("create", "--name", "a1", "alpine");
    own = host.engine().dockerHost().host().files();
    a1 = host.engine().container("a1").files();
    own.makeDirectories("/src/sub");
    own.write("/src/sub/f", "inner\n");
    own.write("/hello", "hello\n");
  }

  @AfterEach
  void close() {
    host.close();
  }

  private void copies(String from, String to) {
    assertThat(host.docker("cp", from, to)).isEqualTo(new DockerHostFixture.Result("", "", 0));
  }

  private void refuses(String from, String to, String message) {
    assertThat(host.docker("cp", from, to))
        .isEqualTo(new DockerHostFixture.Result("", message + "\n", 1));
  }

  @Test
  void aFileGoesIntoADirectoryOrUnderANewName() {
    copies("/hello", "a1:/tmp");
    copies("/hello", "a1:/other");
    assertThat(a1.readText("/tmp/hello")).isEqualTo("hello\n");
    assertThat(a1.readText("/other")).isEqualTo("hello\n");
    copies("a1:/other", "back");
    assertThat(own.readText("/back")).isEqualTo("hello\n");
  }

  @Test
  void aDirectoryGoesIntoOneThatExistsOrBecomesOne() {
    copies("/src", "a1:/tmp");
    assertThat(a1.readText("/tmp/src/sub/f")).isEqualTo("inner\n");
    copies("/src", "a1:/new");
    assertThat(a1.readText("/new/sub/f")).isEqualTo("inner\n");
    copies("/src/.", "a1:/tmp");
    assertThat(a1.readText("/tmp/sub/f")).isEqualTo("inner\n");
  }

  @Test
  void containerPathsNeedNoSlashAtTheirBeginning() {
    copies("/hello", "a1:tmp");
    assertThat(a1.readText("/tmp/hello")).isEqualTo("hello\n");
    copies("a1:tmp/hello", "/again");
    assertThat(own.readText("/again")).isEqualTo("hello\n");
    copies("/hello", "a1:");
    assertThat(a1.readText("/hello")).isEqualTo("hello\n");
    own.makeDirectories("/all");
    copies("a1:", "/all");
    assertThat(own.readText("/all/hello")).isEqualTo("hello\n");
  }

  @Test
  void archivesGoThroughTheStandardStreams() throws IOException {
    copies("/src", "a1:/tmp");
    byte[] whole = archived("a1:/tmp/src");
    assertThat(TarArchive.read(whole).children()).containsOnlyKeys("src");
    byte[] content = archived("a1:/tmp/src/.");
    assertThat(TarArchive.read(content).children()).containsOnlyKeys("sub");

    assertThat(host.docker(whole, "cp", "-", "a1:/etc").status()).isZero();
    assertThat(a1.readText("/etc/src/sub/f")).isEqualTo("inner\n");
    assertThat(host.docker(whole, "cp", "-q=false", "-", "a1:/etc").err())
        .isEqualTo("Successfully copied 0B to a1:/etc\n");

    refuses("-", "a1:/no", "destination \"a1:/no\" must be a directory");
    refuses("-", "nosuch:/", "destination \"nosuch:/\" must be a directory");
    byte[] cut = Arrays.copyOf(whole, 100);
    assertThat(host.docker(cut, "cp", "-", "a1:/etc").err())
        .isEqualTo("Error response from daemon: unexpected EOF\n");
  }

  private byte[] archived(String from) {
    DockerHostFixture.Result result = host.docker("cp", from, "-");
    assertThat(result.err()).isEmpty();
    return result.out().getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void whatCannotTakeTheOthersPlaceLeavesEverythingAsItWas() {
    a1.makeDirectories("/tmp/sub/f");
    refuses(
        "/src/.",
        "a1:/tmp",
        "Error response from daemon: cannot overwrite directory \"/tmp/sub/f\" with"
            + " non-directory \"/tmp\"");
    a1.write("/etc/hosts", "");
    own.makeDirectories("/out/hosts");
    refuses(
        "a1:/etc/hosts",
        "/out",
        "cannot overwrite directory \"/out/hosts\" with non-directory \"/out\"");
    refuses("/hello/", "a1:/tmp", "lstat /hello/: not a directory");
    refuses(
        "a1:/etc/hosts/.", "/x", "Error response from daemon: lstat /etc/hosts/.: not a directory");
    refuses(
        "/hello",
        "a1:/dev/null",
        "destination \"a1:/dev/null\" must be a directory or a regular file: got a device");
    refuses(
        "a1:/etc",
        "/dev/null",
        "invalid output path: \"/dev/null\" must be a directory or a regular file: got a device");
  }

  @Test
  void copyingIsAnEvent() {
    copies("/hello", "a1:/tmp");
    copies("a1:/tmp", "/tmp2");
    List<String> actions =
        host.engine().events().from(0).stream()
            .map(Event::action)
            .filter(action -> action.contains("-"))
            .toList();
    assertThat(actions).containsExactly("extract-to-dir", "archive-path");
  }

  @Test
  void refusals() {
    String daemon = "Error response from daemon: ";
    refuses("a1:/x", "/y", daemon + "Could not find the file /x in container a1");
    refuses("/hello", "a1:/no/x", daemon + "Could not find the file /no in container a1");
    refuses("/hello", "nosuch:/x", daemon + "No such container: nosuch");
    refuses("/nosuch", "a1:/x", "lstat /nosuch: no such file or directory");
    refuses("/hello", "a1:/new/", "no such directory");
    copies("/hello", "a1:/file");
    refuses("/src", "a1:/file", "cannot copy directory");
    refuses("nosuch:/etc", "/no/x", "invalid output path: directory \"/no\" does not exist");
  }

  @Test
  void saysHowMuchWhenAskedTo() {
    assertThat(host.docker("cp", "--quiet=false", "/hello", "a1:/x").err())
        .isEqualTo("Successfully copied 2.05kB to a1:/x\n");
    own.makeDirectories("/here");
    assertThat(host.docker("cp", "--quiet=false", "a1:/x", "here/").err())
        .isEqualTo("Successfully copied 2.05kB to /here/\n");
  }
}
