package dev.dockwire.stack.tcp;

import dev.dockwire.frame.DropReason;
import dev.dockwire.frame.Ipv4View;
import dev.dockwire.frame.TcpView;
import dev.dockwire.stack.HostStack;
import dev.dockwire.stack.ip.InboundPacket;

/** TCP without connections: a segment is checked and counted; it is not answered by a reset yet. */
public final class TcpLayer {

  private final HostStack stack;
  private final TcpView segment = new TcpView();

  public TcpLayer(HostStack stack) {
    this.stack = stack;
  }

  /** Takes a whole packet for this host. */
  public void receive(InboundPacket packet, long now) {
    Ipv4View header = packet.header();
    boolean valid =
        segment.wrap(
            packet.bytes(),
            header.payloadOffset(),
            header.payloadLength(),
            header.source(),
            header.destination());
    stack.drop(valid ? DropReason.TCP_NO_CONN : segment.problem());
  }
}
