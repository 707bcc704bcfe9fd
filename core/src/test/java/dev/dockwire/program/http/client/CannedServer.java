package dev.dockwire.program.http.client;

import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Answers each request with the next of some responses; refuses connections when none is left. */
final class CannedServer {

  private final Deque<String> responses = new ArrayDeque<>();
  private final StringBuilder requests = new StringBuilder();

  /** From now on has these responses, and has heard nothing. */
  void answer(String... newResponses) {
    responses.clear();
    responses.addAll(List.of(newResponses));
    requests.setLength(0);
  }

  /** All that clients have said since. */
  String requests() {
    return requests.toString();
  }

  ClientStream connect() throws ConnectException {
    if (responses.isEmpty()) {
      throw new ConnectException("Connection refused");
    }
    return new Connection();
  }

  /** Looks ended to its client after each response. */
  private final class Connection implements ClientStream {

    private byte[] response = new byte[0];
    private int position;

    @Override
    public int read(byte[] buffer, int offset, int length, long deadline) {
      int count = Math.min(length, response.length - position);
      System.arraycopy(response, position, buffer, offset, count);
      position += count;
      return count == 0 ? -1 : count;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      requests.append(new String(bytes, offset, length, StandardCharsets.ISO_8859_1));
      response = responses.remove().getBytes(StandardCharsets.ISO_8859_1);
      position = 0;
    }

    @Override
    public void close() {}
  }
}
