package dev.dockwire.frame;

import static dev.dockwire.frame.GoldenFrames.ICMP_ECHO;
import static dev.dockwire.frame.GoldenFrames.L4;
import static dev.dockwire.frame.GoldenFrames.emitOnDirt;
import static dev.dockwire.frame.GoldenFrames.from;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IcmpTest {

  private final IcmpView view = new IcmpView();
  private final byte[] message = from(ICMP_ECHO, L4);
  private final byte[] data = from(ICMP_ECHO, L4 + 8);

  @Test
  void readsAnEchoRequest() {
    assertThat(view.wrap(message, 0, message.length)).isTrue();
    assertThat(view.type()).isEqualTo(IcmpView.ECHO_REQUEST);
    assertThat(view.code()).isZero();
    assertThat(view.checksum()).isEqualTo(0xd995);
    assertThat(view.identifier()).isEqualTo(0x1d6a);
    assertThat(view.sequence()).isEqualTo(1);
    assertThat(view.restOfHeader()).isEqualTo(0x1d6a0001);
    assertThat(view.payloadOffset()).isEqualTo(8);
    assertThat(view.payloadLength()).isEqualTo(8);
  }

  @Test
  void emitsTheGoldenBytes() {
    assertThat(emitOnDirt(IcmpMessage.echoRequest(0x1d6a, 1, data))).isEqualTo(message);
  }

  @Test
  void answersInPlace() {
    assertThat(view.wrap(message, 0, message.length)).isTrue();
    view.type(IcmpView.ECHO_REPLY).updateChecksum();
    assertThat(IcmpMessage.parse(message, 0, message.length))
        .isEqualTo(IcmpMessage.echoReply(0x1d6a, 1, data))
        .hasToString("ICMP echo reply, id 7530, seq 1, length 16");
  }

  @Test
  void setsEveryField() {
    assertThat(view.wrap(message, 0, message.length)).isTrue();
    view.type(3).code(4).restOfHeader(0x0000_05dc).updateChecksum();
    assertThat(IcmpMessage.parse(message, 0, message.length))
        .isEqualTo(new IcmpMessage(3, 4, 1500, data));
    view.identifier(0xabcd).sequence(0x1234);
    assertThat(view.restOfHeader()).isEqualTo(0xabcd1234);
  }

  @Test
  void everyTruncationIsRefused() {
    for (int length = 0; length < 8; length++) {
      assertThat(view.wrap(message, 0, length)).isFalse();
      assertThat(view.problem()).isEqualTo(DropReason.ICMP_BAD_LEN);
    }
    // From 10 octets on only zeros would be cut off this one, and that a checksum cannot notice.
    for (int length = 8; length < 10; length++) {
      assertThat(view.wrap(message, 0, length)).isFalse();
      assertThat(view.problem()).isEqualTo(DropReason.ICMP_BAD_CSUM);
    }
  }

  @Test
  void everyFlippedBitIsNoticed() {
    for (int bit = 0; bit < 8 * message.length; bit++) {
      message[bit >> 3] ^= (byte) (1 << (bit & 7));
      assertThat(view.wrap(message, 0, message.length)).isFalse();
      assertThat(view.problem()).isEqualTo(DropReason.ICMP_BAD_CSUM);
      message[bit >> 3] ^= (byte) (1 << (bit & 7));
    }
  }

  @Test
  void anAllZeroEchoReplyIsValid() {
    byte[] bytes = emitOnDirt(IcmpMessage.echoReply(0, 0, new byte[0]));
    assertThat(view.wrap(bytes, 0, bytes.length)).isTrue();
    assertThat(view.checksum()).isEqualTo(0xffff);
  }
}
