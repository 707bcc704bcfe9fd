package dev.dockwire.program.iperf;

import dev.dockwire.frame.NetworkOrder;
import dev.dockwire.host.socket.StreamSocket;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The connection by which client and server keep in step: states of one octet each, and between
 * them JSON texts after their length in four octets.
 */
final class ControlConnection {

  static final int TEST_START = 1;
  static final int TEST_RUNNING = 2;
  static final int TEST_END = 4;
  static final int PARAM_EXCHANGE = 9;
  static final int CREATE_STREAMS = 10;
  static final int SERVER_TERMINATE = 11;
  static final int CLIENT_TERMINATE = 12;
  static final int EXCHANGE_RESULTS = 13;
  static final int DISPLAY_RESULTS = 14;
  static final int IPERF_DONE = 16;
  static final int ACCESS_DENIED = 0xff;

  /** A cookie is a text of 36 letters and a zero; it tells which connections belong together. */
  static final int COOKIE_SIZE = 37;

  private static final int MAX_TEXT = 1 << 20;

  private final StreamSocket socket;

  ControlConnection(StreamSocket socket) {
    this.socket = socket;
  }

  StreamSocket socket() {
    return socket;
  }

  void send(int state) throws IOException {
    socket.write(new byte[] {(byte) state}, 0, 1);
  }

  int receive() throws IOException {
    return read(socket, 1)[0] & 0xff;
  }

  void sendJson(Map<String, Object> json) throws IOException {
    byte[] text = Json.compact(json).getBytes(StandardCharsets.UTF_8);
    byte[] length = new byte[4];
    NetworkOrder.int32(length, 0, text.length);
    socket.write(length, 0, length.length);
    socket.write(text, 0, text.length);
  }

  Map<String, Object> receiveJson() throws IOException {
    int length = NetworkOrder.int32(read(socket, 4), 0);
    if (length < 0 || length > MAX_TEXT) {
      throw new IOException("unable to receive parameters");
    }
    String text = new String(read(socket, length), StandardCharsets.UTF_8);
    return Json.parse(text).orElseThrow(() -> new IOException("unable to receive parameters"));
  }

  void close() {
    socket.close();
  }

  static byte[] read(StreamSocket from, int length) throws IOException {
    byte[] bytes = new byte[length];
    int at = 0;
    while (at < length) {
      int count = from.read(bytes, at, length - at);
      if (count < 0) {
        throw new EOFException("control socket has closed unexpectedly");
      }
      at += count;
    }
    return bytes;
  }
}
