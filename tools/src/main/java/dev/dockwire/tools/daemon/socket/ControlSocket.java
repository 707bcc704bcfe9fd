package dev.dockwire.tools.daemon.socket;

import dev.dockwire.tools.LockFile;
import io.netty.channel.ServerChannel;
import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Consumer;

/**
 * The unix domain socket that docker clients connect to. Only its owner may: it comes into being in
 * a folder that nobody else can enter and is moved to its place when its mode is set.
 *
 * <p>A lock on a file beside it says that a daemon has it. A socket that refuses connections is
 * left over and is replaced; one that somebody answers at, or that is not for this user, or
 * anything else at its path, is left alone.
 */
public final class ControlSocket implements AutoCloseable {

  private static final int BACKLOG = 4_096;
  private static final int MAX_FOLDERS = 100;

  private final Path path;
  private final LockFile lock;
  private final ServerSocketChannel server;
  private boolean closed;

  private ControlSocket(Path path, LockFile lock, ServerSocketChannel server) {
    this.path = path;
    this.lock = lock;
    this.server = server;
  }

  /**
   * Listens.
   *
   * @throws IOException if it cannot be, or somebody else does already
   */
  public static ControlSocket open(Path path) throws IOException {
    Path lockFile = path.resolveSibling(path.getFileName() + ".lock");
    LockFile lock = LockFile.take(lockFile, "another daemon listens there");
    try {
      checkIsFree(path);
      return new ControlSocket(path, lock, listen(path));
    } catch (IOException e) {
      lock.close();
      throw e;
    }
  }

  private static void checkIsFree(Path path) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (!isSocket(path)) {
      throw new IOException("there is something else that is no socket");
    }
    if (answers(path)) {
      throw new IOException("somebody else listens there");
    }
  }

  private static boolean isSocket(Path path) throws IOException {
    // Beside sockets only devices and pipes are neither files, folders nor links.
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        .isOther();
  }

  private static boolean answers(Path path) throws IOException {
    try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      return probe.connect(UnixDomainSocketAddress.of(path));
    } catch (ConnectException _) {
      return false;
    }
  }

  private static ServerSocketChannel listen(Path path) throws IOException {
    Path folder = makeFolder(path.toAbsolutePath().getParent());
    Path unready = folder.resolve("s");
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      server.configureBlocking(false);
      server.bind(UnixDomainSocketAddress.of(unready), BACKLOG);
      Files.setPosixFilePermissions(unready, PosixFilePermissions.fromString("rw-------"));
      Files.move(unready, path, StandardCopyOption.ATOMIC_MOVE);
      return server;
    } catch (IOException e) {
      server.close();
      throw e;
    } finally {
      Files.deleteIfExists(unready);
      Files.deleteIfExists(folder);
    }
  }

  /**
   * What accepts the connections of its owner and of root.
   *
   * @param log hears of those of others
   */
  public ServerChannel acceptor(Consumer<String> log) throws IOException {
    return new UnixServer(server, PeerCheck.ofOwner(path, log));
  }

  /**
   * A folder that only its owner enters. A socket's path may have 107 bytes: in there it is as
   * short as in its own place, if its name has five.
   */
  private static Path makeFolder(Path parent) throws IOException {
    for (int i = 0; i < MAX_FOLDERS; i++) {
      try {
        return Files.createDirectory(
            parent.resolve("." + i),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      } catch (FileAlreadyExistsException _) {
        // The next name then.
      }
    }
    throw new IOException("there are too many folders beside it");
  }

  ServerSocketChannel server() {
    return server;
  }

  /**
   * Takes the socket away, once: what is at its path afterwards is somebody else's. The lock's file
   * stays, for whoever waits for it may have it open.
   */
  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try (lock) {
      server.close();
      Files.deleteIfExists(path);
    }
  }
}
