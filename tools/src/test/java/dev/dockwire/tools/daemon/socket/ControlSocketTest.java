package dev.dockwire.tools.daemon.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who gets a path for a socket, and what of others' is left alone. */
class ControlSocketTest {

  private static final Set<PosixFilePermission> OWNER_ALONE =
      PosixFilePermissions.fromString("rw-------");

  /** For Java; the kernel takes one or two bytes more. */
  private static final int LONGEST_PATH = 106;

  @TempDir Path folder;
  private Path path;

  @BeforeEach
  void setPath() {
    path = folder.resolve("d.sock");
  }

  private static ServerSocketChannel listen(Path path) throws IOException {
    return ServerSocketChannel.open(StandardProtocolFamily.UNIX)
        .bind(UnixDomainSocketAddress.of(path));
  }

  private static void connect(Path path) throws IOException {
    SocketChannel.open(UnixDomainSocketAddress.of(path)).close();
  }

  @Test
  void aSocketNobodyAnswersAtIsReplaced() throws IOException {
    listen(path).close();
    assertThat(path).exists();
    try (ControlSocket socket = ControlSocket.open(path)) {
      connect(path);
      assertThat(socket.server().isOpen()).isTrue();
    }
    assertThat(path).doesNotExist();
  }

  /** Where it is before it is at its place may be no longer. */
  @Test
  void theLongestPathOfASocketThereIsWillDo() throws IOException {
    int room = LONGEST_PATH - folder.toString().length() - "/".length() - "/d.sock".length();
    path = Files.createDirectory(folder.resolve("x".repeat(room))).resolve("d.sock");
    try (ControlSocket _ = ControlSocket.open(path)) {
      connect(path);
    }
  }

  @Test
  void aFolderThatIsLeftOverIsNotInTheWay() throws IOException {
    Files.createDirectory(folder.resolve(".0"));
    try (ControlSocket _ = ControlSocket.open(path)) {
      connect(path);
    }
    assertThat(folder.resolve(".0")).isEmptyDirectory();
  }

  @Test
  void aSocketSomebodyAnswersAtIsLeftAlone() throws IOException {
    try (ServerSocketChannel other = listen(path)) {
      assertThatThrownBy(() -> ControlSocket.open(path)).hasMessage("somebody else listens there");
      assertThat(other.isOpen()).isTrue();
      connect(path);
    }
  }

  @Test
  void ofTwoDaemonsTheSecondIsRefusedAndTheFirstGoesOn() throws IOException {
    try (ControlSocket first = ControlSocket.open(path)) {
      assertThatThrownBy(() -> ControlSocket.open(path)).hasMessage("another daemon listens there");
      assertThat(first.server().isOpen()).isTrue();
      connect(path);
    }
    ControlSocket.open(path).close();
  }

  @Test
  void neitherALinkNorAFileNorAFolderIsReplaced() throws IOException {
    Path stale = folder.resolve("stale");
    listen(stale).close();
    Files.createSymbolicLink(path, stale);
    assertRefused();
    assertThat(Files.readSymbolicLink(path)).isEqualTo(stale);
    Files.delete(path);

    Files.createSymbolicLink(path, folder.resolve("nowhere"));
    assertRefused();
    assertThat(folder.resolve("nowhere")).doesNotExist();
    Files.delete(path);

    Files.writeString(path, "mine");
    assertRefused();
    assertThat(path).hasContent("mine");
    Files.delete(path);

    Files.createDirectory(path);
    assertRefused();
    assertThat(path).isDirectory();
  }

  private void assertRefused() {
    assertThatThrownBy(() -> ControlSocket.open(path))
        .hasMessage("there is something else that is no socket");
  }

  @Test
  void aLinkAtTheLocksPathIsNotFollowed() throws IOException {
    Path victim = folder.resolve("victim");
    Files.createSymbolicLink(folder.resolve("d.sock.lock"), victim);
    assertThatThrownBy(() -> ControlSocket.open(path)).isInstanceOf(IOException.class);
    assertThat(victim).doesNotExist();
    assertThat(path).doesNotExist();
  }

  /** A second thread looks as fast as it can: what it ever finds there is its owner's alone. */
  @Test
  void thereIsNoMomentAtWhichOthersCouldConnect() throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    AtomicBoolean open = new AtomicBoolean();
    Thread looking =
        Thread.ofPlatform()
            .start(
                () -> {
                  while (!over.get()) {
                    if (isOpenToOthers(path)) {
                      open.set(true);
                    }
                  }
                });
    for (int i = 0; i < 200; i++) {
      ControlSocket.open(path).close();
    }
    over.set(true);
    looking.join();
    assertThat(open).isFalse();
    try (ControlSocket _ = ControlSocket.open(path)) {
      assertThat(Files.getPosixFilePermissions(path)).isEqualTo(OWNER_ALONE);
      assertThat(Files.getPosixFilePermissions(folder.resolve("d.sock.lock")))
          .isEqualTo(OWNER_ALONE);
    }
    try (var left = Files.list(folder)) {
      assertThat(left).containsExactly(folder.resolve("d.sock.lock"));
    }
  }

  private static boolean isOpenToOthers(Path path) {
    try {
      return !Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS).equals(OWNER_ALONE);
    } catch (IOException _) {
      return false;
    }
  }

  @Test
  void whatIsAtThePathAfterTheEndIsSomebodyElses() throws IOException {
    ControlSocket first = ControlSocket.open(path);
    first.close();
    try (ControlSocket second = ControlSocket.open(path)) {
      first.close();
      connect(path);
      assertThat(second.server().isOpen()).isTrue();
    }
  }
}
