package dev.dockwire.nat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.frame.TcpView;
import dev.dockwire.nat.TcpTrack.State;
import dev.dockwire.nat.TcpTrack.Verdict;
import org.junit.jupiter.api.Test;

/** Row N14 of the conformance table: what a connection's windows admit, and what may close it. */
class TcpTrackTest {

  private static final int SYN = TcpView.SYN;
  private static final int ACK = TcpView.ACK;
  private static final int FIN = TcpView.FIN;
  private static final int RST = TcpView.RST;

  /** Offers a window of 1000, and the server one of 2000, in units of the scales. */
  private final TcpTrack track = new TcpTrack();

  private Verdict client(int flags, int seq, int ack, int payload) {
    return segment(false, flags, seq, ack, 1_000, payload, -1);
  }

  private Verdict server(int flags, int seq, int ack, int payload) {
    return segment(true, flags, seq, ack, 2_000, payload, -1);
  }

  private Verdict segment(
      boolean reply, int flags, int seq, int ack, int window, int payload, int scale) {
    int header = scale < 0 ? 20 : 24;
    byte[] bytes = new byte[header + payload];
    if (scale >= 0) {
      bytes[20] = 3;
      bytes[21] = 3;
      bytes[22] = (byte) scale;
    }
    TcpView.emitHeader(bytes, 0, bytes.length, 1, 2, 4000, 80, seq, ack, header, flags, window, 0);
    TcpView view = new TcpView();
    assertThat(view.wrap(bytes, 0, bytes.length, 1, 2)).isTrue();
    return track.receive(view, bytes, reply);
  }

  private void establish() {
    establish(-1, -1);
  }

  private void establish(int clientScale, int serverScale) {
    assertThat(segment(false, SYN, 100, 0, 1_000, 0, clientScale)).isEqualTo(Verdict.VALID);
    assertThat(segment(true, SYN | ACK, 500, 101, 2_000, 0, serverScale)).isEqualTo(Verdict.VALID);
    assertThat(track.state()).isEqualTo(State.SYN_RECV);
    assertThat(client(ACK, 101, 501, 0)).isEqualTo(Verdict.VALID);
    assertThat(track.state()).isEqualTo(State.ESTABLISHED);
  }

  @Test
  void dataWithinTheWindowPasses() {
    establish();
    assertThat(client(ACK, 101, 501, 2_000)).isEqualTo(Verdict.VALID);
    assertThat(server(ACK, 501, 2_101, 1_000)).isEqualTo(Verdict.VALID);
  }

  @Test
  void dataBeyondTheWindowDoesNot() {
    establish();
    assertThat(client(ACK, 101 + 2_001, 501, 1)).isEqualTo(Verdict.INVALID);
    assertThat(server(ACK, 501 + 1_001, 101, 1)).isEqualTo(Verdict.INVALID);
    assertThat(server(ACK, 501 - 2_000, 101, 1)).isEqualTo(Verdict.INVALID);
  }

  @Test
  void anAcknowledgmentOfWhatWasNeverSentDoesNot() {
    establish();
    assertThat(client(ACK, 101, 502, 0)).isEqualTo(Verdict.INVALID);
    assertThat(client(ACK, 101, 501 - 70_000, 0)).isEqualTo(Verdict.INVALID);
  }

  @Test
  void scaledWindowsAreTakenForWhatTheyAre() {
    establish(2, 3);
    client(ACK, 101, 501, 0);
    server(ACK, 501, 101, 0);
    assertThat(client(ACK, 101, 501, 1_460)).isEqualTo(Verdict.VALID);
    assertThat(client(ACK, 101 + 15_000, 501, 1_000)).isEqualTo(Verdict.VALID);
    assertThat(client(ACK, 101 + 16_001, 501, 1)).isEqualTo(Verdict.INVALID);
    assertThat(server(ACK, 501 + 4_001, 101, 1)).isEqualTo(Verdict.INVALID);
  }

  @Test
  void scalesCountOnlyIfBothEndsHaveOne() {
    establish(2, -1);
    assertThat(server(ACK, 501 + 1_001, 101, 1)).isEqualTo(Verdict.INVALID);
  }

  @Test
  void aResetMustBeInTheWindow() {
    establish();
    for (int guess : new int[] {500, 501 + 1_001, 501 + 0x4000_0000, 501 - 0x4000_0000}) {
      assertThat(server(RST, guess, 0, 0)).as("reset at %d", guess).isEqualTo(Verdict.INVALID);
    }
    assertThat(track.state()).isEqualTo(State.ESTABLISHED);
    assertThat(server(RST, 501, 0, 0)).isEqualTo(Verdict.VALID);
    assertThat(track.state()).isEqualTo(State.CLOSE);
  }

  @Test
  void aRefusalMustAcknowledgeTheSyn() {
    client(SYN, 100, 0, 0);
    assertThat(server(RST | ACK, 0, 77, 0)).isEqualTo(Verdict.INVALID);
    assertThat(server(RST, 0, 0, 0)).isEqualTo(Verdict.INVALID);
    assertThat(server(RST | ACK, 0, 101, 0)).isEqualTo(Verdict.VALID);
    assertThat(track.state()).isEqualTo(State.CLOSE);
  }

  @Test
  void aConnectionClosesFromEitherEndOrBothAtOnce() {
    establish();
    server(FIN | ACK, 501, 101, 0);
    assertThat(track.state()).isEqualTo(State.FIN_WAIT);
    client(ACK, 101, 502, 0);
    assertThat(track.state()).isEqualTo(State.CLOSE_WAIT);
    assertThat(client(ACK, 101, 502, 100)).isEqualTo(Verdict.VALID);
    client(FIN | ACK, 201, 502, 0);
    assertThat(track.state()).isEqualTo(State.LAST_ACK);
    server(ACK, 502, 202, 0);
    assertThat(track.state()).isEqualTo(State.TIME_WAIT);
  }

  @Test
  void aFinOutsideOfTheWindowClosesNothing() {
    establish();
    assertThat(server(FIN | ACK, 501 + 5_000, 101, 0)).isEqualTo(Verdict.INVALID);
    assertThat(track.state()).isEqualTo(State.ESTABLISHED);
  }

  @Test
  void aSynInAConnectionIsLeftToItsEndsAndAfterItsEndBeginsANewOne() {
    establish();
    assertThat(client(SYN, 9_000, 0, 0)).isEqualTo(Verdict.PASSED);
    assertThat(track.state()).isEqualTo(State.ESTABLISHED);
    client(FIN | ACK, 101, 501, 0);
    server(FIN | ACK, 501, 102, 0);
    client(ACK, 102, 502, 0);
    assertThat(client(SYN, 9_000, 0, 0)).isEqualTo(Verdict.REOPENED);
  }

  @Test
  void sequenceNumbersWrapAround() {
    assertThat(segment(false, SYN, -2, 0, 1_000, 0, -1)).isEqualTo(Verdict.VALID);
    assertThat(segment(true, SYN | ACK, -5, -1, 2_000, 0, -1)).isEqualTo(Verdict.VALID);
    assertThat(client(ACK, -1, -4, 1_000)).isEqualTo(Verdict.VALID);
    assertThat(server(ACK, -4, 999, 500)).isEqualTo(Verdict.VALID);
    assertThat(client(ACK, 999, 496, 0)).isEqualTo(Verdict.VALID);
  }
}
