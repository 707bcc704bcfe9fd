package dev.dockwire.tools.daemon.socket;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;
import java.util.function.Consumer;
import jdk.net.ExtendedSocketOptions;

/**
 * Whose connections to the control socket are taken: its owner's and root's. Its mode says so, too;
 * this holds even where somebody has changed that, or a file system does not keep to it.
 */
final class PeerCheck {

  private final Set<UserPrincipal> welcome;
  private final Consumer<String> log;

  PeerCheck(Set<UserPrincipal> welcome, Consumer<String> log) {
    this.welcome = welcome;
    this.log = log;
  }

  /**
   * @param log hears of those who are not welcome
   */
  static PeerCheck ofOwner(Path socket, Consumer<String> log) throws IOException {
    UserPrincipal root =
        socket.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("0");
    UserPrincipal owner = Files.getOwner(socket);
    return new PeerCheck(root.equals(owner) ? Set.of(root) : Set.of(owner, root), log);
  }

  /** Asks the kernel who has connected (SO_PEERCRED). */
  boolean isWelcome(SocketChannel connection) {
    UserPrincipal user;
    try {
      user = connection.getOption(ExtendedSocketOptions.SO_PEERCRED).user();
    } catch (IOException _) {
      return false;
    }
    if (!welcome.contains(user)) {
      log.accept("dockwire: refused a connection of user " + user.getName());
      return false;
    }
    return true;
  }
}
