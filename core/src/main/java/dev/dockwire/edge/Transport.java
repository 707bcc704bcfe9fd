package dev.dockwire.edge;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.unix.Errors.NativeIoException;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.util.Locale;

/** What real sockets are made of: epoll where it fits the machine, else the JDK's selectors. */
final class Transport {

  private static final int BACKLOG = 4_096;
  private static final int EACCES = -13;
  private static final int EADDRINUSE = -98;
  private static final int EADDRNOTAVAIL = -99;

  private Transport() {}

  static IoHandlerFactory ioHandlers() {
    return Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
  }

  /**
   * A listening socket, bound when this returns.
   *
   * @throws BindException in the kernel's words: address already in use, permission denied ...
   */
  static ServerChannel listen(InetSocketAddress address) throws IOException {
    return Epoll.isAvailable() ? listenByEpoll(address) : listenByNio(address);
  }

  /** A UDP socket, bound when this returns; errors are those of {@link #listen}. */
  static DatagramChannel bindDatagrams(InetSocketAddress address) throws IOException {
    if (!Epoll.isAvailable()) {
      return bindDatagramsByNio(address);
    }
    Socket socket = Socket.newSocketDgram();
    try {
      socket.bind(address);
      return new EpollDatagramChannel(socket.intValue());
    } catch (NativeIoException e) {
      socket.close();
      throw inWords(e);
    }
  }

  private static DatagramChannel bindDatagramsByNio(InetSocketAddress address) throws IOException {
    java.nio.channels.DatagramChannel socket = java.nio.channels.DatagramChannel.open();
    try {
      socket.configureBlocking(false);
      socket.bind(address);
      return new NioDatagramChannel(socket);
    } catch (BindException e) {
      socket.close();
      throw inWords(e);
    }
  }

  private static ServerChannel listenByEpoll(InetSocketAddress address) throws IOException {
    Socket socket = Socket.newSocketStream();
    try {
      socket.setReuseAddress(true);
      socket.bind(address);
      socket.listen(BACKLOG);
      return new EpollServerSocketChannel(socket.intValue());
    } catch (NativeIoException e) {
      socket.close();
      throw inWords(e);
    }
  }

  private static ServerChannel listenByNio(InetSocketAddress address) throws IOException {
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

  private static IOException inWords(NativeIoException e) {
    return switch (e.expectedErr()) {
      case EADDRINUSE -> new BindException("address already in use");
      case EADDRNOTAVAIL -> new BindException("cannot assign requested address");
      case EACCES -> new BindException("permission denied");
      default -> e;
    };
  }

  /** The JDK begins the same words with a capital. */
  private static BindException inWords(BindException e) {
    String words = String.valueOf(e.getMessage());
    return new BindException(words.substring(0, 1).toLowerCase(Locale.ROOT) + words.substring(1));
  }
}
