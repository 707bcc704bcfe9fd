package dev.dockwire.program.probe;

import dev.dockwire.frame.IcmpView;
import dev.dockwire.frame.Ipv4View;
import dev.dockwire.host.Errno;
import dev.dockwire.host.Process;
import dev.dockwire.stack.SendResult;
import dev.dockwire.stack.StackInterface;
import dev.dockwire.stack.socket.PingSocket;
import java.util.Optional;

/** Probes that are ICMP echo requests. */
final class EchoProber extends Prober implements PingSocket.Handler {

  private static final int MTU_MASK = 0xffff;

  private final Process self;
  private final PingSocket socket;
  private int destination;

  private EchoProber(Process self, PingSocket socket) {
    super(self);
    this.self = self;
    this.socket = socket;
    socket.handler(this);
    self.onEnd(socket::close);
  }

  static EchoProber open(Process self) {
    Optional<PingSocket> socket = PingSocket.open(self.host().stack());
    if (socket.isEmpty()) {
      self.printError("traceroute: socket(3): " + Errno.ENOBUFS.text() + "\n");
      self.exit(1);
    }
    return new EchoProber(self, socket.orElseThrow());
  }

  @Override
  boolean bind(int source) {
    for (StackInterface each : self.host().stack().interfaces()) {
      if (each.hasAddress(source)) {
        socket.bind(each);
        return true;
      }
    }
    return false;
  }

  @Override
  SendResult send(int to, int ttl, int sequence, int length, long now) {
    destination = to;
    byte[] payload = new byte[length - Ipv4View.HEADER_LENGTH - IcmpView.HEADER_LENGTH];
    return socket.sendEcho(to, sequence & 0xffff, ttl, payload, payload.length, now);
  }

  @Override
  public void onMessage(int source, int ttl, IcmpView message, long now) {
    if (message.type() == IcmpView.ECHO_REPLY && source == destination) {
      answer(message.sequence(), source, ttl, message, now);
    }
  }

  @Override
  public void onError(
      int source, int ttl, IcmpView error, int quotedDestination, int sequence, long now) {
    if (quotedDestination == destination) {
      answer(sequence, source, ttl, error, now);
    }
  }

  private void answer(int sequence, int source, int ttl, IcmpView message, long now) {
    int receiver = self.host().stack().ip().output().sourceTo(destination);
    int length = IcmpView.HEADER_LENGTH + message.payloadLength();
    answered(
        sequence,
        new ProbeAnswer(
            source,
            receiver,
            message.type(),
            message.code(),
            ttl,
            length,
            message.restOfHeader() & MTU_MASK,
            now));
  }
}
