package dev.dockwire.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FileChangeTest {

  private final FileTree before = new FileTree();

  private List<String> changes(FileTree after) {
    return FileChange.between(before.root(), after.root(), Set.of("/etc/hosts")).stream()
        .map(change -> "CAD".charAt(change.kind().ordinal()) + " " + change.path())
        .toList();
  }

  @Test
  void nothingHasChangedAtFirst() {
    before.makeDirectories("/etc/conf");
    assertThat(changes(new FileTree(before.root()))).isEmpty();
  }

  @Test
  void aDirectoryIsChangedWithWhatIsInIt() {
    before.makeDirectories("/etc/conf");
    before.makeDirectories("/var");
    before.write("/etc/gone", "1");
    before.write("/etc/edited", "1");
    FileTree after = new FileTree(before.root());
    after.remove("/etc/gone");
    after.write("/etc/edited", "2");
    after.makeDirectories("/new/below");
    after.write("/new/below/file", "3");
    assertThat(changes(after))
        .containsExactly(
            "C /etc",
            "C /etc/edited",
            "D /etc/gone",
            "A /new",
            "A /new/below",
            "A /new/below/file");
  }

  @Test
  void whatIsMountedOverAFileIsNoChange() {
    before.makeDirectories("/etc");
    FileTree after = new FileTree(before.root());
    after.write("/etc/hosts", "127.0.0.1 localhost\n");
    assertThat(changes(after)).isEmpty();
  }
}
