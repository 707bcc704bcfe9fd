package dev.dockwire.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dockwire.fabric.Fabric;
import dev.dockwire.fabric.FabricShape;
import dev.dockwire.frame.DropReason;
import dev.dockwire.frame.EthernetView;
import dev.dockwire.frame.MacAddress;
import dev.dockwire.frame.NetworkOrder;
import org.junit.jupiter.api.Test;

class NicTest {

  private final Fabric fabric = new Fabric(FabricShape.DEFAULT);
  private final Nic near = nic("near", 1_500);
  private final Nic far = nic("far", 1_500);
  private int received;

  NicTest() {
    near.connect(far);
    far.connect(near);
    far.handler((_, _, _) -> received++);
  }

  private Nic nic(String name, int mtu) {
    return new Nic(name, new MacAddress(0x0242_0000_0001L), mtu, fabric);
  }

  private static boolean transmit(Nic nic, int length) {
    return nic.transmit(new byte[length], 0, length, 0);
  }

  @Test
  void countsPacketsAndBytesWithTheEthernetHeader() {
    transmit(near, 60);
    transmit(near, 1_514);
    fabric.doWork(0);

    assertThat(near.counters().txPackets()).isEqualTo(2);
    assertThat(near.counters().txBytes()).isEqualTo(1_574);
    assertThat(far.counters().rxPackets()).isEqualTo(2);
    assertThat(far.counters().rxBytes()).isEqualTo(1_574);
    assertThat(received).isEqualTo(2);
  }

  @Test
  void aFrameIsInFlightUntilItArrives() {
    transmit(near, 60);
    assertThat(near.inFlight()).isOne();
    assertThat(near.departed()).isZero();

    fabric.doWork(0);
    assertThat(near.inFlight()).isZero();
    assertThat(near.departed()).isOne();
  }

  @Test
  void withoutAWireOrWhenDownNothingIsSent() {
    near.disconnect();
    assertThat(near.hasCarrier()).isFalse();
    assertThat(transmit(near, 60)).isFalse();
    near.connect(far);
    near.setUp(false);
    assertThat(transmit(near, 60)).isFalse();

    assertThat(near.drops().of(DropReason.PORT_LINK_DOWN)).isEqualTo(2);
    assertThat(near.counters().txDropped()).isEqualTo(2);
    assertThat(near.offered()).isEqualTo(2);
  }

  @Test
  void aWireThatIsPulledLosesWhatIsOnIt() {
    transmit(near, 60);
    near.disconnect();
    fabric.doWork(0);

    assertThat(near.drops().of(DropReason.PORT_LINK_DOWN)).isOne();
    assertThat(near.inFlight()).isZero();
    assertThat(received).isZero();
  }

  @Test
  void anInterfaceThatIsDownDropsWhatArrives() {
    far.setUp(false);
    transmit(near, 60);
    fabric.doWork(0);

    assertThat(near.departed()).isOne();
    assertThat(far.counters().rxDropped()).isOne();
    assertThat(far.counters().rxPackets()).isZero();
    assertThat(received).isZero();
  }

  @Test
  void lengthsBelowTheHeaderAndAboveTheMtuAreRefused() {
    assertThat(transmit(near, 13)).isFalse();
    assertThat(transmit(near, 14)).isTrue();
    assertThat(transmit(near, 1_514)).isTrue();
    assertThat(transmit(near, 1_515)).isFalse();
    assertThat(transmit(near, 65_536)).isFalse();

    assertThat(near.drops().of(DropReason.PORT_RUNT)).isOne();
    assertThat(near.drops().of(DropReason.PORT_OVERSIZE)).isEqualTo(2);
  }

  @Test
  void theLimitIsTheNicsOwnNotTheMediums() {
    Nic narrow = nic("narrow", 576);
    narrow.connect(far);

    assertThat(transmit(narrow, 590)).isTrue();
    assertThat(transmit(narrow, 591)).isFalse();
    byte[] tagged = new byte[594];
    NetworkOrder.short16(tagged, 12, EthernetView.TYPE_VLAN);
    assertThat(narrow.transmit(tagged, 0, 594, 0)).isTrue();
  }

  @Test
  void anMtuThatDoesNotFitTheMediumIsRefusedAtOnce() {
    assertThatThrownBy(() -> nic("jumbo", 9_000)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> nic("tiny", 67)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> near.claim(1_519)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatTheStackRefusesIsOfferedAndDropped() {
    near.refuse(DropReason.PORT_STORM_DROP);

    assertThat(near.offered()).isOne();
    assertThat(near.drops().of(DropReason.PORT_STORM_DROP)).isOne();
    assertThat(near.inFlight()).isZero();
  }
}
