package dev.dockwire.program.iperf;

import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.host.Process;
import dev.dockwire.host.socket.Datagram;
import dev.dockwire.host.socket.DatagramSocket;
import dev.dockwire.host.socket.ServerSocket;
import dev.dockwire.host.socket.StreamSocket;
import dev.dockwire.time.Clock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The server of tests, one after the other. Who comes while one runs waits for its turn; the real
 * one would send them away.
 */
final class IperfServer {

  private static final String RULE = "-".repeat(59) + "\n";
  private static final int BACKLOG = 128;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final Process self;
  private final IperfOptions options;
  private ServerSocket listener;

  IperfServer(Process self, IperfOptions options) {
    this.self = self;
    this.options = options;
  }

  int run() {
    try {
      listener = ServerSocket.bind(self, 0, options.serverPort(), BACKLOG);
    } catch (IOException taken) {
      self.printError(
          "iperf3: error - unable to start listener for connections: " + taken.getMessage() + "\n");
      self.printError("iperf3: exiting\n");
      return 1;
    }
    for (int test = 1; ; test++) {
      say(RULE);
      say("Server listening on " + options.serverPort() + " (test #" + test + ")\n");
      say(RULE);
      boolean succeeded = serve();
      if (options.oneOff()) {
        return succeeded ? 0 : 1;
      }
    }
  }

  private void say(String text) {
    if (!options.json()) {
      self.print(text);
    }
  }

  private boolean serve() {
    List<DataStream> streams = new ArrayList<>();
    try {
      StreamSocket first = listener.accept(Clock.NEVER);
      ControlConnection control = new ControlConnection(first);
      first.soTimeout(PATIENCE_NANOS);
      first.noDelay(true);
      try {
        converse(control, streams);
        return true;
      } finally {
        control.close();
        streams.forEach(DataStream::close);
      }
    } catch (IOException failed) {
      self.printError("iperf3: error - " + failed.getMessage() + "\n");
      return false;
    }
  }

  private void converse(ControlConnection control, List<DataStream> streams) throws IOException {
    byte[] cookie = ControlConnection.read(control.socket(), ControlConnection.COOKIE_SIZE);
    String peer = Ipv4Address.toString(control.socket().remoteAddress());
    int peerPort = control.socket().remotePort();
    JsonReport json = new JsonReport();
    String text = new String(cookie, 0, cookie.length - 1, StandardCharsets.US_ASCII);
    json.peer("accepted_connection", peer, peerPort, text, self.world().epochNanos());
    control.send(ControlConnection.PARAM_EXCHANGE);
    TestParameters parameters = TestParameters.fromJson(control.receiveJson());
    say("Accepted connection from " + peer + ", port " + peerPort + "\n");
    if (parameters.udp()) {
      acceptUdp(control, parameters, streams);
    } else {
      acceptTcp(control, parameters, cookie, streams);
    }
    Results results = new Results(self, parameters, false, streams, json, options.json());
    results.begin();
    control.send(ControlConnection.TEST_START);
    control.send(ControlConnection.TEST_RUNNING);
    TestRun run =
        new TestRun(
            self,
            parameters,
            control,
            streams,
            false,
            options.intervalSeconds(),
            results::interval);
    run.run();
    finish(control, streams, results, run);
  }

  private void finish(
      ControlConnection control, List<DataStream> streams, Results results, TestRun run)
      throws IOException {
    int state = control.receive();
    if (state == ControlConnection.CLIENT_TERMINATE) {
      throw new IOException("the client has terminated");
    }
    run.finish();
    ExchangedResults own = run.results();
    streams.forEach(DataStream::close);
    control.send(ControlConnection.EXCHANGE_RESULTS);
    ExchangedResults others = ExchangedResults.fromJson(control.receiveJson());
    control.sendJson(own.toJson());
    control.send(ControlConnection.DISPLAY_RESULTS);
    results.end(own, others);
    control.receive();
  }

  private void acceptTcp(
      ControlConnection control, TestParameters parameters, byte[] cookie, List<DataStream> streams)
      throws IOException {
    control.send(ControlConnection.CREATE_STREAMS);
    while (streams.size() < parameters.parallel()) {
      StreamSocket socket = listener.accept(self.now() + PATIENCE_NANOS);
      socket.soTimeout(PATIENCE_NANOS);
      if (Arrays.equals(greeting(socket), cookie)) {
        int count = streams.size();
        streams.add(new TcpStream(socket, number(count), id(count)));
      } else {
        deny(socket);
      }
    }
  }

  /** The cookie that a stream begins with; the server goes on, so nothing is left of who fails. */
  private static byte[] greeting(StreamSocket socket) throws IOException {
    try {
      return ControlConnection.read(socket, ControlConnection.COOKIE_SIZE);
    } catch (IOException failed) {
      socket.close();
      throw failed;
    }
  }

  private static void deny(StreamSocket socket) throws IOException {
    socket.write(new byte[] {(byte) ControlConnection.ACCESS_DENIED}, 0, 1);
    socket.close();
  }

  private void acceptUdp(
      ControlConnection control, TestParameters parameters, List<DataStream> streams)
      throws IOException {
    DatagramSocket socket = DatagramSocket.bind(self, 0, options.serverPort());
    UdpHub hub = new UdpHub(socket);
    try {
      control.send(ControlConnection.CREATE_STREAMS);
      while (streams.size() < parameters.parallel()) {
        Datagram hello = hub.awaitGreeting(UdpHub.HELLO, self.now() + PATIENCE_NANOS);
        int count = streams.size();
        UdpStream stream =
            new UdpStream(
                hub,
                hello.destination(),
                hello.source(),
                hello.sourcePort(),
                number(count),
                id(count));
        hub.add(stream);
        streams.add(stream);
        hub.greet(hello.source(), hello.sourcePort(), UdpHub.HELLO_BACK);
      }
    } catch (IOException failed) {
      hub.close();
      throw failed;
    }
  }

  private static int number(int stream) {
    return stream == 0 ? 5 : 6 + 2 * stream;
  }

  private static int id(int stream) {
    return stream == 0 ? 1 : stream + 2;
  }
}
