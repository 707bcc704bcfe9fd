package dev.dockwire.stack.tcp;

import static dev.dockwire.stack.Frames.address;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dockwire.stack.socket.TcpListener;
import dev.dockwire.stack.socket.TcpSocket;
import dev.dockwire.stack.tcp.script.TcpWire;
import java.io.IOException;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * What the options of a socket do on the wire: a host at 10.0.0.1, a peer that does as it is told.
 */
class SocketOptionsTest {

  private static final SocketOptions PROBING =
      SocketOptions.DEFAULT.withKeepAlive(true).withKeepAliveTimes(seconds(1), seconds(1), 3);

  private final TcpWire peer = new TcpWire(80, 5000);
  private final List<String> events = new ArrayList<>();
  private TcpSocket socket;

  private final TcpSocket.Handler ear =
      new TcpSocket.Handler() {
        @Override
        public void onDrained(TcpSocket drained, long now) {
          events.add("drained@" + now / 1_000_000);
        }

        @Override
        public void onClosed(TcpSocket ended, IOException cause, long now) {
          events.add(cause == null ? "closed" : cause.getMessage() + "@" + now / 1_000_000);
        }
      };

  private static long seconds(long count) {
    return TimeUnit.SECONDS.toNanos(count);
  }

  /** The peer connects to port 80. */
  private void accept(SocketOptions options) throws IOException {
    TcpListener listener = TcpListener.listen(peer.wire.stack, options, 0, 80, 5, any -> {});
    peer.send("S", 0, 0);
    peer.expect("S. 0:0(0) ack 1");
    peer.send(".", 1, 1);
    socket = listener.accept(ear);
    listener.close(peer.wire.now());
  }

  private void write(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    assertThat(socket.write(bytes, 0, bytes.length, peer.wire.now())).isEqualTo(bytes.length);
  }

  private void change(SocketOptions options) {
    socket.options(options, peer.wire.now());
  }

  @Test
  void aSilentPeerIsAskedAndGivenUp() throws IOException {
    accept(PROBING);
    for (int second = 1; second <= 3; second++) {
      peer.at(second * 1000 - 1);
      peer.expectNothing();
      peer.at(second * 1000);
      peer.expect(". 0:0(0) ack 1");
    }
    peer.at(4000);
    peer.expect("R. 1:1(0) ack 1");
    assertThat(events).containsExactly("Connection timed out@4000");
  }

  @Test
  void anAnswerBeginsTheSilenceAnew() throws IOException {
    accept(PROBING);
    peer.at(2000);
    peer.expect(". 0:0(0) ack 1");
    peer.expect(". 0:0(0) ack 1");
    peer.at(2500);
    peer.send(".", 1, 1);
    peer.at(3499);
    peer.expectNothing();
    peer.at(6499);
    peer.expect(". 0:0(0) ack 1");
    peer.expect(". 0:0(0) ack 1");
    peer.expect(". 0:0(0) ack 1");
    peer.at(6500);
    peer.expect("R. 1:1(0) ack 1");
  }

  @Test
  void nobodyIsAskedUnlessTheOwnerWantsIt() throws IOException {
    accept(SocketOptions.DEFAULT);
    peer.at(30_000_000);
    peer.expectNothing();
    change(SocketOptions.DEFAULT.withKeepAlive(true));
    peer.expect(". 0:0(0) ack 1");
    peer.send(".", 1, 1);
    peer.at(30_000_000 + 7_199_999);
    peer.expectNothing();
    peer.at(30_000_000 + 7_200_000);
    peer.expect(". 0:0(0) ack 1");
    peer.at(30_000_000 + 7_275_000);
    peer.expect(". 0:0(0) ack 1");
    change(SocketOptions.DEFAULT);
    peer.at(60_000_000);
    peer.expectNothing();
  }

  @Test
  void aPeerThatAsksIsAnswered() throws IOException {
    accept(SocketOptions.DEFAULT);
    peer.send(".", 0, 1);
    peer.expect(". 1:1(0) ack 1");
  }

  @Test
  void dataUnderWayAsksByItself() throws IOException {
    accept(PROBING);
    write("hello");
    peer.expect("P. 1:6(5) ack 1");
    peer.at(2_000);
    peer.expect("P. 1:6(5) ack 1");
    peer.expect("P. 1:6(5) ack 1");
    peer.expect("P. 1:6(5) ack 1");
    peer.expectNothing();
  }

  @Test
  void nobodyIsAskedOnceTheOwnerHasLetGo() throws IOException {
    accept(PROBING);
    socket.close(0);
    peer.expect("F. 1:1(0) ack 1");
    peer.send(".", 1, 2);
    peer.at(50_000);
    peer.expectNothing();
    peer.send("F.", 1, 2);
    peer.expect(". 2:2(0) ack 2");
    peer.at(100_000);
    peer.expectNothing();
  }

  @Test
  void theUserTimeoutEndsAKeepAliveToo() throws IOException {
    accept(PROBING.withUserTimeout(seconds(2)));
    peer.at(1_000);
    peer.expect(". 0:0(0) ack 1");
    peer.at(2_000);
    peer.expect("R. 1:1(0) ack 1");
    assertThat(events).containsExactly("Connection timed out@2000");
  }

  @Test
  void theUserTimeoutEndsResends() throws IOException {
    accept(SocketOptions.DEFAULT.withUserTimeout(seconds(2)));
    peer.at(500);
    write("hello");
    peer.expect("P. 1:6(5) ack 1");
    for (int millis : new int[] {700, 1100, 1900}) {
      peer.at(millis);
      peer.expect("P. 1:6(5) ack 1");
    }
    peer.at(2_499);
    assertThat(events).isEmpty();
    peer.at(100_000);
    peer.expectNothing();
    assertThat(events).containsExactly("Connection timed out@2500");
  }

  @Test
  void progressBeginsTheUserTimeoutAnew() throws IOException {
    accept(SocketOptions.DEFAULT.withUserTimeout(seconds(2)));
    write("hello");
    peer.at(1_500);
    peer.send(".", 1, 3);
    peer.at(3_499);
    assertThat(events).isEmpty();
    peer.at(3_500);
    assertThat(events).containsExactly("Connection timed out@3500");
  }

  @Test
  void theUserTimeoutEndsTheProbingOfAClosedWindowThoughProbesAreAnswered() throws IOException {
    accept(SocketOptions.DEFAULT.withUserTimeout(seconds(2)));
    peer.window(0).send(".", 1, 1);
    write("hello");
    for (int millis : new int[] {200, 600, 1400}) {
      peer.at(millis);
      peer.expect(". 0:0(0) ack 1");
      peer.send(".", 1, 1);
    }
    peer.at(1_999);
    assertThat(events).isEmpty();
    peer.at(2_000);
    assertThat(events).containsExactly("Connection timed out@2000");
  }

  @Test
  void theUserTimeoutEndsAnAttemptToConnect() throws IOException {
    socket =
        TcpSocket.connect(
            peer.wire.stack,
            SocketOptions.DEFAULT.withUserTimeout(seconds(2)),
            0,
            0,
            address(TcpWire.PEER),
            5000,
            ear,
            0);
    peer.at(10_000);
    peer.expect("S 0:0(0)");
    peer.expect("S 0:0(0)");
    peer.expectNothing();
    assertThat(events).containsExactly("Connection timed out@2000");
  }

  @Test
  void withoutLingeringCloseIsAReset() throws IOException {
    accept(SocketOptions.DEFAULT.withLinger(0));
    write("hello");
    peer.expect("P. 1:6(5) ack 1");
    socket.close(peer.wire.now());
    peer.expect("R. 6:6(0) ack 1");
    assertThat(peer.wire.stack.tcp().size()).isZero();
  }

  @Test
  void theOwnerHearsThatThePeerHasEverything() throws IOException {
    accept(SocketOptions.DEFAULT);
    write("hello");
    socket.shutdownOutput(peer.wire.now());
    peer.at(100);
    peer.send(".", 1, 6);
    assertThat(events).isEmpty();
    peer.send(".", 1, 7);
    assertThat(events).containsExactly("drained@100");
  }

  @Test
  void naglesRuleHoldsSmallSegmentsBack() throws IOException {
    accept(SocketOptions.DEFAULT);
    write("a");
    peer.expect("P. 1:2(1) ack 1");
    write("b");
    write("c");
    peer.expectNothing();
    peer.send(".", 1, 2);
    peer.expect("P. 2:4(2) ack 1");
  }

  @Test
  void noDelaySendsThemAtOnceAndWhatWaitedToo() throws IOException {
    accept(SocketOptions.DEFAULT);
    write("a");
    write("b");
    peer.expect("P. 1:2(1) ack 1");
    peer.expectNothing();
    change(SocketOptions.DEFAULT.withNoDelay(true));
    peer.expect("P. 2:3(1) ack 1");
    write("c");
    peer.expect("P. 3:4(1) ack 1");
  }

  @Test
  void aCorkHoldsBackWhatIsNotFull() throws IOException {
    accept(SocketOptions.DEFAULT.withCork(true).withNoDelay(true));
    write("head");
    peer.expectNothing();
    write("x".repeat(1460));
    peer.expect(". 1:1461(1460) ack 1");
    peer.send(".", 1, 1461);
    peer.expectNothing();
    change(SocketOptions.DEFAULT);
    peer.expect("P. 1461:1465(4) ack 1");
  }

  @Test
  void aCorkHoldsFor200Milliseconds() throws IOException {
    accept(SocketOptions.DEFAULT.withCork(true));
    write("late");
    peer.at(199);
    peer.expectNothing();
    peer.at(200);
    peer.expect("P. 1:5(4) ack 1");
  }

  @Test
  void theEndOfTheStreamPullsTheCork() throws IOException {
    accept(SocketOptions.DEFAULT.withCork(true));
    write("all");
    socket.shutdownOutput(peer.wire.now());
    peer.expect("FP. 1:4(3) ack 1");
  }

  @Test
  void theSendBufferTakesSoMuch() throws IOException {
    accept(SocketOptions.DEFAULT.withSendBuffer(3000));
    byte[] bytes = new byte[10_000];
    assertThat(socket.write(bytes, 0, bytes.length, peer.wire.now())).isEqualTo(3000);
    change(SocketOptions.DEFAULT.withSendBuffer(4000));
    assertThat(socket.write(bytes, 0, bytes.length, peer.wire.now())).isEqualTo(1000);
    change(SocketOptions.DEFAULT.withSendBuffer(2048));
    assertThat(socket.writable()).isZero();
    assertThat(SocketOptions.DEFAULT.withSendBuffer(1).sendBuffer).isEqualTo(2048);
  }

  @Test
  void theReceiveBufferIsTheWindowAndDecidesItsScale() throws IOException {
    TcpListener.listen(
        peer.wire.stack, SocketOptions.DEFAULT.withReceiveBuffer(3000), 0, 80, 5, any -> {});
    peer.send("S", 0, 0);
    byte[] answer = peer.wire.next();
    assertThat((answer[48] & 0xff) << 8 | answer[49] & 0xff).isEqualTo(3000);

    int[] scales = {3000, 0, 65_536, 0, 65_537, 1, 131_072, 1, 262_144, 2, 4_194_304, 6};
    for (int i = 0; i < scales.length; i += 2) {
      TcpSocket.connect(
          peer.wire.stack,
          SocketOptions.DEFAULT.withReceiveBuffer(scales[i]),
          0,
          0,
          address(TcpWire.PEER),
          5000,
          ear,
          0);
      byte[] syn = peer.wire.next();
      assertThat(syn[syn.length - 1]).as("scale for " + scales[i]).isEqualTo((byte) scales[i + 1]);
    }
  }

  @Test
  void theOwnersSegmentLimitIsOfferedAndKept() throws IOException {
    SocketOptions limited = SocketOptions.DEFAULT.withMaxSegment(500);
    accept(limited);
    write("x".repeat(700));
    peer.expect(". 1:501(500) ack 1");
    peer.expect("P. 501:701(200) ack 1");

    TcpSocket.connect(
        peer.wire.stack, limited, 0, 0, address(TcpWire.PEER), 5000, ear, peer.wire.now());
    byte[] syn = peer.wire.next();
    assertThat((syn[56] & 0xff) << 8 | syn[57] & 0xff).isEqualTo(500);
    assertThatThrownBy(() -> SocketOptions.DEFAULT.withMaxSegment(87))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aPortWithConnectionsCannotBeBoundUnlessBothShareIt() throws IOException {
    SocketOptions sharing = SocketOptions.DEFAULT.withReuseAddress(true);
    accept(sharing);
    assertThatThrownBy(() -> listen(SocketOptions.DEFAULT, 0))
        .isInstanceOf(BindException.class)
        .hasMessage("Address already in use");
    listen(sharing, 0).close(0);
    change(SocketOptions.DEFAULT);
    assertThatThrownBy(() -> listen(sharing, 0)).isInstanceOf(BindException.class);
  }

  @Test
  void timeWaitKeepsThePortToItself() throws IOException {
    accept(SocketOptions.DEFAULT);
    socket.close(0);
    peer.expect("F. 1:1(0) ack 1");
    peer.send("F.", 1, 2);
    peer.expect(". 2:2(0) ack 2");
    assertThatThrownBy(() -> listen(SocketOptions.DEFAULT, 0)).isInstanceOf(BindException.class);
    peer.at(60_001);
    listen(SocketOptions.DEFAULT, 0).close(0);
  }

  @Test
  void whoConnectsFromAPortBindsItToo() throws IOException {
    SocketOptions sharing = SocketOptions.DEFAULT.withReuseAddress(true);
    accept(sharing);
    assertThatThrownBy(() -> connectFrom80(SocketOptions.DEFAULT, 7000))
        .isInstanceOf(BindException.class)
        .hasMessage("Address already in use");
    assertThatThrownBy(() -> connectFrom80(sharing, 5000))
        .isInstanceOf(BindException.class)
        .hasMessage("Cannot assign requested address");
    assertThat(connectFrom80(sharing, 7000).localPort()).isEqualTo(80);
  }

  private TcpSocket connectFrom80(SocketOptions options, int tcpPort) throws IOException {
    return TcpSocket.connect(
        peer.wire.stack, options, 0, 80, address(TcpWire.PEER), tcpPort, ear, peer.wire.now());
  }

  @Test
  void twoNeverListenAtOneAddress() throws IOException {
    SocketOptions sharing = SocketOptions.DEFAULT.withReuseAddress(true);
    listen(sharing, address(TcpWire.HOST));
    assertThatThrownBy(() -> listen(sharing, 0)).isInstanceOf(BindException.class);
    listen(sharing, address("127.0.0.1"));
  }

  private TcpListener listen(SocketOptions options, int at) throws BindException {
    return TcpListener.listen(peer.wire.stack, options, at, 80, 5, any -> {});
  }

  @Test
  void theLeastTimeoutIsTheHostsToChoose() throws IOException {
    peer.wire.stack.tcp().minimumRtoNanos(10_000_000);
    accept(SocketOptions.DEFAULT);
    write("hello");
    peer.expect("P. 1:6(5) ack 1");
    for (int millis : new int[] {10, 30, 70, 150}) {
      peer.at(millis - 1);
      peer.expectNothing();
      peer.at(millis);
      peer.expect("P. 1:6(5) ack 1");
    }
  }

  @Test
  void theLeastTimeoutHasBounds() throws IOException {
    peer.wire.stack.tcp().minimumRtoNanos(1);
    assertThat(peer.wire.stack.tcp().minimumRtoNanos()).isEqualTo(1_000_000);
    peer.wire.stack.tcp().minimumRtoNanos(seconds(5));
    assertThat(peer.wire.stack.tcp().minimumRtoNanos()).isEqualTo(seconds(1));
  }
}
