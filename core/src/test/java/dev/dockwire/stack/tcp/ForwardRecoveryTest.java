package dev.dockwire.stack.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The steps of RFC 5682, section 3.1. */
class ForwardRecoveryTest {

  private final ForwardRecovery forward = new ForwardRecovery();

  private boolean acknowledgment(boolean advances, boolean original) {
    forward.begin();
    if (original) {
      forward.delivered();
    }
    return forward.isSpurious(advances, true);
  }

  @Test
  void newDataGoesOutAfterTheFirstAcknowledgment() {
    forward.timedOut();
    assertThat(forward.sendsNew()).isFalse();
    assertThat(acknowledgment(true, false)).isFalse();
    assertThat(forward.sendsNew()).isTrue();
  }

  @Test
  void whatWasSentOnceArrivesAndTheTimeOutWasForNothing() {
    forward.timedOut();
    acknowledgment(true, false);
    assertThat(acknowledgment(true, true)).isTrue();
    assertThat(forward.sendsNew()).isFalse();
  }

  @Test
  void aDuplicateAtOnceMeansThatItWasLost() {
    forward.timedOut();
    assertThat(acknowledgment(false, false)).isFalse();
    assertThat(acknowledgment(true, false)).isFalse();
    assertThat(forward.sendsNew()).isFalse();
  }

  @Test
  void onlyTheNewDataArrivesAndSoTheRestIsLost() {
    forward.timedOut();
    acknowledgment(true, false);
    assertThat(acknowledgment(false, false)).isFalse();
    assertThat(forward.sendsNew()).isFalse();
  }
}
