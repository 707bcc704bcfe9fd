package dev.dockwire.dns;

import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.frame.NetworkOrder;
import dev.dockwire.stack.HostStack;
import dev.dockwire.stack.socket.TcpSocket;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BiConsumer;

/** One question to one server by TCP, from a host's stack: what is left of it is its connection. */
final class TcpExchange implements TcpSocket.Handler {

  private final byte[] query;
  private final BiConsumer<Optional<DnsMessage>, Long> done;
  private byte[] received = new byte[2];
  private int filled;
  private TcpSocket socket;
  private boolean over;

  private TcpExchange(byte[] query, BiConsumer<Optional<DnsMessage>, Long> done) {
    this.query = query;
    this.done = done;
  }

  /**
   * Begins to ask.
   *
   * @param done told the answer, or that there is none, unless it is {@link #abandon}ed before
   */
  static TcpExchange start(
      HostStack stack,
      Ipv4Address server,
      byte[] message,
      BiConsumer<Optional<DnsMessage>, Long> done,
      long now)
      throws IOException {
    byte[] query = new byte[message.length + 2];
    NetworkOrder.short16(query, 0, message.length);
    System.arraycopy(message, 0, query, 2, message.length);
    TcpExchange exchange = new TcpExchange(query, done);
    exchange.socket =
        TcpSocket.connect(stack, 0, 0, server.value(), DnsServer.SERVER_PORT, exchange, now);
    return exchange;
  }

  @Override
  public void onConnected(TcpSocket connected, long now) {
    connected.write(query, 0, query.length, now);
  }

  @Override
  public void onReadable(TcpSocket readable, long now) {
    while (!over) {
      int count = readable.read(received, filled, received.length - filled, now);
      if (count == 0) {
        return;
      }
      if (count < 0) {
        finish(Optional.empty(), now);
        return;
      }
      filled += count;
      if (filled == 2) {
        received = Arrays.copyOf(received, 2 + NetworkOrder.short16(received, 0));
      }
      if (filled == received.length) {
        finish(DnsMessage.parse(received, 2, filled - 2), now);
      }
    }
  }

  @Override
  public void onClosed(TcpSocket ended, IOException cause, long now) {
    finish(Optional.empty(), now);
  }

  private void finish(Optional<DnsMessage> answer, long now) {
    if (!over) {
      abandon(now);
      done.accept(answer, now);
    }
  }

  void abandon(long now) {
    if (!over) {
      over = true;
      socket.close(now);
    }
  }
}
