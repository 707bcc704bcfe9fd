package dev.dockwire.program.probe;

import dev.dockwire.frame.Ipv4View;
import dev.dockwire.frame.UdpView;
import dev.dockwire.host.Process;
import dev.dockwire.stack.SendResult;
import dev.dockwire.stack.icmp.IcmpError;
import dev.dockwire.stack.socket.UdpSocket;
import dev.dockwire.stack.udp.UdpBinding;
import java.net.BindException;

/** Probes that are UDP datagrams, each to the next port, by which their errors are told apart. */
final class UdpProber extends Prober implements UdpBinding.Receiver {

  private final int basePort;
  private final UdpSocket socket;
  private int destination;

  UdpProber(Process self, int basePort) {
    super(self);
    this.basePort = basePort;
    this.socket = UdpSocket.open(self.host().stack(), this);
    self.onEnd(socket::close);
  }

  @Override
  boolean bind(int source) {
    try {
      socket.bind(source, 0);
      return true;
    } catch (BindException refused) {
      return false;
    }
  }

  @Override
  SendResult send(int to, int ttl, int sequence, int length, long now) {
    destination = to;
    socket.timeToLive(ttl);
    byte[] payload = new byte[length - Ipv4View.HEADER_LENGTH - UdpView.HEADER_LENGTH];
    return socket.sendTo(to, port(sequence), payload, 0, payload.length, now);
  }

  private int port(int sequence) {
    return basePort + sequence & 0xffff;
  }

  /** Somebody listens there after all; that tells nothing of the way. */
  @Override
  public boolean onDatagram(
      int source, int sourcePort, int to, byte[] bytes, int offset, int length, long now) {
    return true;
  }

  @Override
  public void onError(IcmpError error, long now) {
    if (error.destination() == destination) {
      answered(
          error.destinationPort() - basePort & 0xffff,
          new ProbeAnswer(
              error.reporter(),
              error.source(),
              error.type(),
              error.code(),
              error.timeToLive(),
              error.length(),
              error.nextHopMtu(),
              now));
    }
  }
}
