package dev.dockwire.program.http.server;

import dev.dockwire.host.Process;
import dev.dockwire.host.Stdio;
import dev.dockwire.host.World;
import dev.dockwire.program.TestHost;
import dev.dockwire.time.Seed;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;

/** A web server without a network: clients hand it bytes and see what it sends. */
final class TestServer {

  static final String PAGE = "<html><body><h1>It works!</h1></body></html>\n";

  final World world = World.inVirtualTime(new Seed(1));
  final TestHost host = new TestHost(world, "web");
  final WebServer server;
  final ServerLog log;

  TestServer(BiFunction<DocumentTree, ServerTime, ServerSoftware> software) {
    host.host().files().makeDirectories("/htdocs/sub");
    host.host().files().write("/htdocs/index.html", PAGE);
    host.host().files().write("/htdocs/sub/a.txt", "hello\n");
    host.host().files().write("/htdocs/.htaccess", "secret\n");
    Process self = host.start(List.of("sleep", "1000000"), "/", Stdio.NULL);
    log = new ServerLog(self);
    DocumentTree documents =
        new DocumentTree(
            host.host().files(),
            "/htdocs",
            Instant.parse("2007-06-11T18:53:14Z"),
            world::epochNanos);
    server =
        new WebServer(
            software.apply(documents, new ServerTime(world::epochNanos)), documents, log, world);
  }

  Client connect() {
    return new Client();
  }

  /** The access log since this was last asked. */
  String accessLog() {
    String lines =
        new String(log.access().bytes(), 0, log.access().length(), StandardCharsets.ISO_8859_1);
    log.access().clear();
    return lines;
  }

  /** One connection; what it receives is put together. */
  final class Client implements HttpConnection.Peer {

    final HttpConnection connection = server.accept(this, "172.17.0.3", 40_000);
    private final StringBuilder received = new StringBuilder();
    int room = Integer.MAX_VALUE;
    boolean ended;
    boolean closed;

    Client send(String text) {
      byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
      byte[] borrowed = bytes.clone();
      connection.receive(borrowed, 0, borrowed.length);
      Arrays.fill(borrowed, (byte) '!');
      return this;
    }

    String received() {
      String text = received.toString();
      received.setLength(0);
      return text;
    }

    @Override
    public int send(byte[] bytes, int offset, int length) {
      int taken = Math.min(room, length);
      received.append(new String(bytes, offset, taken, StandardCharsets.ISO_8859_1));
      room -= taken;
      return taken;
    }

    @Override
    public void shutdownOutput() {
      ended = true;
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
