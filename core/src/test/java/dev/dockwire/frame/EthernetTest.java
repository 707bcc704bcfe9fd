package dev.dockwire.frame;

import static dev.dockwire.frame.GoldenFrames.ARP_REQUEST;
import static dev.dockwire.frame.GoldenFrames.IP_A;
import static dev.dockwire.frame.GoldenFrames.IP_B;
import static dev.dockwire.frame.GoldenFrames.MAC_A;
import static dev.dockwire.frame.GoldenFrames.MAC_B;
import static dev.dockwire.frame.GoldenFrames.TAGGED_ARP_REQUEST;
import static dev.dockwire.frame.GoldenFrames.emitOnDirt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class EthernetTest {

  private final EthernetView view = new EthernetView();
  private final byte[] arp = ArpMessage.request(MAC_A, IP_A, IP_B).toBytes();

  @Test
  void readsAnUntaggedFrame() {
    assertThat(view.wrap(ARP_REQUEST, 0, ARP_REQUEST.length)).isTrue();
    assertThat(view.destination()).isEqualTo(MacAddress.BROADCAST.value());
    assertThat(view.source()).isEqualTo(MAC_A.value());
    assertThat(view.isTagged()).isFalse();
    assertThat(view.vlanId()).isZero();
    assertThat(view.etherType()).isEqualTo(EthernetView.TYPE_ARP);
    assertThat(view.payloadOffset()).isEqualTo(14);
    assertThat(view.payloadLength()).isEqualTo(28);
  }

  @Test
  void looksBehindOneTag() {
    assertThat(view.wrap(TAGGED_ARP_REQUEST, 0, TAGGED_ARP_REQUEST.length)).isTrue();
    assertThat(view.source()).isEqualTo(MAC_A.value());
    assertThat(view.isTagged()).isTrue();
    assertThat(view.vlanId()).isEqualTo(100);
    assertThat(view.priority()).isEqualTo(3);
    assertThat(view.etherType()).isEqualTo(EthernetView.TYPE_ARP);
    assertThat(view.payloadOffset()).isEqualTo(18);
    assertThat(view.payloadLength()).isEqualTo(28);
  }

  @Test
  void emitsTheGoldenBytes() {
    MacAddress all = MacAddress.BROADCAST;
    assertThat(emitOnDirt(new EthernetFrame(all, MAC_A, EthernetView.TYPE_ARP, arp)))
        .isEqualTo(ARP_REQUEST);
    assertThat(emitOnDirt(new EthernetFrame(all, MAC_A, 0x6064, EthernetView.TYPE_ARP, arp)))
        .isEqualTo(TAGGED_ARP_REQUEST);
  }

  @Test
  void rewritesAddressesAndTypeInPlace() {
    byte[] frame = TAGGED_ARP_REQUEST.clone();
    assertThat(view.wrap(frame, 0, frame.length)).isTrue();
    view.destination(MAC_A.value()).source(MAC_B.value()).etherType(EthernetView.TYPE_IPV6);
    assertThat(EthernetFrame.parse(frame, 0, frame.length))
        .isEqualTo(new EthernetFrame(MAC_A, MAC_B, 0x6064, EthernetView.TYPE_IPV6, arp));
    assertThat(EthernetView.destination(frame, 0)).isEqualTo(MAC_A.value());
    assertThat(EthernetView.source(frame, 0)).isEqualTo(MAC_B.value());
  }

  @Test
  void everyCutHeaderIsARunt() {
    for (byte[] frame : new byte[][] {ARP_REQUEST, TAGGED_ARP_REQUEST}) {
      int header = frame.length - 28;
      for (int length = 0; length <= frame.length; length++) {
        assertThat(view.wrap(frame, 0, length)).as("%d octets", length).isEqualTo(length >= header);
        assertThat(view.problem()).isEqualTo(length >= header ? null : DropReason.PORT_RUNT);
      }
    }
  }

  @Test
  void wrapReportsARangeOutsideTheArrayAsABug() {
    assertThatThrownBy(() -> view.wrap(new byte[60], 1, 60))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void theValueIsOneLineOfTcpdump() {
    assertThat(EthernetFrame.parse(ARP_REQUEST, 0, ARP_REQUEST.length))
        .hasToString("02:42:ac:11:00:02 > ff:ff:ff:ff:ff:ff, ethertype ARP (0x0806), length 42");
  }
}
