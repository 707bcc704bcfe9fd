package dev.dockwire.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.bridge.Bridge;
import dev.dockwire.capture.filter.FilterException;
import dev.dockwire.capture.filter.FilterNames;
import dev.dockwire.capture.filter.FrameFilter;
import dev.dockwire.fabric.Fabric;
import dev.dockwire.fabric.FabricShape;
import dev.dockwire.frame.EthernetView;
import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.frame.MacAddress;
import dev.dockwire.link.Nic;
import dev.dockwire.time.Loop;
import dev.dockwire.time.VirtualClock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A bridge with its own interface and two hosts. */
class InterfaceTapTest {

  private static final int EXPERIMENTAL = 0x88b5;
  private static final long WIRE = 30_000;

  private final Loop loop = new Loop(new VirtualClock());
  private final Fabric fabric = new Fabric(FabricShape.DEFAULT.withWireNanos(WIRE));
  private final Nic docker0 = nic("docker0", "172.17.0.1");
  private final Nic a1 = nic("eth0", "172.17.0.2");
  private final Nic a2 = nic("eth0", "172.17.0.3");
  private int woken;

  @BeforeEach
  void plugIn() {
    Bridge bridge = new Bridge("docker0");
    bridge.attachOwn(docker0);
    bridge.attach("veth1", a1);
    bridge.attach("veth2", a2);
    loop.add(fabric);
    // So that the bridge has learnt where everybody is.
    for (Nic nic : List.of(docker0, a1, a2)) {
      send(nic, MacAddress.BROADCAST, 60);
    }
  }

  private Nic nic(String name, String address) {
    return new Nic(name, MacAddress.fromIpv4(Ipv4Address.parse(address)), 1_500, fabric);
  }

  private void send(Nic from, MacAddress to, int length) {
    byte[] frame = new byte[length];
    EthernetView.emitHeader(frame, 0, to.value(), from.mac().value(), EXPERIMENTAL);
    from.transmit(frame, 0, length, loop.now());
    loop.runUntil(loop.now() + 10 * WIRE);
  }

  private InterfaceTap tap(String filter, InterfaceTap.Way way, int snapLength, Nic nic) {
    try {
      FrameFilter compiled = FrameFilter.compile(filter, FilterNames.NONE);
      InterfaceTap tap = new InterfaceTap(compiled, way, snapLength, () -> woken++);
      tap.listen(nic);
      return tap;
    } catch (FilterException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> seen(InterfaceTap tap) {
    List<String> seen = new ArrayList<>();
    while (!tap.isEmpty()) {
      TappedFrame frame = tap.take();
      seen.add(frame.direction() + " " + frame.length() + " at " + frame.now());
    }
    return seen;
  }

  @Test
  void framesAreSeenAsTheyLeaveAndAsTheyArrive() {
    InterfaceTap tap = tap("", InterfaceTap.Way.BOTH, 1_514, a1);
    long start = loop.now();
    send(a1, a2.mac(), 100);
    send(a2, a1.mac(), 200);
    send(a2, docker0.mac(), 300);
    assertThat(seen(tap))
        .containsExactly("OUTBOUND 100 at " + start, "INBOUND 200 at " + (start + 11 * WIRE));
    assertThat(woken).isEqualTo(2);
  }

  @Test
  void oneWayOnly() {
    InterfaceTap in = tap("", InterfaceTap.Way.INBOUND, 1_514, a1);
    InterfaceTap out = tap("", InterfaceTap.Way.OUTBOUND, 1_514, a1);
    send(a1, a2.mac(), 100);
    send(a2, a1.mac(), 200);
    assertThat(seen(in)).singleElement().asString().startsWith("INBOUND 200");
    assertThat(seen(out)).singleElement().asString().startsWith("OUTBOUND 100");
  }

  @Test
  void aBridgesOwnInterfaceSeesWhatPassesBetweenOthers() {
    InterfaceTap promiscuous = tap("", InterfaceTap.Way.BOTH, 1_514, docker0);
    promiscuous.listenToBridge(docker0, fabric);
    InterfaceTap own = tap("", InterfaceTap.Way.BOTH, 1_514, docker0);
    long start = loop.now();
    send(a1, a2.mac(), 100);
    send(a1, docker0.mac(), 200);
    send(a2, MacAddress.BROADCAST, 300);
    send(docker0, a1.mac(), 400);
    assertThat(seen(promiscuous))
        .containsExactly(
            "INBOUND 100 at " + (start + WIRE),
            "INBOUND 200 at " + (start + 11 * WIRE),
            "INBOUND 300 at " + (start + 21 * WIRE),
            "OUTBOUND 400 at " + (start + 30 * WIRE));
    assertThat(seen(own)).hasSize(3);
    promiscuous.close();
    send(a1, a2.mac(), 100);
    assertThat(promiscuous.isEmpty()).isTrue();
  }

  @Test
  void theFilterChoosesAndTheSnapLengthCuts() {
    InterfaceTap tap = tap("greater 150", InterfaceTap.Way.BOTH, 64, a1);
    send(a1, a2.mac(), 100);
    send(a1, a2.mac(), 200);
    TappedFrame frame = tap.take();
    assertThat(frame.length()).isEqualTo(200);
    assertThat(frame.bytes()).hasSize(64);
    assertThat(tap.isEmpty()).isTrue();
    assertThat(tap.received()).isEqualTo(1);
  }

  @Test
  void whatFindsNoRoomIsCounted() {
    InterfaceTap tap = tap("", InterfaceTap.Way.BOTH, 1_514, a1);
    for (int i = 0; i < 1_500; i++) {
      send(a1, a2.mac(), 1_514);
    }
    long room = (2 << 20) / (1_514 + 64);
    assertThat(tap.received()).isEqualTo(1_500);
    assertThat(tap.dropped()).isEqualTo(1_500 - room);
    tap.take();
    send(a1, a2.mac(), 1_514);
    assertThat(tap.dropped()).isEqualTo(1_500 - room);
  }

  @Test
  void tapsComeAndGoInAnyOrder() {
    InterfaceTap first = tap("", InterfaceTap.Way.BOTH, 1_514, a1);
    InterfaceTap second = tap("", InterfaceTap.Way.BOTH, 1_514, a1);
    first.close();
    first.close();
    List<Integer> delivered = new ArrayList<>();
    a1.handler((nic, frame, now) -> delivered.add(frame.length()));
    send(a2, a1.mac(), 100);
    second.close();
    send(a2, a1.mac(), 200);
    assertThat(seen(first)).isEmpty();
    assertThat(seen(second)).hasSize(1);
    assertThat(delivered).containsExactly(100, 200);
  }
}
