package dev.dockwire.stack.tcp.script;

import static dev.dockwire.stack.Frames.address;

import dev.dockwire.stack.socket.TcpListener;
import dev.dockwire.stack.socket.TcpSocket;
import java.io.IOException;

/**
 * The lines about the program on the host: its socket calls and their results, and what its sockets
 * are told.
 */
final class SocketLines {

  private static final int ALL = 1 << 20;

  private final Scene scene;
  private final PacketLines packets;
  private TcpListener listener;

  SocketLines(Scene scene) {
    this.scene = scene;
    this.packets = new PacketLines(scene);
  }

  boolean play(String verb, String name, Words words, long time) {
    switch (verb) {
      case "listen" -> listen(words);
      case "unlisten" -> listener.close(scene.wire.now());
      case "accept" -> accept(name, words);
      case "accepted" -> {
        listen(new Words("80"));
        packets.shake(name, false, options(words), roundTrip(words));
        accept(name, words);
      }
      case "connect" -> connect(name, words);
      case "connect-to-self" -> connectToSelf(name, words);
      case "connected" -> happened(scene.socket(name).connectedAt(), time, "connected");
      case "connects" -> {
        connect(name, new Words(Scene.PEER + ":" + Scene.PEER_PORT));
        packets.shake(name, true, options(words), roundTrip(words));
      }
      case "write" -> write(name, words);
      case "read" -> read(name, words);
      case "shutdown" -> scene.socket(name).socket().shutdownOutput(scene.wire.now());
      case "close" -> scene.socket(name).socket().close(scene.wire.now());
      case "abort" -> scene.socket(name).socket().abort(scene.wire.now());
      case "set" -> set(scene.socket(name).socket(), words);
      case "error" -> ended(name, words.next("an errno"), time);
      case "closed" -> ended(name, "closed", time);
      default -> {
        return false;
      }
    }
    return true;
  }

  private static String options(Words words) {
    return words.peek().startsWith("<") ? words.next("options") : "";
  }

  private static long roundTrip(Words words) {
    return words.accept("rtt") ? ScenarioRunner.nanos(words.next("a time")) : 0;
  }

  /** {@code listen 80 backlog 5}. */
  private void listen(Words words) {
    int tcpPort = (int) words.number("a port");
    int backlog = (int) words.numberAfter("backlog", 5);
    compare(
        words,
        "0",
        () -> {
          listener = TcpListener.listen(scene.wire.stack, 0, tcpPort, backlog, ready -> {});
          return "0";
        });
  }

  private void accept(String name, Words words) {
    compare(
        words,
        "0",
        () -> {
          HostSocket accepted = scene.newSocket(name);
          TcpSocket socket = listener.accept(accepted);
          if (socket == null) {
            return "nothing";
          }
          int from = socket.remotePort();
          if (from != scene.connection(name).peerPort) {
            return "a connection from port " + from;
          }
          accepted.socket(socket);
          return "0";
        });
  }

  /** {@code connect 10.0.0.2:5000 from 40000 = EADDRINUSE}. */
  private void connect(String name, Words words) {
    String to = words.next("an address and port");
    int colon = to.indexOf(':');
    String peer = to.substring(0, colon);
    int peerPort = Integer.parseInt(to.substring(colon + 1));
    int from = (int) words.numberAfter("from", 0);
    PeerConnection connection =
        new PeerConnection(name, Scene.HOST, from, peer, peerPort, Scene.PEER_ISS);
    compare(
        words,
        "0",
        () -> {
          scene.add(connection);
          HostSocket opened = scene.newSocket(name);
          opened.socket(
              TcpSocket.connect(
                  scene.wire.stack, 0, from, address(peer), peerPort, opened, scene.wire.now()));
          connection.hostPort(opened.socket().localPort());
          return "0";
        });
  }

  /** To the very address and port it comes from. */
  private void connectToSelf(String name, Words words) {
    long tcpPort = words.number("a port");
    connect(name, new Words(Scene.HOST + ":" + tcpPort + " from " + tcpPort));
  }

  /** {@code write 1000}, {@code write "text"}, {@code write 1000 = 500}. */
  private void write(String name, Words words) {
    String what = words.next("how much");
    String text = what.startsWith("\"") ? what.substring(1, what.length() - 1) : null;
    long octets = text == null ? Long.parseLong(what) : text.length();
    compare(
        words,
        Long.toString(octets),
        () -> scene.socket(name).write(octets, text, scene.wire.now()));
  }

  /** {@code read 5}, {@code read "hello"}, {@code read nothing}, {@code read end}. */
  private void read(String name, Words words) {
    String wanted = words.next("what");
    boolean asText = wanted.startsWith("\"");
    boolean number = Character.isDigit(wanted.charAt(0));
    int limit = number ? Integer.parseInt(wanted) : asText ? wanted.length() - 2 : ALL;
    compare(words, wanted, () -> scene.socket(name).read(limit, asText, scene.wire.now()));
  }

  private void set(TcpSocket socket, Words words) {
    socket.options(OptionWords.change(socket.options(), words), scene.wire.now());
  }

  private interface Call {
    String result() throws IOException;
  }

  /** Makes a call, whose result stands behind an equals sign or is the usual one. */
  private void compare(Words words, String usual, Call call) {
    String expected = words.accept("=") ? words.next("a result") : usual;
    String came;
    try {
      came = call.result();
    } catch (IOException e) {
      came = Errno.of(e);
    }
    if (!came.equals(expected)) {
      throw Mismatch.of(expected, came);
    }
  }

  private void ended(String name, String how, long time) {
    HostSocket socket = scene.socket(name);
    long at = socket.endedAt();
    String end = socket.takeEnd();
    if (!end.equals(how)) {
      throw Mismatch.of(how, end.isEmpty() ? "nothing" : end + " at " + since(at));
    }
    happened(at, time, how);
  }

  private void happened(long at, long time, String what) {
    if (at < 0) {
      throw Mismatch.of(what, "nothing");
    }
    if (!since(at).equals(Scene.seconds(time))) {
      throw Mismatch.of(what + " at " + Scene.seconds(time), "it at " + since(at));
    }
  }

  private String since(long at) {
    return Scene.seconds(scene.now() - (scene.wire.now() - at));
  }

  void expectNoErrors() {
    for (HostSocket each : scene.sockets()) {
      if (!each.pendingError().isEmpty()) {
        throw Mismatch.of("no error", each.pendingError() + " at " + since(each.endedAt()));
      }
    }
  }
}
