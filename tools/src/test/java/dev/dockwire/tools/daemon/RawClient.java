package dev.dockwire.tools.daemon;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

/** A client that sends whatever bytes it is told to, and reads answers as far as it has to. */
final class RawClient implements AutoCloseable {

  /** An answer: its status line's number, its head in small letters, its body without chunks. */
  record Answer(int status, String head, String body) {}

  final SocketChannel socket;

  private final ByteBuffer input = ByteBuffer.allocate(64 * 1024).flip();

  RawClient(Path path) throws IOException {
    socket = SocketChannel.open(StandardProtocolFamily.UNIX);
    socket.connect(UnixDomainSocketAddress.of(path));
  }

  /** Sends text, each character of which is one byte. */
  RawClient send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  RawClient send(byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      socket.write(buffer);
    }
    return this;
  }

  Answer get(String target) throws IOException {
    return request("GET", target, "");
  }

  Answer post(String target, String json) throws IOException {
    return request("POST", target, json);
  }

  Answer request(String method, String target, String json) throws IOException {
    byte[] body = json.getBytes(UTF_8);
    send(method + " " + target + " HTTP/1.1\r\nHost: d\r\n");
    send("Content-Type: application/json\r\nContent-Length: " + body.length + "\r\n\r\n");
    return send(body).answer();
  }

  /** The next answer, or null if the connection ends before it begins. */
  Answer answer() throws IOException {
    String head = head();
    if (head.isEmpty()) {
      return null;
    }
    int status = Integer.parseInt(head.substring(9, 12));
    return new Answer(status, head, body(status, head));
  }

  private String body(int status, String head) throws IOException {
    if (status < 200 || status == 204 || status == 304) {
      return "";
    }
    if (head.contains("transfer-encoding: chunked")) {
      StringBuilder body = new StringBuilder();
      for (String chunk = chunk(); !chunk.isEmpty(); chunk = chunk()) {
        body.append(chunk);
      }
      return body.toString();
    }
    int at = head.indexOf("content-length: ");
    return at < 0 ? "" : read(Integer.parseInt(head.substring(at + 16).split("\r\n", 2)[0]));
  }

  /** The next answer's head alone, its status line included; empty at the end. */
  String head() throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = readByte();
      if (next < 0) {
        return head.toString(StandardCharsets.ISO_8859_1);
      }
      head.write(next);
    }
    return head.toString(StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
  }

  /** The next chunk; empty if it is the last. */
  String chunk() throws IOException {
    StringBuilder size = new StringBuilder();
    for (int next = readByte(); next != '\n'; next = readByte()) {
      if (next < 0) {
        throw new IOException("ended before a chunk");
      }
      size.append((char) next);
    }
    String chunk = read(Integer.parseInt(size.toString().strip(), 16));
    read(2);
    return chunk;
  }

  String read(int count) throws IOException {
    byte[] bytes = new byte[count];
    int have = 0;
    while (have < count) {
      if (!fill()) {
        throw new IOException("ended within a body: " + new String(bytes, 0, have, UTF_8));
      }
      int some = Math.min(count - have, input.remaining());
      input.get(bytes, have, some);
      have += some;
    }
    return new String(bytes, UTF_8);
  }

  /** The next byte; -1 at the end, however the connection ends. */
  int readByte() {
    return fill() ? input.get() & 0xff : -1;
  }

  /** Has at least one byte to read, or returns false. */
  private boolean fill() {
    if (!input.hasRemaining()) {
      input.clear();
      try {
        socket.read(input);
      } catch (IOException _) {
        input.clear();
      }
      input.flip();
    }
    return input.hasRemaining();
  }

  /** Whether nothing more comes but the end. */
  boolean hasEnded() {
    return readByte() < 0;
  }

  void shutdownOutput() throws IOException {
    socket.shutdownOutput();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
