package dev.dockwire.stack.socket;

import dev.dockwire.frame.IcmpView;
import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.frame.Ipv4View;
import dev.dockwire.stack.HostStack;
import dev.dockwire.stack.SendResult;
import dev.dockwire.stack.StackInterface;
import dev.dockwire.stack.icmp.EchoListener;
import dev.dockwire.stack.ip.DontFragment;
import dev.dockwire.stack.ip.Ipv4Output;
import java.util.Optional;

/**
 * A socket for ICMP echo, as {@code ping} uses: sends requests under an identifier of its own and
 * gets the replies to them and the errors about them. Owned by the stack's thread.
 */
public final class PingSocket implements AutoCloseable {

  /** The largest payload that fits a packet with both headers. */
  public static final int MAX_PAYLOAD = 65_535 - Ipv4View.HEADER_LENGTH - IcmpView.HEADER_LENGTH;

  /** What a socket's owner does with messages. They may be read until the call returns. */
  public interface Handler {

    /**
     * A message has arrived.
     *
     * @param source who sent it: the host that was asked or, for an error, whoever found it
     * @param ttl its time to live on arrival
     */
    void onMessage(int source, int ttl, IcmpView message, long now);

    /**
     * An error about an echo request of this socket has arrived; handled as any message unless
     * overridden.
     *
     * @param quotedDestination where the request was going
     * @param quotedSequence the request's sequence number
     */
    default void onError(
        int source, int ttl, IcmpView error, int quotedDestination, int quotedSequence, long now) {
      onMessage(source, ttl, error, now);
    }
  }

  private final HostStack stack;
  private final int identifier;
  private final Listener listener = new Listener();
  private Handler handler = (source, ttl, message, now) -> {};
  private StackInterface via;
  private int source;
  private boolean broadcastAllowed;

  private PingSocket(HostStack stack, int identifier) {
    this.stack = stack;
    this.identifier = identifier;
  }

  /** Opens a socket with an identifier that is free; none if the stack has too many already. */
  public static Optional<PingSocket> open(HostStack stack) {
    return stack.icmp().listeners().isFull()
        ? Optional.empty()
        : Optional.of(open(stack, stack.icmp().listeners().freeIdentifier()));
  }

  /**
   * Opens a socket with a chosen identifier.
   *
   * @throws IllegalArgumentException if it is in use
   * @throws IllegalStateException if the stack has too many sockets
   */
  public static PingSocket open(HostStack stack, int identifier) {
    PingSocket socket = new PingSocket(stack, identifier & 0xffff);
    stack.icmp().listeners().add(socket.listener);
    return socket;
  }

  /**
   * Sends an echo request. It may not be fragmented on its way unless it is too big for its first
   * link or its known path.
   *
   * @param payload its first {@code length} bytes are sent
   */
  public SendResult sendEcho(
      int destination, int sequence, int ttl, byte[] payload, int length, long now) {
    if (length > MAX_PAYLOAD) {
      return SendResult.MESSAGE_TOO_LONG;
    }
    if (!broadcastAllowed
        && stack.isBroadcast(destination)
        && !Ipv4Address.isMulticast(destination)) {
      return SendResult.PERMISSION_DENIED;
    }
    Ipv4Output output = stack.ip().output();
    int messageLength = IcmpView.HEADER_LENGTH + length;
    SendResult opened =
        output.open(destination, source, via, messageLength, DontFragment.WHEN_IT_FITS, now);
    if (opened != SendResult.SENT) {
      return opened;
    }
    byte[] bytes = output.bytes();
    int offset = output.payloadOffset();
    System.arraycopy(payload, 0, bytes, offset + IcmpView.HEADER_LENGTH, length);
    int rest = identifier << 16 | sequence & 0xffff;
    IcmpView.emitHeader(bytes, offset, messageLength, IcmpView.ECHO_REQUEST, 0, rest);
    return output.send(Ipv4View.PROTOCOL_ICMP, ttl, 0, now);
  }

  public void handler(Handler newHandler) {
    handler = newHandler;
  }

  /** Has requests leave by this interface only, with its address as source. */
  public void bind(StackInterface newVia) {
    via = newVia;
    source = newVia.addressValue();
  }

  /** Allows requests to broadcast addresses. */
  public void allowBroadcast(boolean allowed) {
    broadcastAllowed = allowed;
  }

  public int identifier() {
    return identifier;
  }

  @Override
  public void close() {
    stack.icmp().listeners().remove(listener);
  }

  /** Keeps what the ICMP layer calls out of the socket's own face. */
  private final class Listener implements EchoListener {

    @Override
    public int identifier() {
      return PingSocket.this.identifier;
    }

    @Override
    public void onMessage(int from, int ttl, IcmpView message, long now) {
      handler.onMessage(from, ttl, message, now);
    }

    @Override
    public void onError(
        int from, int ttl, IcmpView error, int quotedDestination, int quotedSequence, long now) {
      handler.onError(from, ttl, error, quotedDestination, quotedSequence, now);
    }
  }
}
