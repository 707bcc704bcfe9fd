package dev.dockwire.edge;

import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.socket.nio.NioDatagramChannel;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
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
  private static final int MAX_DATAGRAM = 65_535;

  private Transport() {}

  /**
   * A listening socket, bound when this returns.
   *
   * @throws BindException in the kernel's words: address already in use, permission denied ...
   */
  static ServerSocketChannel listen(InetSocketAddress address) throws IOException {
    ServerSocketChannel socket = ServerSocketChannel.open();
    try {
      socket.configureBlocking(false);
      socket.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      socket.bind(address, BACKLOG);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e instanceof BindException refusal ? inWords(refusal) : e;
    }
  }

  /** A UDP socket, bound when this returns; errors are those of {@link #listen}. */
  static DatagramChannel bindDatagrams(InetSocketAddress address) throws IOException {
    DatagramChannel socket = DatagramChannel.open();
    try {
      socket.configureBlocking(false);
      socket.bind(address);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e instanceof BindException refusal ? inWords(refusal) : e;
    }
  }

  /** A TCP socket that is not connected yet. */
  static RealSocket newConnection() throws IOException {
    SocketChannel socket = SocketChannel.open();
    socket.configureBlocking(false);
    return new RealSocket(socket);
  }

  /** A UDP socket that hears its peer only, and of its peer's errors. */
  static DatagramChannel connectDatagrams(InetSocketAddress peer) throws IOException {
    DatagramChannel socket = DatagramChannel.open();
    try {
      socket.configureBlocking(false);
      socket.connect(peer);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** What Netty turns; by itself it would cut datagrams off after 2,048 octets. */
  static NioDatagramChannel wrap(DatagramChannel socket) {
    NioDatagramChannel channel = new NioDatagramChannel(socket);
    channel.config().setRecvByteBufAllocator(new FixedRecvByteBufAllocator(MAX_DATAGRAM));
    return channel;
  }

  /** The JDK begins the same words with a capital. */
  private static BindException inWords(BindException e) {
    String words = String.valueOf(e.getMessage());
    return new BindException(words.substring(0, 1).toLowerCase(Locale.ROOT) + words.substring(1));
  }
}
