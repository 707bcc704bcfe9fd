package dev.dockwire.stack.tcp;

import dev.dockwire.frame.DropReason;
import dev.dockwire.frame.Ipv4View;
import dev.dockwire.frame.TcpView;
import dev.dockwire.stack.HostStack;
import dev.dockwire.stack.ip.InboundPacket;
import java.util.LinkedHashMap;
import java.util.Map;

/** The SYNs that wait for the gate's answer, 1,024 at most; what is too many is dropped. */
final class HeldSyns {

  private static final int MAX_HELD = 1_024;
  private static final int CONTROL = TcpView.RST | TcpView.ACK | TcpView.SYN | TcpView.FIN;

  private record Ends(int localAddress, int localPort, int remoteAddress, int remotePort) {}

  private final HostStack stack;
  private final Map<Ends, HeldSyn> held = new LinkedHashMap<>();

  HeldSyns(HostStack stack) {
    this.stack = stack;
  }

  /**
   * Takes a segment that is for nobody.
   *
   * @param isn what this end begins with if the segment opens a connection
   * @return false if it is to be refused
   */
  boolean receive(InboundPacket packet, TcpView segment, int isn, long now) {
    if ((segment.flags() & CONTROL) != TcpView.SYN) {
      return false;
    }
    Ipv4View header = packet.header();
    Ends ends =
        new Ends(
            header.destination(), segment.destinationPort(), header.source(), segment.sourcePort());
    HeldSyn waiting = held.get(ends);
    if (waiting != null) {
      waiting.renew(packet);
      return true;
    }
    if (held.size() >= MAX_HELD || !stack.tcp().hasRoom()) {
      stack.drop(DropReason.TCP_LISTEN_OVERFLOW);
      return true;
    }
    HeldSyn syn = new HeldSyn(stack, this, packet, isn);
    held.put(ends, syn);
    boolean taken = stack.gate().onSyn(syn, now);
    if (!taken) {
      held.remove(ends);
    }
    return taken;
  }

  /** Whether it was there. */
  boolean remove(HeldSyn syn) {
    Ends ends =
        new Ends(syn.localAddress(), syn.localPort(), syn.remoteAddress(), syn.remotePort());
    return held.remove(ends, syn);
  }

  int size() {
    return held.size();
  }
}
