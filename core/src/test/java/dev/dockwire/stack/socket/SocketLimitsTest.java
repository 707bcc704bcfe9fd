package dev.dockwire.stack.socket;

import static dev.dockwire.stack.Frames.address;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dockwire.frame.DropReason;
import dev.dockwire.stack.tcp.script.TcpWire;
import java.io.IOException;
import java.net.BindException;
import java.net.SocketException;
import org.junit.jupiter.api.Test;

/** How many TCP sockets and ports a host has. */
class SocketLimitsTest {

  private static final int PEER = address(TcpWire.PEER);
  private static final int EPHEMERAL = EphemeralPorts.LAST - EphemeralPorts.FIRST + 1;

  private final TcpWire peer = new TcpWire(80, 5000);

  private void listen(int address, int port) throws IOException {
    TcpListener.listen(peer.wire.stack, address, port, 1, any -> {});
  }

  private TcpSocket connect(int tcpPort) throws IOException {
    return TcpSocket.connect(
        peer.wire.stack, 0, 0, PEER, tcpPort, new TcpSocket.Handler() {}, peer.wire.now());
  }

  @Test
  void aHostHasSixtyFiveThousandSockets() throws IOException {
    int host = address(TcpWire.HOST);
    for (int port = 1; port <= 65_535; port++) {
      listen(host, port);
    }
    listen(address("127.0.0.1"), 80);

    String refusal = "Too many open files in system";
    assertThatThrownBy(() -> listen(address("127.0.0.1"), 81)).hasMessage(refusal);
    assertThatThrownBy(() -> connect(80)).isInstanceOf(SocketException.class).hasMessage(refusal);
    peer.send("S", 0, 0);
    peer.expectNothing();
    peer.wire.expectDrops(DropReason.TCP_LISTEN_OVERFLOW, 1);
  }

  @Test
  void aListeningPortIsNeverChosen() throws IOException {
    for (int port = EphemeralPorts.FIRST; port <= EphemeralPorts.LAST; port++) {
      if (port != 40_000) {
        listen(0, port);
      }
    }
    assertThat(connect(80).localPort()).isEqualTo(40_000);
    assertThat(connect(81).localPort()).isEqualTo(40_000);
    assertThatThrownBy(() -> connect(80))
        .isInstanceOf(BindException.class)
        .hasMessage("Cannot assign requested address");
  }

  @Test
  void onePeersPortTakesAllLocalPortsOnce() throws IOException {
    for (int i = 0; i < EPHEMERAL; i++) {
      connect(80);
      peer.wire.count();
    }
    assertThatThrownBy(() -> connect(80)).hasMessage("Cannot assign requested address");
    assertThat(connect(81).localPort()).isBetween(EphemeralPorts.FIRST, EphemeralPorts.LAST);
  }
}
