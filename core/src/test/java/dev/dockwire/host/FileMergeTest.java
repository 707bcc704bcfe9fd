package dev.dockwire.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FileMergeTest {

  private final FileTree source = new FileTree();
  private final FileTree files = new FileTree();

  @Test
  void directoriesAreUnitedAndFilesReplaced() {
    source.makeDirectories("/d");
    source.write("/d/new", "new");
    source.write("/d/both", "source");
    files.makeDirectories("/to/d");
    files.write("/to/d/both", "old");
    files.write("/to/d/kept", "kept");
    assertThat(FileMerge.into(files, "/to", source.root())).isEmpty();
    assertThat(files.readText("/to/d/new")).isEqualTo("new");
    assertThat(files.readText("/to/d/both")).isEqualTo("source");
    assertThat(files.readText("/to/d/kept")).isEqualTo("kept");
  }

  @Test
  void aConflictChangesNothing() {
    source.write("/a", "source");
    source.makeDirectories("/b/c");
    files.makeDirectories("/to/b");
    files.write("/to/b/c", "file");
    assertThat(FileMerge.into(files, "/to", source.root()))
        .hasValue("cannot overwrite non-directory \"/to/b/c\" with directory \"/to\"");
    assertThat(files.find("/to/a")).isEmpty();

    files.remove("/to/b/c");
    files.makeDirectories("/to/a");
    assertThat(FileMerge.into(files, "/to", source.root()))
        .hasValue("cannot overwrite directory \"/to/a\" with non-directory \"/to\"");
    assertThat(files.find("/to/b/c")).isEmpty();
  }
}
