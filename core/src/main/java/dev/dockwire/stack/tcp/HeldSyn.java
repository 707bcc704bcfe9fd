package dev.dockwire.stack.tcp;

import dev.dockwire.frame.IcmpView;
import dev.dockwire.frame.TcpView;
import dev.dockwire.stack.HostStack;
import dev.dockwire.stack.ip.InboundPacket;

/**
 * A SYN that waits for its answer while {@code stack.Gate} finds out what the answer is. It is
 * answered once, by one of {@code accept}, {@code refuse}, {@code unreachable} and {@code forget};
 * when the client sends it again meanwhile, the answer will be to the last.
 */
public final class HeldSyn {

  private final HostStack stack;
  private final HeldSyns held;
  private final TcpView segment = new TcpView();
  private final int isn;
  private InboundPacket packet;

  HeldSyn(HostStack stack, HeldSyns held, InboundPacket packet, int isn) {
    this.stack = stack;
    this.held = held;
    this.isn = isn;
    renew(packet);
  }

  void renew(InboundPacket latest) {
    packet = latest.copy();
    int offset = packet.header().payloadOffset();
    int length = packet.header().payloadLength();
    if (!segment.wrap(packet.bytes(), offset, length, remoteAddress(), localAddress())) {
      throw new IllegalStateException("a checked segment is not valid: " + segment.problem());
    }
  }

  /** Where the client wants to go; not necessarily an address of this host's. */
  public int localAddress() {
    return packet.header().destination();
  }

  public int localPort() {
    return segment.destinationPort();
  }

  public int remoteAddress() {
    return packet.header().source();
  }

  public int remotePort() {
    return segment.sourcePort();
  }

  /** Answers the SYN: the owner hears of what becomes of the connection. */
  public TcpConnection accept(TcpOwner owner, long now) {
    answered();
    return stack.tcp().accept(packet, segment, isn, owner, now);
  }

  /** Answers by a reset. */
  public void refuse(long now) {
    answered();
    stack.tcp().output().refuse(packet, segment, now);
  }

  /**
   * Answers that the destination cannot be reached.
   *
   * @param code of the ICMP message, from {@code icmp.ErrorSender}
   */
  public void unreachable(int code, long now) {
    answered();
    stack.icmp().errors().send(packet, IcmpView.DESTINATION_UNREACHABLE, code, 0, now);
  }

  /** Answers nothing: the client will try again. */
  public void forget() {
    answered();
  }

  private void answered() {
    if (!held.remove(this)) {
      throw new IllegalStateException("answered twice");
    }
  }
}
