package dev.dockwire.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileTreeTest {

  private final FileTree files = new FileTree();

  @ParameterizedTest
  @CsvSource({
    "/, /etc, /etc",
    "/, etc, /etc",
    "/tmp, x, /tmp/x",
    "/tmp, ., /tmp",
    "/tmp, .., /",
    "/, .., /",
    "/a/b, ../c/./d//e/, /a/c/d/e",
    "/a, /../b, /b",
    "/a, ../../../x, /x",
    "/, /, /",
  })
  void resolvesPaths(String directory, String path, String expected) {
    assertThat(FileTree.resolve(directory, path)).isEqualTo(expected);
  }

  @Test
  void writesAppendsAndReads() {
    files.write("/f", "one\n");
    files.write("/f", bytes("two\n"), true);
    assertThat(files.readText("/f")).isEqualTo("one\ntwo\n");
    files.write("/f", "new");
    assertThat(files.read("/f")).isEqualTo(bytes("new"));
    assertThat(files.readText("/missing")).isEmpty();
    assertThat(files.readText("/")).isEmpty();
  }

  @Test
  void saysWhatIsWrong() {
    files.write("/f", "");
    files.makeDirectory("/d");
    files.write("/d/inside", "");
    fails(Errno.ENOENT, () -> files.read("/missing"));
    fails(Errno.EISDIR, () -> files.read("/d"));
    fails(Errno.ENOENT, () -> files.write("/missing/f", "x"));
    fails(Errno.ENOTDIR, () -> files.write("/f/x", "x"));
    fails(Errno.EISDIR, () -> files.write("/d", "x"));
    fails(Errno.EISDIR, () -> files.write("/", "x"));
    fails(Errno.EEXIST, () -> files.makeDirectory("/d"));
    fails(Errno.EEXIST, () -> files.makeDirectory("/f"));
    fails(Errno.ENOENT, () -> files.makeDirectory("/x/y"));
    fails(Errno.ENOTEMPTY, () -> files.remove("/d"));
    fails(Errno.ENOENT, () -> files.remove("/missing"));
    fails(Errno.ENOTEMPTY, () -> files.remove("/"));
    assertThat(files.root().list()).containsOnlyKeys("d", "f");
  }

  @Test
  void makesDirectoriesAndRemovesThem() {
    files.makeDirectories("/a/b/c");
    files.makeDirectories("/a/b/d");
    assertThat(files.find("/a/b").orElseThrow().list()).containsOnlyKeys("c", "d");
    files.remove("/a/b/c");
    assertThat(files.find("/a/b/c")).isEmpty();
    assertThat(files.find("/a/b/d")).isPresent();
  }

  @Test
  void hostsOfOneImageShareItUntilTheyWrite() {
    files.makeDirectory("/etc");
    files.write("/etc/motd", "image");
    FileTree one = new FileTree(files.root());
    FileTree two = new FileTree(files.root());
    one.write("/etc/motd", "mine");
    assertThat(one.readText("/etc/motd")).isEqualTo("mine");
    assertThat(two.readText("/etc/motd")).isEqualTo("image");
    assertThat(two.root()).isSameAs(files.root());
  }

  @Test
  void theNullDeviceSwallowsEverything() {
    files.put("/null", new FileNode.NullDevice());
    files.write("/null", "x");
    assertThat(files.find("/null")).contains(new FileNode.NullDevice());
    assertThat(files.read("/null")).isEmpty();
  }

  @Test
  void anOverwrittenProgramIsNoneAnyMore() {
    files.install("/p", self -> 0);
    assertThat(((FileNode.RegularFile) files.find("/p").orElseThrow()).program()).isPresent();
    files.write("/p", "text");
    assertThat(((FileNode.RegularFile) files.find("/p").orElseThrow()).program()).isEmpty();
  }

  @Test
  void isFullAtSixteenMebibytesAndTheOldContentStays() {
    byte[] megabyte = new byte[1 << 20];
    for (int i = 0; i < 15; i++) {
      files.write("/f" + i, megabyte, false);
    }
    files.write("/last", "kept");
    fails(Errno.ENOSPC, () -> files.write("/last", new byte[1 << 20], false));
    assertThat(files.readText("/last")).isEqualTo("kept");
    files.remove("/f0");
    files.write("/last", new byte[1 << 20], false);
    assertThat(files.read("/last")).hasSize(1 << 20);
  }

  @Test
  void contentThatIsReplacedMakesRoomForTheNew() {
    files.write("/f", new byte[10 << 20], false);
    files.write("/f", new byte[11 << 20], false);
    assertThat(files.read("/f")).hasSize(11 << 20);
    fails(Errno.ENOSPC, () -> files.write("/f", new byte[10 << 20], true));
  }

  @Test
  void namesNeedRoomToo() {
    fails(
        Errno.ENOSPC,
        () -> {
          files.makeDirectory("/d");
          for (int i = 0; ; i++) {
            files.makeDirectories("/d/" + i / 1_000 + "/" + i);
          }
        });
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void fails(Errno errno, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            SystemCallException.class, error -> assertThat(error.errno()).isEqualTo(errno));
  }
}
