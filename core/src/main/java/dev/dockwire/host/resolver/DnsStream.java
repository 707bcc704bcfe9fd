package dev.dockwire.host.resolver;

import dev.dockwire.dns.DnsMessage;
import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.frame.NetworkOrder;
import dev.dockwire.host.Process;
import dev.dockwire.host.socket.StreamSocket;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Optional;

/** Asks a name server by TCP for a process, which waits (RFC 7766). */
public final class DnsStream {

  private DnsStream() {}

  /**
   * Asks one question on a connection of its own.
   *
   * @param query a message without the length that TCP has before it
   * @return the response; empty if it makes no sense
   * @throws IOException if there is no connection, or no answer by the deadline
   */
  public static Optional<DnsMessage> ask(
      Process process, Ipv4Address server, int serverPort, byte[] query, long deadline)
      throws IOException {
    try (StreamSocket socket =
        StreamSocket.connect(process, server.value(), serverPort, left(process, deadline))) {
      byte[] framed = new byte[query.length + 2];
      NetworkOrder.short16(framed, 0, query.length);
      System.arraycopy(query, 0, framed, 2, query.length);
      socket.write(framed, 0, framed.length);
      byte[] length = read(process, socket, 2, deadline);
      byte[] answer = read(process, socket, NetworkOrder.short16(length, 0), deadline);
      return DnsMessage.parse(answer, 0, answer.length)
          .filter(DnsMessage::isResponse)
          .filter(message -> message.id() == NetworkOrder.short16(query, 0));
    }
  }

  private static byte[] read(Process process, StreamSocket socket, int length, long deadline)
      throws IOException {
    byte[] bytes = new byte[length];
    int at = 0;
    while (at < length) {
      socket.soTimeout(left(process, deadline));
      int count = socket.read(bytes, at, length - at);
      if (count < 0) {
        throw new EOFException("end of file");
      }
      at += count;
    }
    return bytes;
  }

  private static long left(Process process, long deadline) throws IOException {
    long left = deadline - process.now();
    if (left <= 0) {
      throw new SocketTimeoutException("timed out");
    }
    return left;
  }
}
