package dev.dockwire.stack.tcp;

import static dev.dockwire.stack.Frames.icmpError;
import static dev.dockwire.stack.Frames.packet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.frame.DropReason;
import dev.dockwire.frame.NetworkOrder;
import dev.dockwire.stack.socket.TcpListener;
import dev.dockwire.stack.socket.TcpSocket;
import dev.dockwire.stack.tcp.script.TcpWire;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows T34 and T35: what ICMP from the router 10.0.0.9 does to a connection that is there. */
class IcmpReportsTest {

  private static final int UNREACHABLE = 3;
  private static final int TOO_BIG = 4;

  private final TcpWire peer = new TcpWire(80, 5000);
  private final List<String> events = new ArrayList<>();
  private TcpSocket socket;

  private final TcpSocket.Handler ear =
      new TcpSocket.Handler() {
        @Override
        public void onClosed(TcpSocket ended, IOException cause, long now) {
          events.add(cause.getMessage());
        }
      };

  /** The peer connects, and the host sends so much that is not acknowledged. */
  private byte[] acceptAndSend(int octets) throws IOException {
    SocketOptions patient =
        SocketOptions.DEFAULT.withUserTimeout(TimeUnit.SECONDS.toNanos(2)).withNoDelay(true);
    TcpListener listener = TcpListener.listen(peer.wire.stack, patient, 0, 80, 5, any -> {});
    peer.send("S", 0, 0);
    peer.expect("S. 0:0(0) ack 1");
    peer.send(".", 1, 1);
    socket = listener.accept(ear);
    socket.write(new byte[octets], 0, octets, 0);
    return peer.wire.next();
  }

  /** The router says this of a frame. */
  private void report(int type, int code, int rest, byte[] frame) {
    byte[] quote = Arrays.copyOfRange(frame, 14, 14 + 28);
    peer.wire.sendPacket(packet("10.0.0.9", TcpWire.HOST, 1, icmpError(type, code, rest, quote)));
  }

  @ParameterizedTest
  @CsvSource({
    " 3,  0, Network is unreachable",
    " 3,  1, No route to host",
    " 3,  2, Protocol not available",
    " 3,  3, Connection refused",
    " 3, 13, No route to host",
    "11,  0, No route to host",
    " 3,  5, Connection timed out",
    "12,  0, Connection timed out",
    " 4,  0, Connection timed out",
  })
  void whatIsReportedOnlySaysWhyAConnectionTimedOut(int type, int code, String message)
      throws IOException {
    byte[] sent = acceptAndSend(5);
    report(type, code, 0, sent);
    peer.at(1_999);
    assertThat(socket.state()).isEqualTo(TcpState.ESTABLISHED);
    peer.at(2_000);
    assertThat(events).containsExactly(message);
  }

  @Test
  void progressMakesItForgotten() throws IOException {
    byte[] sent = acceptAndSend(5);
    report(UNREACHABLE, 1, 0, sent);
    peer.send(".", 1, 3);
    peer.at(10_000);
    assertThat(events).containsExactly("Connection timed out");
  }

  @Test
  void aQuoteThatIsNotUnderWayIsIgnored() throws IOException {
    byte[] sent = acceptAndSend(3_000);
    NetworkOrder.int32(sent, 38, NetworkOrder.int32(sent, 38) - 1);
    report(UNREACHABLE, 1, 0, sent);
    report(UNREACHABLE, TOO_BIG, 1_000, sent);
    NetworkOrder.int32(sent, 38, NetworkOrder.int32(sent, 38) + 3_001);
    report(UNREACHABLE, TOO_BIG, 1_000, sent);
    peer.wire.expectDrops(DropReason.ICMP_QUOTE_MISMATCH, 3);
    peer.expect(". 1461:2921(1460) ack 1");
    peer.expect("P. 2921:3001(80) ack 1");
    peer.expectNothing();
  }

  @Test
  void aNarrowPathHasAllThatIsTooBigSentAgainAtOnce() throws IOException {
    byte[] sent = acceptAndSend(3_000);
    peer.expect(". 1461:2921(1460) ack 1");
    peer.expect("P. 2921:3001(80) ack 1");
    report(UNREACHABLE, TOO_BIG, 1_040, sent);
    peer.expect(". 1:1001(1000) ack 1");
    peer.expect(". 1001:1461(460) ack 1");
    peer.expect(". 1461:2461(1000) ack 1");
    peer.expect(". 2461:2921(460) ack 1");
    peer.expectNothing();
    peer.send(".", 1, 3_001);
    socket.write(new byte[1_500], 0, 1_500, 0);
    peer.expect(". 3001:4001(1000) ack 1");
    peer.expect("P. 4001:4501(500) ack 1");
  }

  @Test
  void aSecondReportOfTheSameChangesNothing() throws IOException {
    byte[] sent = acceptAndSend(1_460);
    report(UNREACHABLE, TOO_BIG, 1_040, sent);
    peer.expect(". 1:1001(1000) ack 1");
    peer.expect("P. 1001:1461(460) ack 1");
    assertThat(socket.info(0).sndMss()).isEqualTo(1_000);
    assertThat(socket.info(0).pathMtu()).isEqualTo(1_040);
    assertThat(socket.info(0).cwnd()).as("as many segments, no congestion").isEqualTo(10);
    assertThat(socket.info(0).ssthresh()).isZero();
    assertThat(socket.info(0).resent()).isEqualTo(2);
    report(UNREACHABLE, TOO_BIG, 1_040, sent);
    report(UNREACHABLE, TOO_BIG, 1_400, sent);
    peer.expectNothing();
  }

  @Test
  void noPathIsNarrowerThanTheFloorAndThereRoutersMayFragment() throws IOException {
    byte[] sent = acceptAndSend(1_460);
    assertThat(sent[20] & 0x40).as("don't fragment").isNotZero();
    report(UNREACHABLE, TOO_BIG, 68, sent);
    byte[] again = peer.wire.next();
    assertThat(again).hasSize(14 + 552);
    assertThat(again[20] & 0x40).as("don't fragment").isZero();
  }

  @Test
  void aRouterThatDoesNotSayGetsTheNextPlateau() throws IOException {
    byte[] sent = acceptAndSend(1_460);
    report(UNREACHABLE, TOO_BIG, 0, sent);
    byte[] again = peer.wire.next();
    assertThat(again).hasSize(14 + 1_492);
    peer.expect("P. 1453:1461(8) ack 1");
    report(UNREACHABLE, TOO_BIG, 0, again);
    assertThat(peer.wire.next()).hasSize(14 + 1_006);
  }

  @Test
  void afterTenMinutesThePathIsTriedAnew() throws IOException {
    byte[] sent = acceptAndSend(1_460);
    report(UNREACHABLE, TOO_BIG, 1_040, sent);
    assertThat(peer.wire.count()).isEqualTo(2);
    peer.send(".", 1, 1_461);
    peer.at(600_000);
    socket.write(new byte[1_460], 0, 1_460, peer.wire.now());
    peer.expect(". 1461:2461(1000) ack 1");
    peer.expect("P. 2461:2921(460) ack 1");
    peer.send(".", 1, 2_921);
    socket.write(new byte[1_460], 0, 1_460, peer.wire.now());
    peer.expect("P. 2921:4381(1460) ack 1");
  }
}
