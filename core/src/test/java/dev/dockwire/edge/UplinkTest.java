package dev.dockwire.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.stack.socket.TcpSocket;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Virtual clients of real servers, on this machine's 127.0.0.1 only. */
@Timeout(20)
class UplinkTest {

  private static final int GATEWAY = Ipv4Address.parse("10.0.2.2").value();
  private static final int BEYOND = Ipv4Address.parse("192.0.2.1").value();
  private static final int MEGABYTES = 16;

  private final EdgeFixture fixture = new EdgeFixture();
  private final byte[] data = new byte[MEGABYTES << 20];
  private ServerSocket server;
  private Uplink uplink;

  @BeforeEach
  void listen() throws Exception {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    new Random(1).nextBytes(data);
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
    fixture.stop();
  }

  private void open(Uplink.Policy policy) throws Exception {
    uplink = fixture.openUplink(policy, new InetSocketAddress(server.getInetAddress(), 53));
  }

  /** What a real server does with a connection. */
  private interface Service {
    String serve(Socket socket) throws Exception;
  }

  /** Serves one connection and says what came of it. */
  private CompletableFuture<String> serve(Service service) {
    CompletableFuture<String> result = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try (Socket socket = server.accept()) {
                result.complete(service.serve(socket));
              } catch (Exception e) {
                result.complete(e.getMessage());
              }
            });
    return result;
  }

  private TcpSocket connect(int address, TcpSocket.Handler handler) throws Exception {
    int port = server.getLocalPort();
    return fixture.call(
        () -> TcpSocket.connect(fixture.host, 0, 0, address, port, handler, fixture.world.now()));
  }

  private static String digest(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  /** Reads to the end. */
  private static String digestOf(Socket socket) throws Exception {
    DigestInputStream in =
        new DigestInputStream(socket.getInputStream(), MessageDigest.getInstance("SHA-256"));
    in.transferTo(OutputStream.nullOutputStream());
    return HexFormat.of().formatHex(in.getMessageDigest().digest());
  }

  /** A virtual client that sends octets and the end, and reads to the end if it reads at all. */
  private static final class Client implements TcpSocket.Handler {

    private final byte[] toSend;
    private final boolean reads;
    private final CompletableFuture<String> result = new CompletableFuture<>();
    private final MessageDigest digest = MessageDigest.getInstance("SHA-256");
    private final byte[] buffer = new byte[65_536];
    private volatile int sent;

    Client(byte[] toSend, boolean reads) throws Exception {
      this.toSend = toSend;
      this.reads = reads;
    }

    @Override
    public void onConnected(TcpSocket socket, long now) {
      onWritable(socket, now);
    }

    @Override
    public void onWritable(TcpSocket socket, long now) {
      sent += socket.write(toSend, sent, toSend.length - sent, now);
      if (sent == toSend.length) {
        socket.shutdownOutput(now);
      }
    }

    @Override
    public void onReadable(TcpSocket socket, long now) {
      int count = 1;
      while (reads && count > 0) {
        count = socket.read(buffer, 0, buffer.length, now);
        if (count > 0) {
          digest.update(buffer, 0, count);
        }
      }
      if (count < 0 && !result.isDone()) {
        result.complete(HexFormat.of().formatHex(digest.digest()));
      }
    }

    @Override
    public void onClosed(TcpSocket socket, IOException cause, long now) {
      result.complete(cause == null ? "closed" : cause.getMessage());
    }
  }

  private String outcome(int address) throws Exception {
    Client client = new Client(new byte[0], true);
    connect(address, client);
    return client.result.get();
  }

  /** Nothing is left, neither real nor virtual. */
  private void expectNothingLeft() throws Exception {
    while (fixture.call(() -> uplink.size() + fixture.gateway.tcp().size()) > 0) {
      Thread.onSpinWait();
    }
  }

  @Test
  void carriesManyOctetsEachWayAndEachEndByItself() throws Exception {
    open(Uplink.Policy.LOOPBACK);
    byte[] answer = Arrays.copyOf(data, data.length - 1);
    CompletableFuture<String> received =
        serve(
            socket -> {
              String digest = digestOf(socket);
              socket.getOutputStream().write(answer);
              return digest;
            });
    Client client = new Client(data, true);
    connect(GATEWAY, client);
    assertThat(received.get()).isEqualTo(digest(data));
    assertThat(client.result.get()).isEqualTo(digest(answer));
    expectNothingLeft();
  }

  @Test
  void aRealServerThatDoesNotReadStopsTheClient() throws Exception {
    open(Uplink.Policy.LOOPBACK);
    CompletableFuture<Void> enough = new CompletableFuture<>();
    CompletableFuture<String> received =
        serve(
            socket -> {
              enough.get();
              return digestOf(socket);
            });
    Client client = new Client(data, true);
    connect(GATEWAY, client);
    assertThat(stable(() -> client.sent)).as("what is under way").isBetween(1, data.length - 1);
    enough.complete(null);
    assertThat(received.get()).isEqualTo(digest(data));
  }

  @Test
  void aClientThatDoesNotReadStopsTheRealServer() throws Exception {
    open(Uplink.Policy.LOOPBACK);
    int[] written = {0};
    CompletableFuture<String> end =
        serve(
            socket -> {
              while (true) {
                socket.getOutputStream().write(data, 0, 65_536);
                written[0] += 65_536;
              }
            });
    TcpSocket socket = connect(GATEWAY, new Client(new byte[0], false));
    assertThat(stable(() -> written[0])).as("what is under way").isBetween(1, 24 << 20);
    fixture.call(
        () -> {
          socket.abort(fixture.world.now());
          return null;
        });
    assertThat(end.get()).isIn("Connection reset", "Broken pipe");
    expectNothingLeft();
  }

  /** A count once it does not grow any more. */
  private static int stable(IntSupplier count) throws Exception {
    int before = -1;
    while (before != count.getAsInt() || before == 0) {
      before = count.getAsInt();
      new CompletableFuture<Void>().completeOnTimeout(null, 300, TimeUnit.MILLISECONDS).get();
    }
    return before;
  }

  @Test
  void aRealResetIsPassedOn() throws Exception {
    open(Uplink.Policy.LOOPBACK);
    serve(
        socket -> {
          socket.getInputStream().read();
          socket.setSoLinger(true, 0);
          return "";
        });
    Client client = new Client(new byte[] {1}, true);
    connect(GATEWAY, client);
    assertThat(client.result.get()).isEqualTo("Connection reset");
    expectNothingLeft();
  }

  @Test
  void aClosedRealPortRefuses() throws Exception {
    open(Uplink.Policy.LOOPBACK);
    server.close();
    assertThat(outcome(GATEWAY)).isEqualTo("Connection refused");
    expectNothingLeft();
  }

  @Test
  void loopbackAllowsThisMachineOnly() throws Exception {
    open(Uplink.Policy.LOOPBACK);
    assertThat(outcome(BEYOND)).isEqualTo("No route to host");
    assertThat(uplink.size()).isZero();
  }

  @Test
  void noneAllowsNothing() throws Exception {
    open(Uplink.Policy.NONE);
    assertThat(outcome(GATEWAY)).isEqualTo("Connection refused");
    assertThat(outcome(BEYOND)).isEqualTo("No route to host");
    assertThat(uplink.size()).isZero();
  }

  @Test
  void allReachesAddressesBeyondUnderTheirOwnNames() throws Exception {
    open(Uplink.Policy.ALL);
    CompletableFuture<String> received = serve(UplinkTest::digestOf);
    Client client = new Client(new byte[100], true);
    TcpSocket socket = connect(BEYOND, client);
    assertThat(received.get()).isEqualTo(digest(new byte[100]));
    assertThat(socket.remoteAddress()).isEqualTo(BEYOND);
    assertThat(client.result.get()).isEqualTo(digest(new byte[0]));
    expectNothingLeft();
  }

  @Test
  void closingResetsWhatIsConnectedAndLetsNothingMoreOut() throws Exception {
    open(Uplink.Policy.ALL);
    CompletableFuture<String> received = serve(UplinkTest::digestOf);
    CompletableFuture<String> end = new CompletableFuture<>();
    CompletableFuture<Void> connected = new CompletableFuture<>();
    connect(
        BEYOND,
        new TcpSocket.Handler() {
          @Override
          public void onConnected(TcpSocket socket, long now) {
            connected.complete(null);
          }

          @Override
          public void onClosed(TcpSocket socket, IOException cause, long now) {
            end.complete(cause.getMessage());
          }
        });
    connected.get();
    fixture.call(
        () -> {
          uplink.close();
          return null;
        });
    assertThat(received.get()).isEqualTo("Connection reset");
    assertThat(end.get()).isEqualTo("Connection reset");
    expectNothingLeft();
    assertThat(outcome(BEYOND)).isEqualTo("No route to host");
  }

  @Test
  void servesManyClientsAtOnce() throws Exception {
    open(Uplink.Policy.LOOPBACK);
    int clients = 100;
    for (int i = 0; i < clients; i++) {
      serve(
          socket -> {
            socket.getInputStream().transferTo(socket.getOutputStream());
            return "";
          });
    }
    Client[] all = new Client[clients];
    for (int i = 0; i < clients; i++) {
      all[i] = new Client(new byte[] {(byte) i}, true);
      connect(GATEWAY, all[i]);
    }
    for (int i = 0; i < clients; i++) {
      assertThat(all[i].result.get()).isEqualTo(digest(new byte[] {(byte) i}));
    }
    expectNothingLeft();
  }
}
