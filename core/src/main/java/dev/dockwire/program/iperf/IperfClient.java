package dev.dockwire.program.iperf;

import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.host.Process;
import dev.dockwire.host.resolver.Resolver;
import dev.dockwire.host.socket.Datagram;
import dev.dockwire.host.socket.DatagramSocket;
import dev.dockwire.host.socket.StreamSocket;
import dev.dockwire.stack.tcp.SocketOptions;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** The client of a test, which says what is to be measured. */
final class IperfClient {

  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz234567";
  private static final long GREETING_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final Process self;
  private final IperfOptions options;
  private final JsonReport json = new JsonReport();
  private final List<DataStream> streams = new ArrayList<>();
  private byte[] cookie;
  private ControlConnection control;
  private int address;

  IperfClient(Process self, IperfOptions options) {
    this.self = self;
    this.options = options;
  }

  int run() {
    Optional<Ipv4Address> server = Resolver.resolve(self, options.host());
    if (server.isEmpty()) {
      return fail("unable to connect to server: Name or service not known");
    }
    address = server.get().value();
    try {
      control = new ControlConnection(StreamSocket.connect(self, address, options.serverPort(), 0));
    } catch (IOException failed) {
      return fail("unable to connect to server: " + failed.getMessage());
    }
    try {
      return converse();
    } catch (IOException failed) {
      return fail(failed.getMessage());
    }
  }

  private int fail(String why) {
    if (options.json()) {
      self.print(json.text("error - " + why));
    } else {
      self.printError("iperf3: error - " + why + "\n");
    }
    return 1;
  }

  private int converse() throws IOException {
    cookie = newCookie();
    StreamSocket socket = control.socket();
    socket.noDelay(true);
    socket.write(cookie, 0, cookie.length);
    String text = new String(cookie, 0, cookie.length - 1, StandardCharsets.US_ASCII);
    json.peer(
        "connecting_to", options.host(), options.serverPort(), text, self.world().epochNanos());
    say("Connecting to host " + options.host() + ", port " + options.serverPort());
    expect(ControlConnection.PARAM_EXCHANGE);
    TestParameters parameters = parameters();
    if (parameters.reverse()) {
      say("Reverse mode, remote host " + options.host() + " is sending");
    }
    control.sendJson(parameters.toJson());
    expect(ControlConnection.CREATE_STREAMS);
    for (int i = 0; i < parameters.parallel(); i++) {
      int socketNumber = 5 + 2 * i;
      int id = i == 0 ? 1 : i + 2;
      streams.add(parameters.udp() ? udpStream(socketNumber, id) : tcpStream(socketNumber, id));
    }
    Results results = new Results(self, parameters, true, streams, json, options.json());
    results.begin();
    expect(ControlConnection.TEST_START);
    expect(ControlConnection.TEST_RUNNING);
    test(parameters, results);
    if (!options.json()) {
      self.print("\niperf Done.\n");
    }
    return 0;
  }

  private void test(TestParameters parameters, Results results) throws IOException {
    TestRun run =
        new TestRun(
            self, parameters, control, streams, true, options.intervalSeconds(), results::interval);
    run.run();
    control.send(ControlConnection.TEST_END);
    run.finish();
    ExchangedResults own = run.results();
    expect(ControlConnection.EXCHANGE_RESULTS);
    control.sendJson(own.toJson());
    ExchangedResults others = ExchangedResults.fromJson(control.receiveJson());
    expect(ControlConnection.DISPLAY_RESULTS);
    streams.forEach(DataStream::close);
    results.end(own, others);
    control.send(ControlConnection.IPERF_DONE);
    control.close();
  }

  private void say(String line) {
    if (!options.json()) {
      self.print(line + "\n");
    }
  }

  private byte[] newCookie() {
    RandomGenerator random = self.host().stack().random();
    byte[] made = new byte[ControlConnection.COOKIE_SIZE];
    for (int i = 0; i < made.length - 1; i++) {
      made[i] = (byte) LETTERS.charAt(random.nextInt(LETTERS.length()));
    }
    return made;
  }

  private TestParameters parameters() {
    int suited = options.udp() ? control.socket().info().sndMss() : 1 << 17;
    return new TestParameters(
        options.udp(),
        options.seconds(),
        options.octets(),
        options.parallel(),
        options.reverse(),
        options.window(),
        options.blockSize() > 0 ? options.blockSize() : suited,
        options.bitsPerSecond());
  }

  private DataStream tcpStream(int socketNumber, int id) throws IOException {
    int window = options.window();
    SocketOptions usual = SocketOptions.DEFAULT;
    SocketOptions asked =
        window > 0 ? usual.withSendBuffer(window).withReceiveBuffer(window) : usual;
    StreamSocket socket = StreamSocket.connect(self, asked, address, options.serverPort(), 0);
    socket.write(cookie, 0, cookie.length);
    return new TcpStream(socket, socketNumber, id);
  }

  private DataStream udpStream(int socketNumber, int id) throws IOException {
    DatagramSocket socket = DatagramSocket.bind(self, 0, 0);
    UdpHub hub = new UdpHub(socket);
    hub.greet(address, options.serverPort(), UdpHub.HELLO);
    Datagram reply = hub.awaitGreeting(UdpHub.HELLO_BACK, self.now() + GREETING_NANOS);
    UdpStream stream =
        new UdpStream(hub, reply.destination(), address, options.serverPort(), socketNumber, id);
    hub.add(stream);
    return stream;
  }

  private void expect(int wanted) throws IOException {
    int state;
    try {
      state = control.receive();
    } catch (SocketTimeoutException late) {
      throw new IOException("control socket has closed unexpectedly", late);
    }
    if (state == ControlConnection.ACCESS_DENIED) {
      throw new IOException("the server is busy running a test. try again later");
    }
    if (state == ControlConnection.SERVER_TERMINATE) {
      throw new IOException("the server has terminated");
    }
    if (state != wanted) {
      throw new IOException("received an unknown control message");
    }
  }
}
