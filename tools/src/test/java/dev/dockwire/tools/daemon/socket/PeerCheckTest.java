package dev.dockwire.tools.daemon.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeerCheckTest {

  @TempDir Path folder;

  private final List<String> log = new ArrayList<>();

  @Test
  void theOwnerIsWelcome() throws IOException {
    Path file = Files.createFile(folder.resolve("mine"));
    assertThat(isWelcome(PeerCheck.ofOwner(file, log::add))).isTrue();
    assertThat(log).isEmpty();
  }

  @Test
  void somebodyElseIsNotAndItIsSaidWho() throws IOException {
    UserPrincipal other = () -> "somebody";
    String me = Files.getOwner(folder).getName();
    assertThat(isWelcome(new PeerCheck(Set.of(other), log::add))).isFalse();
    assertThat(log).containsExactly("dockwire: refused a connection of user " + me);
  }

  /** Of this process's own connection. */
  private boolean isWelcome(PeerCheck check) throws IOException {
    UnixDomainSocketAddress address = UnixDomainSocketAddress.of(folder.resolve("s"));
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(address);
      try (SocketChannel _ = SocketChannel.open(address);
          SocketChannel accepted = server.accept()) {
        return check.isWelcome(accepted);
      }
    }
  }
}
