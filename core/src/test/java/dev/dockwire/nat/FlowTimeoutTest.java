package dev.dockwire.nat;

import static dev.dockwire.nat.Router.A;
import static dev.dockwire.nat.Router.HOST;
import static dev.dockwire.nat.Router.SERVER;
import static dev.dockwire.nat.Router.echo;
import static dev.dockwire.nat.Router.tcp;
import static dev.dockwire.nat.Router.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.frame.TcpView;
import dev.dockwire.stack.Frames;
import org.junit.jupiter.api.Test;

/**
 * Rows N4 to N7 of the conformance table: each flow a second before its limit and a second after.
 */
class FlowTimeoutTest {

  private static final int SYN = TcpView.SYN;
  private static final int ACK = TcpView.ACK;
  private static final int FIN = TcpView.FIN;

  private final Router router = new Router();

  private void expectKeptFor(long seconds) {
    router.ignore();
    router.afterSeconds(seconds - 1);
    assertThat(router.netfilter.flows()).as("flows after %d s", seconds - 1).isOne();
    router.afterSeconds(2);
    assertThat(router.netfilter.flows()).as("flows after %d s", seconds + 1).isZero();
    assertThat(router.netfilter.mappings().size()).isZero();
  }

  private void client(int flags, int seq, int ack) {
    router.fromBridge(tcp(A, 4000, SERVER, 80, flags, seq, ack));
  }

  private void server(int flags, int seq, int ack) {
    router.fromOutside(tcp(SERVER, 80, HOST, 4000, flags, seq, ack));
  }

  private void handshake() {
    client(SYN, 100, 0);
    server(SYN | ACK, 500, 101);
    client(ACK, 101, 501);
  }

  @Test
  void n4AnEstablishedConnectionIsKeptForFiveDays() {
    handshake();
    expectKeptFor(432_000);
  }

  @Test
  void n5AnUnansweredSynIsKeptForFourMinutes() {
    client(SYN, 100, 0);
    expectKeptFor(240);
  }

  @Test
  void n5AHalfOpenConnectionIsKeptForFourMinutes() {
    client(SYN, 100, 0);
    server(SYN | ACK, 500, 101);
    expectKeptFor(240);
  }

  @Test
  void n5AClosedConnectionIsKeptForFourMinutes() {
    handshake();
    client(FIN | ACK, 101, 501);
    server(FIN | ACK, 501, 102);
    client(ACK, 102, 502);
    assertThat(router.netfilter.list(router.wire.now()).getFirst()).contains(" TIME_WAIT ");
    expectKeptFor(240);
  }

  @Test
  void n5AResetConnectionIsKeptForTenSeconds() {
    handshake();
    server(TcpView.RST, 501, 0);
    expectKeptFor(10);
  }

  @Test
  void n6AnUnansweredDatagramIsKeptForTwoMinutes() {
    router.fromBridge(udp(A, 5000, SERVER, 53));
    expectKeptFor(120);
  }

  @Test
  void n6AStreamOfDatagramsIsKeptForFiveMinutes() {
    router.fromBridge(udp(A, 5000, SERVER, 53));
    router.fromOutside(udp(SERVER, 53, HOST, 5000));
    router.fromBridge(udp(A, 5000, SERVER, 53));
    assertThat(router.netfilter.list(router.wire.now()).getFirst()).contains("[ASSURED]");
    expectKeptFor(300);
  }

  @Test
  void n6OnlyTheInsideKeepsItsMapping() {
    router.fromBridge(udp(A, 5000, SERVER, 53));
    router.fromOutside(udp(SERVER, 53, HOST, 5000));
    router.afterSeconds(200);
    router.fromOutside(udp(SERVER, 53, HOST, 5000));
    router.afterSeconds(99);
    router.fromBridge(udp(A, 5000, SERVER, 53));
    router.afterSeconds(200);
    router.fromOutside(udp(SERVER, 53, HOST, 5000));
    router.ignore();
    router.afterSeconds(99);
    assertThat(router.netfilter.flows()).isOne();
    router.afterSeconds(2);
    assertThat(router.netfilter.flows()).isZero();
  }

  @Test
  void n7AQueryIsKeptForAMinute() {
    router.fromBridge(echo(A, SERVER, 8, 7));
    expectKeptFor(60);
  }

  @Test
  void n7OtherProtocolsAreKeptForTenMinutes() {
    router.fromBridge(Frames.packet(A, SERVER, 47, new byte[20]));
    expectKeptFor(600);
  }
}
