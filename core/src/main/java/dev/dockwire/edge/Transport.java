package dev.dockwire.edge;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.util.Locale;

/**
 * What real sockets are made of: the JDK's selectors.
 *
 * <p>Not Netty's native epoll: in 4.2.18 a connection whose peer has ended its direction, and that
 * has then to wait for room to write, fails, because it was taken out of epoll when there was
 * nothing left to read.
 */
final class Transport {

  private static final int BACKLOG = 4_096;

  private Transport() {}

  static IoHandlerFactory ioHandlers() {
    return NioIoHandler.newFactory();
  }

  /**
   * A listening socket, bound when this returns.
   *
   * @throws BindException in the kernel's words: address already in use, permission denied ...
   */
  static ServerChannel listen(InetSocketAddress address) throws IOException {
    ServerSocketChannel socket = ServerSocketChannel.open();
    try {
      socket.configureBlocking(false);
      socket.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      socket.bind(address, BACKLOG);
      return new NioServerSocketChannel(socket);
    } catch (BindException e) {
      socket.close();
      throw inWords(e);
    }
  }

  /** A UDP socket, bound when this returns; errors are those of {@link #listen}. */
  static NioDatagramChannel bindDatagrams(InetSocketAddress address) throws IOException {
    DatagramChannel socket = DatagramChannel.open();
    try {
      socket.configureBlocking(false);
      socket.bind(address);
      return new NioDatagramChannel(socket);
    } catch (BindException e) {
      socket.close();
      throw inWords(e);
    }
  }

  /** The JDK begins the same words with a capital. */
  private static BindException inWords(BindException e) {
    String words = String.valueOf(e.getMessage());
    return new BindException(words.substring(0, 1).toLowerCase(Locale.ROOT) + words.substring(1));
  }
}
