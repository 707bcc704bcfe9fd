package dev.dockwire.host.socket;

import dev.dockwire.frame.IcmpView;
import dev.dockwire.host.Process;
import dev.dockwire.host.WaitQueue;
import dev.dockwire.stack.SendResult;
import dev.dockwire.stack.icmp.IcmpError;
import dev.dockwire.stack.socket.UdpSocket;
import dev.dockwire.stack.udp.UdpBinding;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;

/**
 * A UDP socket of a process, with calls that wait. What has arrived and has not been received is
 * kept up to {@link #receiveBuffer}; more is dropped and counted by the stack. The end of the
 * process closes the socket.
 *
 * <p>Only a connected socket hears of errors, and each is thrown once, by the next call.
 */
public final class DatagramSocket implements AutoCloseable {

  /** As Linux's net.core.rmem_default. */
  private static final int DEFAULT_RECEIVE_BUFFER = 212_992;

  /** What a datagram counts for beside its payload, so that empty ones have a limit, too. */
  private static final int OVERHEAD = 768;

  private final Process process;
  private final Runnable onEnd = this::close;
  private final WaitQueue changed = new WaitQueue();
  private final Queue<Datagram> arrived = new ArrayDeque<>(4);
  private final UdpSocket socket;
  private int receiveBuffer = DEFAULT_RECEIVE_BUFFER;
  private int queuedOctets;
  private IOException failure;
  private boolean closed;

  private DatagramSocket(Process process) {
    this.process = process;
    this.socket = UdpSocket.open(process.host().stack(), new Arrivals());
    process.onEnd(onEnd);
  }

  /** A socket without an address: it gets a port when it first sends. */
  public static DatagramSocket open(Process process) {
    return new DatagramSocket(process);
  }

  /**
   * A socket with an address of its own.
   *
   * @param address 0 for all of the host's
   * @param udpPort 0 for any
   */
  public static DatagramSocket bind(Process process, int address, int udpPort)
      throws BindException {
    DatagramSocket bound = new DatagramSocket(process);
    try {
      bound.socket.bind(address, udpPort);
      return bound;
    } catch (BindException taken) {
      bound.close();
      throw taken;
    }
  }

  /** What the stack calls. */
  private final class Arrivals implements UdpBinding.Receiver {

    @Override
    public boolean onDatagram(
        int source,
        int sourcePort,
        int destination,
        byte[] bytes,
        int offset,
        int length,
        long now) {
      if (queuedOctets + length + OVERHEAD > receiveBuffer) {
        return false;
      }
      queuedOctets += length + OVERHEAD;
      byte[] payload = Arrays.copyOfRange(bytes, offset, offset + length);
      arrived.add(new Datagram(source, sourcePort, destination, payload));
      changed.wakeAll();
      return true;
    }

    @Override
    public int queuedOctets() {
      return queuedOctets;
    }

    @Override
    public void onError(IcmpError error, long now) {
      if (socket.isConnected() && (error.isHard() || error.isTooBig())) {
        failure = failure(error);
        changed.wakeAll();
      }
    }

    private static IOException failure(IcmpError error) {
      if (error.type() != IcmpView.DESTINATION_UNREACHABLE) {
        return new SocketException("Protocol error");
      }
      return switch (error.code()) {
        case 2 -> new SocketException("Protocol not available");
        case 3 -> new ConnectException("Connection refused");
        case 4 -> new SocketException("Message too long");
        case 6, 9 -> new SocketException("Network is unreachable");
        default -> new NoRouteToHostException("No route to host");
      };
    }
  }

  /** Takes a peer: only its datagrams are received, and {@link #send} goes there. */
  public void connect(int peer, int peerPort) throws IOException {
    checkOpen();
    check(socket.connect(peer, peerPort));
  }

  /** Sends to the peer that was connected to. */
  public void send(byte[] payload, int offset, int length) throws IOException {
    checkOpen();
    throwFailure();
    check(socket.send(payload, offset, length, process.now()));
  }

  public void sendTo(int destination, int udpPort, byte[] payload, int offset, int length)
      throws IOException {
    checkOpen();
    throwFailure();
    check(socket.sendTo(destination, udpPort, payload, offset, length, process.now()));
  }

  private static void check(SendResult result) throws IOException {
    switch (result) {
      case SENT -> {}
      case NETWORK_UNREACHABLE -> throw new SocketException("Network is unreachable");
      case HOST_UNREACHABLE -> throw new NoRouteToHostException("No route to host");
      case MESSAGE_TOO_LONG -> throw new SocketException("Message too long");
      case NO_BUFFER -> throw new SocketException("No buffer space available");
      case PERMISSION_DENIED -> throw new SocketException("Permission denied");
    }
  }

  /**
   * Waits for a datagram.
   *
   * @param deadline when to give up, {@code Clock.NEVER} for never
   */
  public Datagram receive(long deadline) throws IOException {
    if (!process.await(changed, this::isReadable, deadline)) {
      if (process.now() >= deadline) {
        throw new SocketTimeoutException("Receive timed out");
      }
      throw new InterruptedIOException("Interrupted system call");
    }
    checkOpen();
    throwFailure();
    Datagram first = arrived.remove();
    queuedOctets -= first.payload().length + OVERHEAD;
    return first;
  }

  /** Whether {@link #receive} would return at once: with a datagram or a failure. */
  public boolean isReadable() {
    return closed || failure != null || !arrived.isEmpty();
  }

  /** Woken when {@link #isReadable} may have come to hold. */
  public WaitQueue changed() {
    return changed;
  }

  private void checkOpen() throws SocketException {
    if (closed) {
      throw new SocketException("Socket closed");
    }
  }

  private void throwFailure() throws IOException {
    if (failure != null) {
      IOException thrown = failure;
      failure = null;
      throw thrown;
    }
  }

  /** Allows sending to broadcast addresses: SO_BROADCAST. */
  public void allowBroadcast(boolean allowed) {
    socket.allowBroadcast(allowed);
  }

  /** How many octets may wait to be received, with what each datagram takes beside its payload. */
  public void receiveBuffer(int octets) {
    receiveBuffer = octets;
  }

  public int localAddress() {
    return socket.localAddress();
  }

  /** The local port; 0 before there is one. */
  public int localPort() {
    return socket.localPort();
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      process.forgetOnEnd(onEnd);
      arrived.clear();
      socket.close();
      changed.wakeAll();
    }
  }
}
