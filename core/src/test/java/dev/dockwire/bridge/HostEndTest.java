package dev.dockwire.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.bridge.Lan.Station;
import dev.dockwire.fabric.FrameObserver;
import dev.dockwire.frame.DropReason;
import dev.dockwire.link.FrameSlot;
import dev.dockwire.link.netem.Delay;
import dev.dockwire.link.netem.Netem;
import dev.dockwire.link.netem.NetemOptions;
import dev.dockwire.time.Seed;
import dev.dockwire.time.Timers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The bridge's end of a wire, impaired: what leaves the bridge there, and nothing else. */
class HostEndTest {

  private static final long SECOND = 1_000_000_000;

  private final Lan lan = new Lan();
  private final Timers timers = new Timers();
  private final Station a = lan.station(Lan.A);
  private final Station b = lan.station(Lan.B);
  private final HostEnd end;

  HostEndTest() {
    lan.loop.add(timers);
    b.port.hostEnd(lan.nic("vethb"), 7);
    end = b.port.hostEnd().orElseThrow();
  }

  private Netem impair(NetemOptions options) {
    Netem netem = new Netem(end.nic(), 1, options, timers, new Seed(1).generator("host end"));
    end.qdisc(netem);
    return netem;
  }

  @Test
  void onlyWhatLeavesTheBridgeIsHeld() {
    impair(NetemOptions.NONE.withDelay(Delay.of(SECOND)));
    b.sendTo(Lan.A);
    assertThat(lan.loop.now()).isZero();
    assertThat(a.hears()).isOne();

    a.sendTo(Lan.B);
    assertThat(lan.loop.now()).isEqualTo(SECOND);
    assertThat(b.hears()).isOne();
  }

  @Test
  void floodedFramesAreHeldAtThisPortOnly() {
    Station c = lan.station(Lan.C);
    impair(NetemOptions.NONE.withDelay(Delay.of(SECOND)));
    byte[] frame = Lan.frame(Lan.BROADCAST, Lan.A, 60);
    a.nic.transmit(frame, 0, frame.length, lan.loop.now());
    lan.at(0.5);
    assertThat(c.hears()).isOne();
    assertThat(b.hears()).isZero();
    lan.at(1);
    assertThat(b.hears()).isOne();
  }

  @Test
  void withoutAQdiscFramesGoStraightOn() {
    impair(NetemOptions.NONE.withDelay(Delay.of(SECOND)));
    end.qdisc(null);
    b.sendTo(Lan.A);
    a.sendTo(Lan.B);
    assertThat(lan.loop.now()).isZero();
    assertThat(b.hears()).isOne();
    assertThat(end.nic().offered()).isZero();
  }

  @Test
  void aWireThatIsPulledOutLosesWhatIsHeld() {
    impair(NetemOptions.NONE.withDelay(Delay.of(SECOND)));
    byte[] frame = Lan.frame(Lan.B, Lan.A, 60);
    a.nic.transmit(frame, 0, frame.length, lan.loop.now());
    lan.at(0.5);
    b.port.detach();
    lan.settle();
    assertThat(b.hears()).isZero();
    assertThat(end.nic().drops().of(DropReason.PORT_LINK_DOWN)).isOne();
    assertThat(end.nic().inFlight()).isZero();
    assertThat(timers.armed()).isZero();
  }

  @Test
  void aCaptureSeesAFrameReachTheFarEndOnce() {
    impair(NetemOptions.NONE.withDelay(Delay.of(SECOND)));
    List<String> reached = new ArrayList<>();
    lan.fabric.observe(
        new FrameObserver() {
          @Override
          public void onFrame(FrameSlot slot) {
            Receivers.forEach(slot, nic -> reached.add(slot.sender() + " to " + nic.mac()));
          }

          @Override
          public void onPause() {
            // Nothing is gathered.
          }
        });
    b.sendTo(Lan.A);
    a.sendTo(Lan.B);
    assertThat(reached).containsExactly("eth0 to " + a.nic.mac(), "vethb to " + b.nic.mac());
  }
}
