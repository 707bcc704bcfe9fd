package dev.dockwire.program.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Payloads in packets. */
class PacketStreamTest {

  private final PacketStream stream = new PacketStream(10);

  private void receive(int... octets) {
    for (int octet : octets) {
      stream.receive(new byte[] {(byte) octet}, 0, 1);
    }
  }

  @Test
  void aPayloadIsThereWhenItsLastOctetIs() throws MysqlException {
    receive(2, 0, 0, 0, 7);
    assertThat(stream.next()).isNull();
    receive(8, 1, 0, 0, 1, 9);
    assertThat(stream.next()).containsExactly(7, 8);
    assertThat(stream.next()).containsExactly(9);
    assertThat(stream.packet(new byte[] {5})).containsExactly(1, 0, 0, 2, 5);
  }

  @Test
  void itIsRefusedIfItIsTooLongOrOutOfOrder() {
    receive(11, 0, 0, 0);
    assertThatThrownBy(stream::next).hasMessage(ServerError.PACKET_TOO_LARGE.message());
    PacketStream other = new PacketStream(10);
    other.receive(new byte[] {1, 0, 0, 3, 0}, 0, 5);
    assertThatThrownBy(other::next).hasMessage(ServerError.OUT_OF_ORDER.message());
  }

  @Test
  void aPayloadOfSixteenMebibytesGoesOnInASecondPacket() {
    byte[] packets = stream.packet(new byte[0xffffff + 1]);
    assertThat(packets).hasSize(0xffffff + 1 + 8).startsWith(0xff, 0xff, 0xff, 0);
    assertThat(packets[0xffffff + 4]).isEqualTo((byte) 1);
    assertThat(packets[0xffffff + 7]).isEqualTo((byte) 1);
  }
}
