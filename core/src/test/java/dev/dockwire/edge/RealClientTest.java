package dev.dockwire.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dockwire.engine.Container;
import dev.dockwire.engine.Engine;
import dev.dockwire.engine.spec.ContainerSpec;
import dev.dockwire.engine.spec.PortBinding;
import dev.dockwire.host.World;
import dev.dockwire.time.Seed;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.opentest4j.TestAbortedException;

/** Real clients of this machine at the published ports of containers, in real time. */
@Timeout(120)
class RealClientTest {

  private static final String PAGE = "<html><body><h1>It works!</h1></body></html>\n";

  private final EdgeLoop edge = new EdgeLoop();
  private final World world = World.inRealTime(new Seed(1), edge);
  private final List<String> notices = new ArrayList<>();
  private Engine engine;
  private WorldThread thread;

  @BeforeEach
  void start() {
    world.loop().add(edge);
    engine = new Engine(world);
    engine
        .dockerHost()
        .realPorts(
            new PublishedPorts(
                edge, world, engine.dockerHost(), PublishedPorts.Settings.DEFAULT, notices::add));
    thread = new WorldThread(world);
  }

  @AfterEach
  void stop() throws Exception {
    call(
        () -> {
          engine.close();
          return null;
        });
    thread.stop();
  }

  private <T> T call(Callable<T> action) throws Exception {
    return thread.call(action);
  }

  /** A port of this machine that nobody has, most likely. */
  private static int freePort() throws IOException {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    }
  }

  private Container run(String image, int containerPort, int hostPort, String... command)
      throws Exception {
    return call(
        () -> {
          PortBinding port = new PortBinding(containerPort, "tcp", "", hostPort, hostPort);
          ContainerSpec spec =
              ContainerSpec.of(image).withCommand(List.of(command)).withPortBindings(List.of(port));
          Container container = engine.create(spec);
          engine.start(container);
          return container;
        });
  }

  private static URI uri(int port) {
    return URI.create("http://127.0.0.1:" + port + "/");
  }

  @Test
  void theJdksClientGetsThePageOverOneConnection() throws Exception {
    int port = freePort();
    run("httpd", 80, port);
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(uri(port)).build();
      for (int i = 0; i < 100; i++) {
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(PAGE);
      }
    }
    assertThat(notices).isEmpty();
  }

  @Test
  void curlGetsThePage() throws Exception {
    int port = freePort();
    run("httpd", 80, port);
    Process curl;
    try {
      curl = new ProcessBuilder("curl", "-s", "-S", "-i", uri(port).toString()).start();
    } catch (IOException absent) {
      System.err.println("RealClientTest: curl is not installed, so it is not tried");
      throw new TestAbortedException("curl is not installed", absent);
    }
    assertThat(new String(curl.getInputStream().readAllBytes()))
        .startsWith("HTTP/1.1 200 OK")
        .endsWith(PAGE);
    assertThat(curl.waitFor()).isZero();
  }

  @Test
  void aHundredClientsAtOnce() throws Exception {
    int port = freePort();
    run("httpd", 80, port);
    List<Socket> clients = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      clients.add(new Socket(InetAddress.getLoopbackAddress(), port));
    }
    for (Socket each : clients) {
      each.getOutputStream()
          .write("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".getBytes());
    }
    for (Socket each : clients) {
      assertThat(new String(each.getInputStream().readAllBytes())).endsWith(PAGE);
      each.close();
    }
  }

  @Test
  void aHundredMebibytesEachWay() throws Exception {
    int port = freePort();
    run("alpine", 7, port, "nc", "-l", "-p", "7", "-e", "cat");
    byte[] data = new byte[1 << 20];
    new Random(1).nextBytes(data);
    MessageDigest sent = MessageDigest.getInstance("SHA-256");
    MessageDigest got = MessageDigest.getInstance("SHA-256");
    try (Socket socket = connectWhenItListens(port)) {
      Thread reader =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      InputStream in = socket.getInputStream();
                      byte[] buffer = new byte[65_536];
                      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                        got.update(buffer, 0, n);
                      }
                    } catch (IOException e) {
                      got.update((byte) 0);
                    }
                  });
      OutputStream out = socket.getOutputStream();
      for (int i = 0; i < 100; i++) {
        out.write(data);
        sent.update(data);
      }
      socket.shutdownOutput();
      reader.join();
    }
    assertThat(HexFormat.of().formatHex(got.digest()))
        .isEqualTo(HexFormat.of().formatHex(sent.digest()));
  }

  /** Connections are accepted at once; whether the program listens, its first answer says. */
  private static Socket connectWhenItListens(int port) throws IOException {
    while (true) {
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
      try {
        socket.setSoTimeout(200);
        socket.getInputStream().read();
        throw new IOException("spoke first");
      } catch (SocketTimeoutException e) {
        socket.setSoTimeout(60_000);
        return socket;
      } catch (SocketException e) {
        socket.close();
      }
    }
  }

  @Test
  void stoppingTheContainerEndsItsConnectionsAndClosesThePort() throws Exception {
    int port = freePort();
    Container web = run("httpd", 80, port);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes());
      assertThat(socket.getInputStream().read()).isEqualTo('H');
      call(
          () -> {
            engine.remove(web, true);
            return null;
          });
      readToTheEnd(socket);
      while (call(web::isRunning)) {
        Thread.onSpinWait();
      }
    }
    assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port))
        .isInstanceOf(IOException.class);
  }

  /** An end or a reset: either will do, if it comes. */
  private static void readToTheEnd(Socket socket) throws IOException {
    try {
      socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (SocketException reset) {
      assertThat(reset).hasMessageContaining("reset");
    }
  }

  @Test
  void nothingListensAtAnAddressThatNobodyAskedFor() throws Exception {
    int port = freePort();
    run("httpd", 80, port);
    List<InetAddress> others =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(address -> !address.isLoopbackAddress())
            .toList();
    for (InetAddress each : others) {
      assertThatThrownBy(() -> new Socket(each, port))
          .as("port %d of %s", port, each)
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void aPortOfThisMachineThatIsTakenIsRefusedInDockersWords() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> run("httpd", 80, taken.getLocalPort()))
          .rootCause()
          .hasMessageContaining("failed to bind host port")
          .hasMessageEndingWith("/tcp: address already in use");
    }
  }
}
