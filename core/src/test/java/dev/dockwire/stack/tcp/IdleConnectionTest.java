package dev.dockwire.stack.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.stack.socket.TcpListener;
import dev.dockwire.stack.socket.TcpSocket;
import dev.dockwire.stack.tcp.script.TcpWire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A connection with nothing to do gives its buffers' memory back, and only that. */
class IdleConnectionTest {

  private final TcpWire peer = new TcpWire(80, 5000);
  private TcpSocket socket;
  private TcpConnection connection;

  @BeforeEach
  void accept() throws IOException {
    TcpListener listener = TcpListener.listen(peer.wire.stack, 0, 80, 5, any -> {});
    peer.send("S", 0, 0);
    peer.expect("S. 0:0(0) ack 1");
    peer.send(".", 1, 1);
    socket = listener.accept(new TcpSocket.Handler() {});
    connection = peer.wire.stack.tcp().connections().getFirst();
  }

  private void write(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    socket.write(bytes, 0, bytes.length, peer.wire.now());
  }

  private String read() {
    byte[] bytes = new byte[100];
    int count = socket.read(bytes, 0, bytes.length, peer.wire.now());
    return new String(bytes, 0, count, StandardCharsets.US_ASCII);
  }

  private boolean holdsIdleRoom() {
    return connection.sender().holdsIdleRoom() || connection.receiver().holdsIdleRoom();
  }

  @Test
  void afterASecondItHoldsNothingAndGoesOnAllTheSame() {
    peer.send("P.", 1, 1, "question");
    peer.expect(". 1:1(0) ack 9");
    assertThat(read()).isEqualTo("question");
    write("answer");
    peer.expect("P. 1:7(6) ack 9");
    peer.send(".", 9, 7);
    assertThat(holdsIdleRoom()).isTrue();

    peer.at(1_000);
    assertThat(holdsIdleRoom()).isFalse();
    assertThat(peer.wire.timers.armed()).isZero();

    peer.send("P.", 9, 7, "more");
    peer.expect(". 7:7(0) ack 13");
    assertThat(read()).isEqualTo("more");
    write("again");
    peer.expect("P. 7:12(5) ack 13");
    peer.at(1_200);
    peer.expect("P. 7:12(5) ack 13");
  }

  @Test
  void whatNobodyHasReadStays() {
    peer.send("P.", 1, 1, "unread");
    peer.expect(". 1:1(0) ack 7");
    peer.at(10_000);
    assertThat(read()).isEqualTo("unread");
    peer.at(11_000);
    assertThat(holdsIdleRoom()).isFalse();
  }

  @Test
  void whatLiesBehindAGapStays() {
    peer.send("P.", 4, 1, "def");
    peer.expect(". 1:1(0) ack 1");
    peer.at(10_000);
    peer.send("P.", 1, 1, "abc");
    peer.expect(". 1:1(0) ack 7");
    assertThat(read()).isEqualTo("abcdef");
  }

  @Test
  void whatIsNotAcknowledgedStays() {
    write("lost");
    peer.expect("P. 1:5(4) ack 1");
    for (int millis : new int[] {200, 600, 1_400, 3_000}) {
      peer.at(millis);
      peer.expect("P. 1:5(4) ack 1");
    }
    peer.send(".", 1, 5);
    peer.at(60_000);
    assertThat(holdsIdleRoom()).isFalse();
  }
}
