package dev.dockwire.stack.tcp;

import static dev.dockwire.stack.Frames.address;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.frame.DropReason;
import dev.dockwire.stack.socket.TcpListener;
import dev.dockwire.stack.socket.TcpSocket;
import dev.dockwire.stack.tcp.script.TcpWire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Connections of a host at 10.0.0.1 whose peer 10.0.0.2 does what the test says. */
class TcpConnectionTest {

  private final TcpWire peer = new TcpWire(80, 5000);
  private final List<String> events = new ArrayList<>();
  private TcpSocket socket;

  private final TcpSocket.Handler ear =
      new TcpSocket.Handler() {
        @Override
        public void onConnected(TcpSocket connected, long now) {
          events.add("connected");
        }

        @Override
        public void onClosed(TcpSocket ended, IOException cause, long now) {
          events.add(cause == null ? "closed" : cause.getMessage() + "@" + now / 1_000_000);
        }
      };

  private void connect() throws IOException {
    socket =
        TcpSocket.connect(peer.wire.stack, 0, 0, address(TcpWire.PEER), 5000, ear, peer.wire.now());
    peer.expect("S 0:0(0)");
  }

  private TcpListener listen(int backlog) throws IOException {
    return TcpListener.listen(peer.wire.stack, 0, 80, backlog, listener -> {});
  }

  /** The peer connects to port 80. */
  private void accept() throws IOException {
    TcpListener listener = listen(5);
    peer.send("S", 0, 0);
    peer.expect("S. 0:0(0) ack 1");
    peer.send(".", 1, 1);
    socket = listener.accept(ear);
    assertThat(socket.state()).isEqualTo(TcpState.ESTABLISHED);
    peer.expectNothing();
  }

  private void write(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    assertThat(socket.write(bytes, 0, bytes.length, peer.wire.now())).isEqualTo(bytes.length);
  }

  private String read() {
    byte[] bytes = new byte[100];
    int count = socket.read(bytes, 0, bytes.length, peer.wire.now());
    return count < 0 ? "end" : new String(bytes, 0, count, StandardCharsets.US_ASCII);
  }

  @Test
  void connectSendReadAndCloseFirst() throws IOException {
    connect();
    peer.send("S.", 0, 1);
    peer.expect(". 1:1(0) ack 1");
    assertThat(events).containsExactly("connected");
    write("hello");
    peer.expect("P. 1:6(5) ack 1");
    peer.send("P.", 1, 6, "hi");
    peer.expect(". 6:6(0) ack 3");
    assertThat(read()).isEqualTo("hi");
    socket.shutdownOutput(peer.wire.now());
    peer.expect("F. 6:6(0) ack 3");
    peer.send(".", 3, 7);
    assertThat(socket.state()).isEqualTo(TcpState.FIN_WAIT_2);
    peer.send("P.", 3, 7, "bye");
    peer.expect(". 7:7(0) ack 6");
    peer.send("F.", 6, 7);
    peer.expect(". 7:7(0) ack 7");
    assertThat(read()).isEqualTo("bye");
    assertThat(read()).isEqualTo("end");
    assertThat(events).containsExactly("connected", "closed");
    peer.at(59_000);
    assertThat(peer.wire.stack.tcp().size()).isOne();
    peer.at(60_001);
    assertThat(peer.wire.stack.tcp().size()).isZero();
  }

  @Test
  void thePeerClosesFirst() throws IOException {
    accept();
    peer.send("F.", 1, 1);
    peer.expect(". 1:1(0) ack 2");
    assertThat(read()).isEqualTo("end");
    write("late");
    peer.expect("P. 1:5(4) ack 2");
    socket.shutdownOutput(peer.wire.now());
    peer.expect("F. 5:5(0) ack 2");
    peer.send(".", 2, 6);
    assertThat(events).containsExactly("closed");
    assertThat(peer.wire.stack.tcp().size()).isZero();
  }

  @Test
  void bothCloseAtOnce() throws IOException {
    accept();
    socket.shutdownOutput(peer.wire.now());
    peer.expect("F. 1:1(0) ack 1");
    peer.send("F.", 1, 1);
    peer.expect(". 2:2(0) ack 2");
    assertThat(socket.state()).isEqualTo(TcpState.CLOSING);
    peer.send(".", 2, 2);
    assertThat(socket.state()).isEqualTo(TcpState.TIME_WAIT);
  }

  @Test
  void bothOpenAtOnce() throws IOException {
    connect();
    peer.send("S", 0, 0);
    peer.expect("S. 0:0(0) ack 1");
    peer.send("S.", 0, 1);
    peer.expect(". 1:1(0) ack 1");
    assertThat(events).containsExactly("connected");
  }

  @Test
  void aSynIsSentSevenTimes() throws IOException {
    connect();
    for (int second : new int[] {1, 3, 7, 15, 31, 63}) {
      peer.at(second * 1000L - 1);
      peer.expectNothing();
      peer.at(second * 1000L);
      peer.expect("S 0:0(0)");
    }
    peer.at(200_000);
    peer.expectNothing();
    assertThat(events).containsExactly("Connection timed out@127000");
  }

  @Test
  void aSynAckIsSentSixTimes() throws IOException {
    listen(5);
    peer.send("S", 0, 0);
    peer.expect("S. 0:0(0) ack 1");
    for (int second : new int[] {1, 3, 7, 15, 31}) {
      peer.at(second * 1000L);
      peer.expect("S. 0:0(0) ack 1");
    }
    peer.at(62_999);
    assertThat(peer.wire.stack.tcp().size()).isOne();
    peer.at(63_000);
    peer.expectNothing();
    assertThat(peer.wire.stack.tcp().size()).isZero();
  }

  @Test
  void onlyTheRightResetRefuses() throws IOException {
    connect();
    peer.send("R", 0, 0);
    peer.send("R.", 0, 77);
    peer.expectNothing();
    peer.send("S.", 0, 77);
    peer.expect("R 77:77(0)");
    peer.send("R.", 0, 1);
    assertThat(events).containsExactly("Connection refused@0");
  }

  @Test
  void aClosedPortAnswersAsLinuxDoes() {
    peer.send("S", 0, 0);
    byte[] reset = peer.wire.next();
    assertThat(reset[47]).isEqualTo((byte) 0x14);
    peer.send("R", 0, 0);
    peer.expectNothing();
    peer.send(".", 0, 9);
    peer.expect("R 9:9(0)");
    peer.wire.expectDrops(DropReason.TCP_NO_CONN, 3);
  }

  @Test
  void aListeningPortIsSilentToOddFlags() throws IOException {
    listen(5);
    peer.send("F", 0, 0);
    peer.send("", 0, 0);
    peer.send("SF", 0, 0);
    peer.send("SR", 0, 0);
    peer.expectNothing();
    peer.send("S.", 0, 9);
    peer.expect("R 9:9(0)");
  }

  @Test
  void onlyTheExactResetEndsIt() throws IOException {
    accept();
    peer.send("R", 0, 0);
    peer.expectNothing();
    peer.send("R", 2, 0);
    peer.expect(". 1:1(0) ack 1");
    peer.send("S", 500, 0);
    peer.expectNothing();
    peer.wire.expectDrops(DropReason.TCP_CHALLENGE_RL, 1);
    peer.send("R", 1, 0);
    assertThat(events).containsExactly("Connection reset@0");
  }

  @Test
  void lostDataIsSentAgainLaterAndLater() throws IOException {
    accept();
    write("hello");
    peer.expect("P. 1:6(5) ack 1");
    for (int millis : new int[] {200, 600, 1400, 3000}) {
      peer.at(millis - 1);
      peer.expectNothing();
      peer.at(millis);
      peer.expect("P. 1:6(5) ack 1");
    }
    peer.send(".", 1, 6);
    peer.at(100_000);
    peer.expectNothing();
  }

  @Test
  void aClosedWindowIsProbedUntilItOpens() throws IOException {
    accept();
    peer.window(0).send(".", 1, 1);
    write("hello");
    peer.expectNothing();
    peer.at(200);
    peer.expect(". 0:0(0) ack 1");
    peer.send(".", 1, 1);
    peer.at(600);
    peer.expect(". 0:0(0) ack 1");
    peer.window(100).send(".", 1, 1);
    peer.expect("P. 1:6(5) ack 1");
  }

  @Test
  void dataInReverseIsReadInOrder() throws IOException {
    accept();
    peer.send(".", 7, 1, "efg");
    peer.expect(". 1:1(0) ack 1");
    peer.send(".", 4, 1, "bcd");
    peer.expect(". 1:1(0) ack 1");
    peer.send(".", 1, 1, "zza123");
    peer.expect(". 1:1(0) ack 10");
    assertThat(read()).isEqualTo("zzabcdefg");
  }

  @Test
  void closeWithUnreadDataResets() throws IOException {
    accept();
    peer.send("P.", 1, 1, "unread");
    peer.expect(". 1:1(0) ack 7");
    socket.close(peer.wire.now());
    peer.expect("R. 1:1(0) ack 7");
    peer.send("P.", 7, 1, "more");
    peer.expect("R 1:1(0)");
  }
}
