package dev.dockwire.engine;

import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.host.World;
import dev.dockwire.stack.HostStack;
import dev.dockwire.stack.socket.TcpSocket;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import javax.net.SocketFactory;

/**
 * Sockets of one virtual host for an ordinary client library: a read turns the world's loop until
 * there is something to read, so library and world are one thread.
 */
public final class WorldSocketFactory extends SocketFactory {

  private static World world;
  private static HostStack stack;

  /** Where sockets that are made from now on belong; libraries make factories by class name. */
  static void use(World newWorld, HostStack newStack) {
    world = newWorld;
    stack = newStack;
  }

  @Override
  public Socket createSocket() {
    return new WorldSocket();
  }

  @Override
  public Socket createSocket(String host, int port) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
    throw new UnsupportedOperationException();
  }

  private static final class WorldSocket extends Socket {

    private TcpSocket socket;

    @Override
    public void connect(SocketAddress address, int timeout) throws IOException {
      InetSocketAddress server = (InetSocketAddress) address;
      int ip = Ipv4Address.parse(server.getAddress().getHostAddress()).value();
      socket =
          TcpSocket.connect(
              stack, 0, 0, ip, server.getPort(), new TcpSocket.Handler() {}, world.now());
      world.loop().runUntil(() -> socket.state().name().matches("ESTABLISHED|CLOSED"));
      if (socket.failure() != null) {
        throw socket.failure();
      }
    }

    @Override
    public InputStream getInputStream() {
      return new InputStream() {

        @Override
        public int read() throws IOException {
          byte[] one = new byte[1];
          return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
          int[] count = new int[1];
          world
              .loop()
              .runUntil(() -> (count[0] = socket.read(bytes, offset, length, world.now())) != 0);
          if (count[0] < 0 && socket.failure() != null) {
            throw socket.failure();
          }
          return count[0];
        }
      };
    }

    @Override
    public OutputStream getOutputStream() {
      return new OutputStream() {

        @Override
        public void write(int octet) {
          write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
          int[] at = new int[1];
          world
              .loop()
              .runUntil(
                  () ->
                      (at[0] += socket.write(bytes, offset + at[0], length - at[0], world.now()))
                          == length);
        }
      };
    }

    @Override
    public void setTcpNoDelay(boolean on) {}

    @Override
    public void setKeepAlive(boolean on) {}

    @Override
    public void setSoTimeout(int millis) {}

    @Override
    public synchronized void close() throws IOException {
      if (socket != null) {
        socket.close(world.now());
      }
      super.close();
    }
  }
}
