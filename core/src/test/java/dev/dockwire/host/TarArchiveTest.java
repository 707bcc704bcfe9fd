package dev.dockwire.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.dockwire.host.FileNode.Directory;
import dev.dockwire.host.FileNode.RegularFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TarArchiveTest {

  private static RegularFile file(String text) {
    return new RegularFile(text.getBytes(StandardCharsets.UTF_8), Optional.empty());
  }

  private static FileTree unpacked(byte[] archive) throws IOException {
    return new FileTree(TarArchive.read(archive));
  }

  @Test
  void aHeaderIsAsTarWritesIt() {
    byte[] archive = TarArchive.write("hello", file("hi\n"), 0x3_0000_0000L >> 3);
    String text = new String(archive, StandardCharsets.ISO_8859_1);
    assertThat(archive).hasSize(4 * 512);
    assertThat(text).startsWith("hello\0");
    assertThat(text.substring(100, 155))
        .isEqualTo(
            "0000644\0" + "0000000\0".repeat(2) + "00000000003\0" + "14000000000\0" + "010231\0");
    assertThat(text.substring(155, 157)).isEqualTo(" 0");
    assertThat(text.substring(257, 265)).isEqualTo("ustar\00000");
    assertThat(text.substring(512, 515)).isEqualTo("hi\n");
  }

  @Test
  void everythingComesBack() throws IOException {
    FileTree files = new FileTree();
    String longName = "/d/" + "n".repeat(120);
    files.makeDirectories("/d/empty");
    files.write("/d/f", "x".repeat(512));
    files.write("/d/none", "");
    files.write(longName, "long\n");
    files.write("/d/größe", "word\n");
    Directory d = (Directory) files.find("/d").orElseThrow();

    FileTree below = unpacked(TarArchive.write("d", d, 0));
    assertThat(below.readText("/d/f")).hasSize(512);
    assertThat(below.find("/d/none")).isPresent();
    assertThat(below.find("/d/empty").orElseThrow()).isInstanceOf(Directory.class);
    assertThat(below.readText(longName)).isEqualTo("long\n");
    assertThat(below.readText("/d/größe")).isEqualTo("word\n");

    FileTree content = unpacked(TarArchive.write(".", d, 0));
    assertThat(content.readText("/f")).hasSize(512);
    assertThat(content.find("/d")).isEmpty();
  }

  @Test
  void namesLeadNowhereAboveTheTop() throws IOException {
    assertThat(unpacked(TarArchive.write("../../etc/x", file("1"), 0)).readText("/etc/x"))
        .isEqualTo("1");
  }

  @Test
  void whatIsNoArchiveIsRefused() throws IOException {
    byte[] archive = TarArchive.write("hello", file("hi\n"), 0);
    assertThat(TarArchive.read(new byte[0]).children()).isEmpty();
    assertThat(unpacked(Arrays.copyOf(archive, 1_024)).readText("/hello")).isEqualTo("hi\n");
    for (int length : new int[] {1, 511, 512, 513}) {
      assertThatIOException()
          .isThrownBy(() -> TarArchive.read(Arrays.copyOf(archive, length)))
          .withMessage("unexpected EOF");
    }
    archive[0] = 'j';
    assertThatIOException()
        .isThrownBy(() -> TarArchive.read(archive))
        .withMessage("archive/tar: invalid tar header");
  }
}
