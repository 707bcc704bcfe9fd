package dev.dockwire.frame;

import static dev.dockwire.frame.GoldenFrames.ARP_REPLY;
import static dev.dockwire.frame.GoldenFrames.ARP_REQUEST;
import static dev.dockwire.frame.GoldenFrames.IP_A;
import static dev.dockwire.frame.GoldenFrames.IP_B;
import static dev.dockwire.frame.GoldenFrames.L3;
import static dev.dockwire.frame.GoldenFrames.MAC_A;
import static dev.dockwire.frame.GoldenFrames.MAC_B;
import static dev.dockwire.frame.GoldenFrames.emitOnDirt;
import static dev.dockwire.frame.GoldenFrames.from;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArpTest {

  private final ArpView view = new ArpView();

  @Test
  void readsARequest() {
    assertThat(view.wrap(ARP_REQUEST, L3, ArpView.LENGTH)).isTrue();
    assertThat(view.hardwareType()).isEqualTo(ArpView.HARDWARE_ETHERNET);
    assertThat(view.protocolType()).isEqualTo(EthernetView.TYPE_IPV4);
    assertThat(view.hardwareLength()).isEqualTo(6);
    assertThat(view.protocolLength()).isEqualTo(4);
    assertThat(view.operation()).isEqualTo(ArpView.REQUEST);
    assertThat(view.senderHardware()).isEqualTo(MAC_A.value());
    assertThat(view.senderProtocol()).isEqualTo(IP_A.value());
    assertThat(view.targetHardware()).isZero();
    assertThat(view.targetProtocol()).isEqualTo(IP_B.value());
  }

  @Test
  void emitsTheGoldenBytes() {
    assertThat(emitOnDirt(ArpMessage.request(MAC_A, IP_A, IP_B))).isEqualTo(from(ARP_REQUEST, L3));
    assertThat(emitOnDirt(new ArpMessage(ArpView.REPLY, MAC_A, IP_A, MAC_B, IP_B)))
        .isEqualTo(from(ARP_REPLY, L3));
  }

  @Test
  void turnsARequestIntoItsReplyInPlace() {
    byte[] message = ArpMessage.request(MAC_B, IP_B, IP_A).toBytes();
    assertThat(view.wrap(message, 0, message.length)).isTrue();
    view.operation(ArpView.REPLY)
        .targetHardware(view.senderHardware())
        .targetProtocol(view.senderProtocol())
        .senderHardware(MAC_A.value())
        .senderProtocol(IP_A.value());
    assertThat(message).isEqualTo(from(ARP_REPLY, L3));
  }

  @Test
  void everyTruncationIsRefused() {
    for (int length = 0; length < ArpView.LENGTH; length++) {
      assertThat(view.wrap(ARP_REQUEST, L3, length)).isFalse();
      assertThat(view.problem()).isEqualTo(DropReason.ARP_BAD_LEN);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0006, ARP_BAD_HW",
    "2, 86dd, ARP_BAD_PROTO",
    "4, 0804, ARP_BAD_LEN",
    "4, 0610, ARP_BAD_LEN",
    "6, 0000, ARP_BAD_OP",
    "6, 0003, ARP_BAD_OP",
  })
  void garbageIsRefusedByItsCause(int offset, String word, DropReason reason) {
    byte[] message = from(ARP_REQUEST, L3);
    NetworkOrder.short16(message, offset, Integer.parseInt(word, 16));
    assertThat(view.wrap(message, 0, message.length)).isFalse();
    assertThat(view.problem()).isEqualTo(reason);
    assertThatThrownBy(() -> ArpMessage.parse(message, 0, message.length))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(reason.counterName());
  }

  @Test
  void theValueIsOneLineOfTcpdump() {
    assertThat(ArpMessage.parse(ARP_REQUEST, L3, 28))
        .hasToString("ARP, Request who-has 172.17.0.3 tell 172.17.0.2, length 28");
    assertThat(ArpMessage.parse(ARP_REPLY, L3, 28))
        .hasToString("ARP, Reply 172.17.0.2 is-at 02:42:ac:11:00:02, length 28");
  }
}
