package dev.dockwire.program.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Proofs of a password. */
class ScrambleTest {

  private static final byte[] NONCE =
      HexFormat.of().parseHex("0102030405060708090a0b0c0d0e0f1011121314");

  @ParameterizedTest
  @EnumSource
  void onlyTheRightPasswordIsAccepted(Scramble scramble) {
    byte[] stored = scramble.stored("1234");
    byte[] answer = scramble.answer("1234", NONCE);
    assertThat(scramble.accepts(answer, stored, NONCE)).isTrue();
    assertThat(scramble.accepts(scramble.answer("1235", NONCE), stored, NONCE)).isFalse();
    byte[] otherNonce = NONCE.clone();
    otherNonce[0] ^= 1;
    assertThat(scramble.accepts(answer, stored, otherNonce)).isFalse();
    assertThat(scramble.accepts(new byte[3], stored, NONCE)).isFalse();
  }

  /** As {@code SELECT PASSWORD('mypass')} and {@code SHA1(SHA1(...))} have it in the manual. */
  @Test
  void theNativeHashIsThatOfTheManual() {
    assertThat(Scramble.NATIVE.stored("mypass"))
        .asHexString()
        .isEqualTo("6C8989366EAF75BB670AD8EA7A7FC1176A95CEF4");
  }
}
