package dev.dockwire.stack.tcp.script;

import dev.dockwire.stack.socket.TcpSocket;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/** A program's end of a connection on the host: its calls, and what it is told. */
final class HostSocket implements TcpSocket.Handler {

  private static final long NEVER = -1;

  private final PeerConnection connection;
  private TcpSocket socket;
  private long octetsRead;
  private long connectedAt = NEVER;
  private long endedAt = NEVER;
  private String end = "";

  HostSocket(PeerConnection connection) {
    this.connection = connection;
  }

  void socket(TcpSocket opened) {
    socket = opened;
  }

  TcpSocket socket() {
    return Objects.requireNonNull(socket, "no socket was connected or accepted");
  }

  @Override
  public void onConnected(TcpSocket connected, long now) {
    connectedAt = now;
  }

  @Override
  public void onClosed(TcpSocket ended, IOException cause, long now) {
    endedAt = now;
    end = cause == null ? "closed" : Errno.of(cause);
  }

  long connectedAt() {
    return connectedAt;
  }

  /** When it ended; negative if it has not. */
  long endedAt() {
    return endedAt;
  }

  /** How it ended: {@code closed}, an errno, or empty. */
  String takeEnd() {
    String was = end;
    end = "";
    return was;
  }

  /** An error that the script has not expected; empty if there is none. */
  String pendingError() {
    return end.equals("closed") ? "" : end;
  }

  /** Writes letters, or this text; says how many were taken, or the errno. */
  String write(long octets, String text, long now) {
    byte[] data = new byte[(int) octets];
    for (int i = 0; i < data.length; i++) {
      data[i] =
          text == null
              ? PeerConnection.octetAt(connection.writtenOctets() + 1 + i)
              : (byte) text.charAt(i);
    }
    // Written first: the segments leave, and are looked at, before the call is over.
    int before = connection.writtenOctets();
    connection.written(data);
    try {
      int taken = socket().write(data, 0, data.length, now);
      connection.cutWritten(before + taken);
      return Integer.toString(taken);
    } catch (IllegalStateException e) {
      connection.cutWritten(before);
      return "EPIPE";
    }
  }

  /**
   * Reads: says how many octets there were, {@code nothing}, {@code end}, or, if they are not the
   * letters that belong there, the text in quotes.
   */
  String read(int limit, boolean asText, long now) {
    byte[] data = new byte[limit];
    int count = socket().read(data, 0, limit, now);
    if (count <= 0) {
      return count == 0 ? "nothing" : "end";
    }
    boolean letters = true;
    for (int i = 0; i < count; i++) {
      letters &= data[i] == PeerConnection.octetAt(octetsRead + 1 + i);
    }
    octetsRead += count;
    return asText || !letters
        ? "\"" + new String(Arrays.copyOf(data, count), StandardCharsets.ISO_8859_1) + "\""
        : Integer.toString(count);
  }
}
