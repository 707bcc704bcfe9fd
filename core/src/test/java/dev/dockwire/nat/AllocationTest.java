package dev.dockwire.nat;

import static dev.dockwire.nat.Router.A;
import static dev.dockwire.nat.Router.HOST;
import static dev.dockwire.nat.Router.SERVER;
import static dev.dockwire.nat.Router.tcp;
import static dev.dockwire.nat.Router.udp;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.dockwire.frame.Ipv4View;
import dev.dockwire.frame.TcpView;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** Packets of flows that are known allocate nothing: the flow was all that had to be made. */
class AllocationTest {

  private static final int PACKETS = 20_000;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final Router router = new Router();
  private final Ipv4View header = new Ipv4View();

  @Test
  void packetsOfKnownFlowsAllocateNothing() {
    router.fromBridge(tcp(A, 4000, SERVER, 80, TcpView.SYN, 100, 0));
    router.fromOutside(tcp(SERVER, 80, HOST, 4000, TcpView.SYN | TcpView.ACK, 500, 101));
    byte[] segment = tcp(A, 4000, SERVER, 80, TcpView.ACK, 101, 501, 1_000, 500);
    byte[] datagram = udp(A, 5000, SERVER, 53);
    router.fromBridge(segment);
    router.fromBridge(datagram);
    router.fromOutside(udp(SERVER, 53, HOST, 5000));
    long least = Long.MAX_VALUE;
    for (int attempt = 0; attempt < 5; attempt++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < PACKETS; i++) {
        track(segment);
        track(datagram);
      }
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }
    assertThat(least).isZero();
  }

  private void track(byte[] packet) {
    header.wrap(packet, 0, packet.length);
    Conntrack conntrack = router.netfilter.conntrack();
    if (conntrack.track(header, packet, false, router.wire.now()) != Conntrack.State.ESTABLISHED) {
      throw new AssertionError("not the flow's");
    }
    Rewriter.rewrite(packet, 0, conntrack.side());
    Rewriter.rewrite(
        packet,
        0,
        packet.length,
        conntrack.side().source,
        conntrack.side().destination,
        conntrack.side().sourcePort(),
        conntrack.side().destinationPort());
  }
}
