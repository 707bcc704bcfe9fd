package dev.dockwire.stack.tcp;

import static dev.dockwire.stack.Frames.address;
import static dev.dockwire.stack.Frames.packet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.frame.DropReason;
import dev.dockwire.frame.NetworkOrder;
import dev.dockwire.frame.TcpView;
import dev.dockwire.stack.Wire;
import dev.dockwire.stack.socket.TcpListener;
import dev.dockwire.stack.socket.TcpSocket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** More SYNs come to port 80 of 10.0.0.1 than it may remember. */
class SynFloodTest {

  private static final String HOST = "10.0.0.1";
  private static final String PEER = "10.0.0.2";
  private static final int ISS = 1_000;
  private static final int CLIENT = 65_535;

  private static final byte[] PLAIN = {2, 4, 5, (byte) 0xb4};

  /** MSS 1400, SACK permitted, timestamps, window scale 9. */
  private static final byte[] ALL = {
    2, 4, 1400 >> 8, (byte) 1400, 4, 2, 8, 10, 0, 0, 1, 0, 0, 0, 0, 0, 1, 3, 3, 9
  };

  private final Wire wire = new Wire(HOST + "/24");
  private final TcpView answer = new TcpView();
  private TcpListener listener;
  private int stampOfAnswer;

  private void listen(int backlog) throws IOException {
    wire.know(PEER, wire.eth0);
    listener = TcpListener.listen(wire.stack, 0, 80, backlog, any -> {});
  }

  private void send(int from, int flags, int sequence, int ack, byte[] options, String data) {
    byte[] payload = data.getBytes(StandardCharsets.US_ASCII);
    int header = TcpView.HEADER_LENGTH + options.length;
    byte[] segment = new byte[header + payload.length];
    System.arraycopy(options, 0, segment, TcpView.HEADER_LENGTH, options.length);
    System.arraycopy(payload, 0, segment, header, payload.length);
    int peer = address(PEER);
    int host = address(HOST);
    TcpView.emitHeader(
        segment, 0, segment.length, peer, host, from, 80, sequence, ack, header, flags, 500, 0);
    wire.sendPacket(packet(PEER, HOST, 6, segment));
  }

  private void sendSyn(int from, byte[] options) {
    send(from, TcpView.SYN, ISS, 0, options, "");
  }

  private void flood(int syns) {
    for (int i = 0; i < syns; i++) {
      sendSyn(1 + i % 60_000, PLAIN);
      wire.count();
    }
  }

  /** The host's next segment. */
  private byte[] receive(int flags) {
    byte[] frame = wire.next();
    assertThat(answer.wrap(frame, 34, frame.length - 34, address(HOST), address(PEER))).isTrue();
    assertThat(answer.flags()).isEqualTo(flags);
    return frame;
  }

  /** The peer asks, is given a cookie, and returns the number that acknowledges it. */
  private int askForCookie(byte[] options) {
    long before = wire.stack.drops().of(DropReason.TCP_COOKIE_SENT);
    sendSyn(CLIENT, options);
    wire.expectDrops(DropReason.TCP_COOKIE_SENT, before + 1);
    byte[] frame = receive(TcpView.SYN | TcpView.ACK);
    if (options == ALL) {
      stampOfAnswer = NetworkOrder.int32(frame, answer.optionsOffset() + 8);
    }
    assertThat(answer.acknowledgmentNumber()).isEqualTo(ISS + 1);
    return answer.sequenceNumber() + 1;
  }

  private void acknowledge(int cookie, byte[] options) {
    send(CLIENT, TcpView.ACK, ISS + 1, cookie, options, "");
  }

  private static byte[] stamps(int value, int echo) {
    return ByteBuffer.allocate(12).putInt(0x0101_080a).putInt(value).putInt(echo).array();
  }

  private TcpConnection accepted() {
    TcpSocket socket = listener.accept(new TcpSocket.Handler() {});
    assertThat(socket.remotePort()).isEqualTo(CLIENT);
    return wire.stack.tcp().connections().getLast();
  }

  @Test
  void theQueueHoldsOneMoreThanTheBacklogAndTheRestGetCookies() throws IOException {
    listen(16);
    for (int i = 0; i < 200; i++) {
      sendSyn(1 + i, PLAIN);
    }
    assertThat(wire.count()).isEqualTo(200);
    assertThat(wire.stack.tcp().size()).isEqualTo(17);
    wire.expectDrops(DropReason.TCP_COOKIE_SENT, 183);
  }

  @Test
  void aBacklogIsCutToFourThousand() throws IOException {
    listen(1_000_000);
    flood(4_200);
    assertThat(wire.stack.tcp().size()).isEqualTo(4_097);
  }

  @Test
  void aClientAmongManySynsKeepsItsOptions() throws IOException {
    listen(16);
    flood(50_000);
    int cookie = askForCookie(ALL);
    flood(50_000);
    assertThat(wire.stack.tcp().size()).isEqualTo(17);

    acknowledge(cookie, stamps(0x101, stampOfAnswer));
    TcpConnection connection = accepted();
    assertThat(connection.state()).isEqualTo(TcpState.ESTABLISHED);
    assertThat(connection.options().segmentSize()).isEqualTo(1_360 - 12);
    assertThat(connection.options().sndScale()).isEqualTo(9);
    assertThat(connection.options().rcvScale()).isPositive();
    assertThat(connection.options().isSackOn()).isTrue();
  }

  @Test
  void withoutTimestampsOnlyTheSegmentSizeIsKept() throws IOException {
    listen(0);
    flood(1);
    acknowledge(askForCookie(new byte[] {2, 4, 4, 0, 1, 1, 4, 2, 1, 3, 3, 9}), new byte[0]);

    TcpConnection connection = accepted();
    assertThat(connection.options().segmentSize()).isEqualTo(1_024);
    assertThat(connection.options().sndScale()).isZero();
    assertThat(connection.options().rcvScale()).isZero();
    assertThat(connection.options().isSackOn()).isFalse();
  }

  @Test
  void aCookieMayComeWithData() throws IOException {
    listen(0);
    flood(1);
    int cookie = askForCookie(PLAIN);
    send(CLIENT, TcpView.ACK | TcpView.PSH, ISS + 1, cookie, new byte[0], "hello");
    receive(TcpView.ACK);
    assertThat(answer.acknowledgmentNumber()).isEqualTo(ISS + 6);
    assertThat(accepted().available()).isEqualTo(5);
  }

  @Test
  void anInventedCookieIsResetAndCounted() throws IOException {
    listen(0);
    flood(1);
    int cookie = askForCookie(PLAIN);
    acknowledge(cookie + 1, new byte[0]);
    receive(TcpView.RST);
    assertThat(answer.sequenceNumber()).isEqualTo(cookie + 1);
    wire.expectDrops(DropReason.TCP_COOKIE_BAD, 1);
    assertThat(listener.isAcceptable()).isFalse();
  }

  @Test
  void dataThatComesBeforeTheCookieIsLeftToComeAgain() throws IOException {
    listen(0);
    flood(1);
    int cookie = askForCookie(PLAIN);
    send(CLIENT, TcpView.ACK, ISS + 6, cookie, new byte[0], "world");
    wire.expectNothing();
    wire.expectDrops(DropReason.TCP_COOKIE_BAD, 1);
    send(CLIENT, TcpView.ACK, ISS + 1, cookie, new byte[0], "hello");
    receive(TcpView.ACK);
    assertThat(accepted().available()).isEqualTo(5);
  }

  @Test
  void aCookieIsGoodForOneToTwoMinutes() throws IOException {
    listen(0);
    flood(1);
    int cookie = askForCookie(PLAIN);
    wire.at(119_999);
    wire.count();
    sendSyn(1, PLAIN);
    sendSyn(2, PLAIN);
    wire.count();
    wire.at(120_000);
    acknowledge(cookie, new byte[0]);
    receive(TcpView.RST);
    wire.expectDrops(DropReason.TCP_COOKIE_BAD, 1);
  }

  @Test
  void whereNoCookieWasSentAnAcknowledgmentIsOnlyRefused() throws IOException {
    listen(16);
    acknowledge(77, new byte[0]);
    receive(TcpView.RST);
    wire.expectDrops(DropReason.TCP_COOKIE_BAD, 0);
    wire.expectDrops(DropReason.TCP_NO_CONN, 1);
  }

  @Test
  void aFullAcceptQueueIsSilentUntilSomebodyAccepts() throws IOException {
    listen(0);
    flood(1);
    int cookie = askForCookie(PLAIN);
    send(1, TcpView.RST, ISS + 1, 0, new byte[0], "");
    sendSyn(2, PLAIN);
    receive(TcpView.SYN | TcpView.ACK);
    send(2, TcpView.ACK, ISS + 1, answer.sequenceNumber() + 1, new byte[0], "");

    sendSyn(3, PLAIN);
    acknowledge(cookie, new byte[0]);
    wire.expectNothing();
    wire.expectDrops(DropReason.TCP_LISTEN_OVERFLOW, 2);

    assertThat(listener.accept(new TcpSocket.Handler() {}).remotePort()).isEqualTo(2);
    send(CLIENT, TcpView.ACK, ISS + 1, cookie, new byte[0], "again");
    receive(TcpView.ACK);
    assertThat(accepted().available()).isEqualTo(5);
  }

  @Test
  void dataOfAHandshakeThatFindsTheAcceptQueueFullIsTakenLater() throws IOException {
    listen(1);
    int[] acknowledgments = new int[4];
    for (int client = 1; client <= 2; client++) {
      sendSyn(client, PLAIN);
      receive(TcpView.SYN | TcpView.ACK);
      acknowledgments[client] = answer.sequenceNumber() + 1;
    }
    send(1, TcpView.ACK, ISS + 1, acknowledgments[1], new byte[0], "");
    sendSyn(CLIENT, PLAIN);
    receive(TcpView.SYN | TcpView.ACK);
    int ack = answer.sequenceNumber() + 1;
    send(2, TcpView.ACK, ISS + 1, acknowledgments[2], new byte[0], "");

    acknowledge(ack, new byte[0]);
    send(CLIENT, TcpView.ACK, ISS + 1, ack, new byte[0], "hello");
    wire.expectNothing();
    wire.expectDrops(DropReason.TCP_LISTEN_OVERFLOW, 2);

    listener.accept(new TcpSocket.Handler() {});
    listener.accept(new TcpSocket.Handler() {});
    send(CLIENT, TcpView.ACK, ISS + 1, ack, new byte[0], "hello");
    receive(TcpView.ACK);
    assertThat(accepted().available()).isEqualTo(5);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void aStreamThatBeganWithACookieArrivesOverALossyPath(long seed) throws IOException {
    Transfer transfer =
        new Transfer(
                Impairment.delay(10_000_000).withLoss(0.2).withReorder(0.2, 20_000_000),
                65_536,
                seed)
            .flooded();
    transfer.run(200_000, 200_000);
    assertThat(transfer.server.drops().of(DropReason.TCP_COOKIE_SENT)).isPositive();
  }

  @Test
  void aListenerThatClosesResetsWhatNobodyAccepted() throws IOException {
    listen(5);
    flood(3);
    listener.close(wire.now());
    assertThat(wire.count()).isEqualTo(3);
    assertThat(wire.stack.tcp().size()).isZero();
  }
}
