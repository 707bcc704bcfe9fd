package dev.dockwire.stack.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.frame.TcpView;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Congestion that is notified instead of lost (RFC 3168). */
class EcnTest {

  private static final int OCTETS = 10 << 20;
  private static final long BITS_PER_SECOND = 20_000_000;

  private static Transfer bottleneck() {
    Impairment path = Impairment.delay(10_000_000).withRate(BITS_PER_SECOND, 60_000);
    return new Transfer(path, 1 << 20, 1);
  }

  @Test
  void aStreamThatAsksForItIsMarkedAndLosesNothingOnceItHasFoundItsRate() throws IOException {
    Transfer transfer = bottleneck();
    transfer.client.tcp().ecn(1);
    long nanos = transfer.run(OCTETS, 0);
    assertThat(transfer.marked()).isPositive();
    assertThat(transfer.overflowed()).as("by the first slow start at most").isLessThan(60);
    assertThat(OCTETS * 8e9 / nanos).isGreaterThan(0.85 * BITS_PER_SECOND);
  }

  @Test
  void nobodyAsksByDefault() throws IOException {
    Transfer transfer = bottleneck();
    transfer.run(OCTETS, 0);
    assertThat(transfer.marked()).isZero();
    assertThat(transfer.overflowed()).isGreaterThan(60);
  }

  @Test
  void anEndThatNeverUsesItIsAskedInVain() throws IOException {
    Transfer transfer = bottleneck();
    transfer.client.tcp().ecn(1);
    transfer.server.tcp().ecn(0);
    transfer.run(OCTETS, 0);
    assertThat(transfer.marked()).isZero();
  }

  @ParameterizedTest(name = "{0}, repeated: {1}")
  @CsvSource({"ASK, false, 192", "ASK, true, 0", "ANSWER, false, 0", "NEVER, false, 0"})
  void theFirstSynAsks(Ecn.Use use, boolean again, int flags) {
    assertThat(new Ecn(use).synFlags(true, again)).isEqualTo(flags);
  }

  @Test
  void anAnswerIsGivenOnceWithFreshData() {
    Ecn ecn = new Ecn(Ecn.Use.ASK);
    ecn.slowedDown();
    assertThat(ecn.flags(false)).as("an acknowledgment").isZero();
    assertThat(ecn.flags(true)).isEqualTo(TcpView.CWR);
    assertThat(ecn.flags(true)).isZero();
  }
}
