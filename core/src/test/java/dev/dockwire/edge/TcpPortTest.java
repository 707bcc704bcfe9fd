package dev.dockwire.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dockwire.stack.socket.TcpListener;
import dev.dockwire.stack.socket.TcpSocket;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real sockets at one end, virtual ones at the other. */
@Timeout(60)
class TcpPortTest {

  private static final int PATIENCE_MILLIS = 20_000;

  private final EdgeFixture fixture = new EdgeFixture();
  private final List<TcpSocket> accepted = new ArrayList<>();

  @AfterEach
  void stop() throws InterruptedException {
    fixture.stop();
  }

  /** Sends back all that comes, and its own end after the peer's. */
  private static final class Echo implements TcpSocket.Handler {

    private final byte[] buffer = new byte[65_536];
    private int from;
    private int to;

    @Override
    public void onReadable(TcpSocket socket, long now) {
      pass(socket, now);
    }

    @Override
    public void onWritable(TcpSocket socket, long now) {
      pass(socket, now);
    }

    private void pass(TcpSocket socket, long now) {
      while (true) {
        if (from == to) {
          from = 0;
          to = socket.read(buffer, 0, buffer.length, now);
          if (to < 0) {
            to = 0;
            socket.shutdownOutput(now);
            return;
          }
          if (to == 0) {
            return;
          }
        }
        int taken = socket.write(buffer, from, to - from, now);
        from += taken;
        if (from < to) {
          return;
        }
      }
    }
  }

  private void listen(Supplier<TcpSocket.Handler> handlers) throws Exception {
    fixture.call(
        () ->
            TcpListener.listen(
                fixture.host,
                0,
                EdgeFixture.SERVER_PORT,
                128,
                listener -> {
                  TcpSocket.Handler handler = handlers.get();
                  TcpSocket socket = listener.accept(handler);
                  accepted.add(socket);
                  handler.onReadable(socket, fixture.world.now());
                }));
  }

  private Socket connect(TcpPort port) throws IOException {
    Socket socket = new Socket();
    socket.connect(port.address(), PATIENCE_MILLIS);
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  @Test
  void carriesManyOctetsBothWays() throws Exception {
    listen(Echo::new);
    try (TcpPort port = fixture.publish();
        Socket socket = connect(port)) {
      byte[] data = new byte[32 << 20];
      new Random(1).nextBytes(data);
      CompletableFuture<String> back =
          CompletableFuture.supplyAsync(() -> digestOf(socket), Thread::startVirtualThread);
      socket.getOutputStream().write(data);
      socket.shutdownOutput();
      assertThat(back.get()).isEqualTo(hex(MessageDigest.getInstance("SHA-256").digest(data)));
    }
  }

  private static String digestOf(Socket socket) {
    try (InputStream in =
        new DigestInputStream(socket.getInputStream(), MessageDigest.getInstance("SHA-256"))) {
      in.transferTo(OutputStream.nullOutputStream());
      return hex(((DigestInputStream) in).getMessageDigest().digest());
    } catch (Exception e) {
      return e.toString();
    }
  }

  private static String hex(byte[] digest) {
    return HexFormat.of().formatHex(digest);
  }

  @Test
  void servesManyClientsAtOnce() throws Exception {
    listen(Echo::new);
    try (TcpPort port = fixture.publish()) {
      List<Socket> clients = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        clients.add(connect(port));
      }
      for (int i = 0; i < 100; i++) {
        clients.get(i).getOutputStream().write(i);
      }
      for (int i = 0; i < 100; i++) {
        assertThat(clients.get(i).getInputStream().read()).isEqualTo(i);
        clients.get(i).close();
      }
    }
  }

  @Test
  void aSlowReaderIsNotReadFor() throws Exception {
    listen(
        () ->
            new TcpSocket.Handler() {
              // Reads nothing.
            });
    try (TcpPort port = fixture.publish();
        Socket socket = connect(port)) {
      socket.setOption(StandardSocketOptions.SO_SNDBUF, 65_536);
      int[] written = {0};
      Thread writer =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      while (true) {
                        socket.getOutputStream().write(new byte[65_536]);
                        written[0] += 65_536;
                      }
                    } catch (IOException e) {
                      // The port was closed.
                    }
                  });
      int before = -1;
      while (before != written[0]) {
        before = written[0];
        writer.join(Duration.ofMillis(300));
      }
      assertThat(before).as("what the two kernels and one read hold").isLessThan(16 << 20);
    }
  }

  @Test
  void anEndIsPassedOnInItsDirectionOnly() throws Exception {
    listen(
        () ->
            new TcpSocket.Handler() {
              @Override
              public void onReadable(TcpSocket socket, long now) {
                byte[] line = {'b', 'y', 'e'};
                int count = 1;
                while (count > 0) {
                  count = socket.read(new byte[100], 0, 100, now);
                }
                if (count < 0 && socket.writable() > 0) {
                  socket.write(line, 0, 3, now);
                  socket.shutdownOutput(now);
                }
              }
            });
    try (TcpPort port = fixture.publish();
        Socket socket = connect(port)) {
      socket.getOutputStream().write(1);
      socket.shutdownOutput();
      assertThat(socket.getInputStream().readAllBytes()).isEqualTo("bye".getBytes());
    }
  }

  @Test
  void aResetIsPassedOnToTheRealSide() throws Exception {
    listen(Echo::new);
    try (TcpPort port = fixture.publish();
        Socket socket = connect(port)) {
      socket.getOutputStream().write(1);
      assertThat(socket.getInputStream().read()).isEqualTo(1);
      fixture.call(
          () -> {
            accepted.getFirst().abort(fixture.world.now());
            return null;
          });
      assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketException.class);
    }
  }

  @Test
  void aResetIsPassedOnToTheVirtualSide() throws Exception {
    CompletableFuture<IOException> seen = new CompletableFuture<>();
    listen(
        () ->
            new TcpSocket.Handler() {
              @Override
              public void onClosed(TcpSocket socket, IOException cause, long now) {
                seen.complete(cause);
              }
            });
    try (TcpPort port = fixture.publish()) {
      Socket socket = connect(port);
      socket.getOutputStream().write(1);
      while (fixture.call(accepted::isEmpty)) {
        Thread.onSpinWait();
      }
      socket.setSoLinger(true, 0);
      socket.close();
      assertThat(seen.get()).hasMessage("Connection reset");
    }
  }

  @Test
  void whatNobodyListensForIsReset() throws Exception {
    try (TcpPort port = fixture.publish()) {
      assertThatThrownBy(
              () -> {
                try (Socket socket = connect(port)) {
                  socket.getOutputStream().write(1);
                  socket.getInputStream().read();
                }
              })
          .isInstanceOf(SocketException.class);
    }
  }

  @Test
  void closingResetsWhatIsConnected() throws Exception {
    listen(Echo::new);
    TcpPort port = fixture.publish();
    Socket socket = connect(port);
    socket.getOutputStream().write(1);
    assertThat(socket.getInputStream().read()).isEqualTo(1);
    fixture.call(
        () -> {
          port.close();
          return null;
        });
    assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketException.class);
    InetSocketAddress address = port.address();
    assertThatThrownBy(() -> new Socket(address.getAddress(), address.getPort()))
        .isInstanceOf(IOException.class);
    while (fixture.call(() -> fixture.gateway.tcp().size()) > 0) {
      Thread.onSpinWait();
    }
  }

  @Test
  void anAddressCanBeHadAgainAtOnce() throws Exception {
    TcpPort first = fixture.publish();
    for (int i = 0; i < 100; i++) {
      fixture.call(
          () -> {
            TcpPort again = first;
            for (int j = 0; j < 3; j++) {
              again.close();
              again =
                  TcpPort.open(
                      fixture.edge, fixture.world.loop(), first.address(), fixture::connect);
            }
            again.close();
            return null;
          });
    }
  }

  @Test
  void aTakenAddressIsRefusedInTheKernelsWords() throws Exception {
    try (TcpPort port = fixture.publish()) {
      assertThatThrownBy(
              () ->
                  TcpPort.open(
                      fixture.edge, fixture.world.loop(), port.address(), fixture::connect))
          .isInstanceOf(BindException.class)
          .hasMessage("address already in use");
    }
  }
}
