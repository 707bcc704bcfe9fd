package dev.dockwire.tools.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.host.FileTree;
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
  void refusals() {
    String daemon = "Error response from daemon: ";
    refuses("a1:/x", "/y", daemon + "Could not find the file /x in container a1");
    refuses("/hello", "a1:/no/x", daemon + "Could not find the file /no in container a1");
    refuses("/hello", "nosuch:/x", daemon + "No such container: nosuch");
    refuses("/nosuch", "a1:/x", "lstat /nosuch: no such file or directory");
    refuses("/hello", "a1:/new/", "no such directory");
    copies("/hello", "a1:/file");
    refuses("/src", "a1:/file", "cannot copy directory");
    refuses("a1:/etc", "/no/x", "invalid output path: directory \"/no\" does not exist");
  }

  @Test
  void saysHowMuchWhenAskedTo() {
    assertThat(host.docker("cp", "--quiet=false", "/hello", "a1:/x").err())
        .isEqualTo("Successfully copied 2.05kB to a1:/x\n");
  }
}
