package dev.dockwire.host.socket;

import dev.dockwire.host.Process;
import dev.dockwire.host.WaitQueue;
import dev.dockwire.stack.socket.TcpSocket;
import dev.dockwire.stack.tcp.SocketOptions;
import dev.dockwire.stack.tcp.TcpInfo;
import dev.dockwire.stack.tcp.TcpState;
import dev.dockwire.time.Clock;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.function.BooleanSupplier;

/**
 * A TCP connection of a process, with calls that wait. A signal that the process handles ends a
 * wait with {@link InterruptedIOException}; the end of the process closes the connection, without
 * lingering.
 *
 * <p>What has ended the connection is thrown once, by the next call; after that reading finds the
 * end of the stream and writing a broken pipe. A peer that has ended its stream in order is never
 * an error to a reader.
 */
public final class StreamSocket implements AutoCloseable {

  private final Process process;
  private final Runnable onEnd = this::release;
  private final WaitQueue changed = new WaitQueue();
  private TcpSocket socket;
  private long soTimeoutNanos;
  private long sendTimeoutNanos;
  private boolean outputShut;
  private boolean failureThrown;
  private boolean closed;

  StreamSocket(Process process) {
    this.process = process;
    process.onEnd(onEnd);
  }

  /** As the full form, with the usual options. */
  public static StreamSocket connect(Process process, int address, int tcpPort, long timeoutNanos)
      throws IOException {
    return connect(process, SocketOptions.DEFAULT, address, tcpPort, timeoutNanos);
  }

  /** As the full form, from wherever the route says. */
  public static StreamSocket connect(
      Process process, SocketOptions options, int address, int tcpPort, long timeoutNanos)
      throws IOException {
    return connect(process, options, 0, 0, address, tcpPort, timeoutNanos);
  }

  /** As the full form, with the usual options. */
  public static StreamSocket connect(
      Process process, int localAddress, int localPort, int address, int tcpPort, long timeoutNanos)
      throws IOException {
    return connect(
        process, SocketOptions.DEFAULT, localAddress, localPort, address, tcpPort, timeoutNanos);
  }

  /**
   * Connects, from an address and a port of its own, and waits until that has succeeded or failed.
   *
   * @param localAddress 0 for the one that the route has
   * @param localPort 0 for any
   * @param timeoutNanos 0 for as long as TCP tries
   */
  public static StreamSocket connect(
      Process process,
      SocketOptions options,
      int localAddress,
      int localPort,
      int address,
      int tcpPort,
      long timeoutNanos)
      throws IOException {
    StreamSocket opened = new StreamSocket(process);
    try {
      opened.socket =
          TcpSocket.connect(
              process.host().stack(),
              options,
              localAddress,
              localPort,
              address,
              tcpPort,
              opened.events(),
              process.now());
      opened.await(
          () ->
              opened.socket.state() != TcpState.SYN_SENT
                  && opened.socket.state() != TcpState.SYN_RECEIVED,
          timeoutNanos,
          "Connect timed out");
      opened.throwFailure();
    } catch (IOException failed) {
      opened.close();
      throw failed;
    }
    return opened;
  }

  void adopt(TcpSocket accepted) {
    socket = accepted;
  }

  /** What wakes this socket's process. */
  TcpSocket.Handler events() {
    return new TcpSocket.Handler() {
      @Override
      public void onConnected(TcpSocket connected, long now) {
        changed.wakeAll();
      }

      @Override
      public void onReadable(TcpSocket readable, long now) {
        changed.wakeAll();
      }

      @Override
      public void onWritable(TcpSocket writable, long now) {
        changed.wakeAll();
      }

      @Override
      public void onDrained(TcpSocket drained, long now) {
        changed.wakeAll();
      }

      @Override
      public void onClosed(TcpSocket ended, IOException cause, long now) {
        changed.wakeAll();
      }
    };
  }

  /**
   * Reads at least one octet, waiting for it if need be.
   *
   * @return how many octets were read; -1 at the end of the stream
   */
  public int read(byte[] to, int offset, int length) throws IOException {
    checkOpen();
    int count = socket.read(to, offset, length, process.now());
    if (count == 0 && length > 0) {
      await(this::isReadable, soTimeoutNanos, "Read timed out");
      checkOpen();
      count = socket.read(to, offset, length, process.now());
    }
    if (count < 0 && !socket.isInputEnded()) {
      throwFailure();
    }
    return count;
  }

  /** Whether a read would return at once: with octets, at the end, or with a failure. */
  public boolean isReadable() {
    return closed || socket.available() > 0 || hasEnded();
  }

  /** Whether a write would do something at once: take octets, or fail. */
  public boolean isWritable() {
    return closed || isBroken() || socket.writable() > 0;
  }

  /** Woken when what can be done with this socket may have changed, for whoever waits for it. */
  public WaitQueue changed() {
    return changed;
  }

  private boolean hasEnded() {
    return switch (socket.state()) {
      case CLOSE_WAIT, CLOSING, LAST_ACK, TIME_WAIT, CLOSED -> true;
      default -> false;
    };
  }

  /** Writes all octets, waiting for room if need be. */
  public void write(byte[] from, int offset, int length) throws IOException {
    int at = offset;
    int end = offset + length;
    while (at < end) {
      checkWritable();
      at += socket.write(from, at, end - at, process.now());
      if (at < end) {
        await(this::isWritable, sendTimeoutNanos, "Write timed out");
      }
    }
  }

  /** Takes as many octets as there is room for, without waiting, and returns how many. */
  public int writeSome(byte[] from, int offset, int length) throws IOException {
    checkWritable();
    return socket.write(from, offset, length, process.now());
  }

  private void checkWritable() throws IOException {
    checkOpen();
    throwFailure();
    if (isBroken()) {
      throw new SocketException("Broken pipe");
    }
  }

  private boolean isBroken() {
    return outputShut || socket.state() == TcpState.CLOSED;
  }

  /** Sends the end of the stream; reading goes on. */
  public void shutdownOutput() throws IOException {
    checkOpen();
    outputShut = true;
    socket.shutdownOutput(process.now());
  }

  /** Closes, after waiting for the peer to have everything if the options say so: SO_LINGER. */
  @Override
  public void close() {
    if (!closed && socket != null && socket.options().lingerNanos() > 0) {
      linger();
    }
    release();
  }

  private void linger() {
    if (socket.available() == 0) {
      socket.shutdownOutput(process.now());
      long deadline = process.now() + socket.options().lingerNanos();
      process.await(
          changed,
          () -> socket.state() == TcpState.CLOSED || socket.unacknowledged() == 0,
          deadline);
    }
  }

  private void release() {
    if (!closed) {
      closed = true;
      process.forgetOnEnd(onEnd);
      if (socket != null) {
        socket.close(process.now());
      }
      changed.wakeAll();
    }
  }

  private void await(BooleanSupplier ready, long timeoutNanos, String tooLate) throws IOException {
    long deadline = timeoutNanos == 0 ? Clock.NEVER : process.now() + timeoutNanos;
    if (!process.await(changed, ready, deadline)) {
      if (process.now() >= deadline) {
        throw new SocketTimeoutException(tooLate);
      }
      throw new InterruptedIOException("Interrupted system call");
    }
  }

  private void checkOpen() throws SocketException {
    if (closed) {
      throw new SocketException("Socket closed");
    }
  }

  private void throwFailure() throws IOException {
    if (socket.failure() != null && !failureThrown) {
      failureThrown = true;
      throw socket.failure();
    }
  }

  /** How long a read waits at most; 0 for ever. */
  public void soTimeout(long nanos) {
    soTimeoutNanos = nanos;
  }

  /** How long a write waits for room at most; 0 for ever. */
  public void sendTimeout(long nanos) {
    sendTimeoutNanos = nanos;
  }

  /** TCP_NODELAY: sends small segments at once. */
  public void noDelay(boolean on) {
    options(options().withNoDelay(on));
  }

  public SocketOptions options() {
    return socket.options();
  }

  /** Takes other options; what the old ones held back goes out. */
  public void options(SocketOptions changed) {
    socket.options(changed, process.now());
  }

  /** How the connection is doing: TCP_INFO. */
  public TcpInfo info() {
    return socket.info(process.now());
  }

  /** Octets that a read would not wait for. */
  public int available() {
    return socket.available();
  }

  /** Octets that were written and are not acknowledged. */
  public int unacknowledged() {
    return socket.unacknowledged();
  }

  public int localAddress() {
    return socket.localAddress();
  }

  public int localPort() {
    return socket.localPort();
  }

  public int remoteAddress() {
    return socket.remoteAddress();
  }

  public int remotePort() {
    return socket.remotePort();
  }
}
