package dev.dockwire.stack.tcp;

import dev.dockwire.frame.DropReason;
import dev.dockwire.frame.Ipv4View;
import dev.dockwire.frame.TcpView;
import dev.dockwire.stack.HostStack;
import dev.dockwire.stack.ip.InboundPacket;

/**
 * What a listening port makes of segments that belong to no connection (RFC 9293, section
 * 3.10.7.2): a SYN begins one. When as many handshakes are under way as the port's backlog allows,
 * further SYNs are answered with {@link SynCookies} and forgotten; the acknowledgment that brings a
 * cookie back makes the connection. When connections wait that nobody accepts, SYNs are dropped.
 *
 * <p>Limit, as in Linux: a client is reset whose first acknowledgment was lost and which then sends
 * another without data, because it has data under way that was lost too.
 */
final class PassiveOpen {

  private static final int MAX_UNSCALED_WINDOW = 65_535;

  private final HostStack stack;
  private final TcpLayer layer;
  private final TcpOptions options;
  private SynCookies cookies;

  PassiveOpen(HostStack stack, TcpLayer layer, TcpOptions options) {
    this.stack = stack;
    this.layer = layer;
    this.options = options;
  }

  void receive(ListenQueue queue, InboundPacket packet, TcpView segment, long now) {
    int control = segment.flags() & (TcpView.RST | TcpView.ACK | TcpView.SYN | TcpView.FIN);
    if (control == TcpView.SYN) {
      receiveSyn(queue, packet, segment, now);
    } else if ((control & (TcpView.RST | TcpView.ACK)) != TcpView.ACK) {
      stack.drop(DropReason.TCP_NO_CONN);
    } else if ((control & TcpView.SYN) != 0 || cookies == null || !cookies.isAnyOut(now)) {
      stack.drop(DropReason.TCP_NO_CONN);
      layer.output().refuse(packet, segment, now);
    } else {
      receiveCookie(queue, packet, segment, now);
    }
  }

  private void receiveSyn(ListenQueue queue, InboundPacket packet, TcpView syn, long now) {
    if (queue.isFull() || !layer.hasRoom()) {
      stack.drop(DropReason.TCP_LISTEN_OVERFLOW);
      return;
    }
    options.parse(packet.bytes(), syn);
    if (queue.mayStart()) {
      Ipv4View header = packet.header();
      int isn =
          layer
              .isns()
              .next(
                  header.destination(),
                  syn.destinationPort(),
                  header.source(),
                  syn.sourcePort(),
                  now);
      begin(queue, packet, syn, isn, now);
    } else {
      stack.note(DropReason.TCP_COOKIE_SENT);
      sendCookie(queue, packet, syn, now);
    }
  }

  /** Takes a SYN, its options parsed, between the ends of a connection that is in TIME-WAIT. */
  void reopen(ListenQueue queue, InboundPacket packet, TcpView syn, int isn, long now) {
    if (queue.isFull() || !layer.hasRoom()) {
      stack.drop(DropReason.TCP_LISTEN_OVERFLOW);
    } else {
      begin(queue, packet, syn, isn, now);
    }
  }

  private void begin(ListenQueue queue, InboundPacket packet, TcpView syn, int isn, long now) {
    TcpConnection child = layer.add(packet, syn, queue.options());
    queue.started();
    child.accept(queue, syn, options, isn, now);
  }

  /** Answers a SYN with what is needed to make the connection later, and keeps nothing. */
  private void sendCookie(ListenQueue queue, InboundPacket packet, TcpView syn, long now) {
    Ipv4View header = packet.header();
    int local = header.destination();
    int remote = header.source();
    int localPort = syn.destinationPort();
    int remotePort = syn.sourcePort();
    if (cookies == null) {
      cookies = new SynCookies(stack.random());
    }
    int mss = options.mss();
    int isn = cookies.isn(local, localPort, remote, remotePort, syn.sequenceNumber(), mss, now);
    int offset = layer.isns().timestampOffset(local, localPort, remote, remotePort);
    int stamp =
        SynCookies.stamp(
            new Timestamps(offset).value(now), options.windowScale(), options.isSackPermitted());
    if (!options.hasTimestamp()) {
      options.restore(mss, TcpOptions.NO_SCALE, false);
    }
    int largest = layer.largestReceiveBuffer(queue.options());
    NegotiatedOptions answer = new NegotiatedOptions(Timestamps.reading(stamp, now), largest);
    answer.start(layer.output().mssTo(remote, now), queue.options().maxSegment);
    answer.learn(options, now);
    int window = Math.min(layer.receiveBuffer(queue.options()), MAX_UNSCALED_WINDOW);
    layer.output().answer(packet, syn, isn, answer, window, now);
  }

  private void receiveCookie(ListenQueue queue, InboundPacket packet, TcpView segment, long now) {
    Ipv4View header = packet.header();
    int cookie = segment.acknowledgmentNumber() - 1;
    int mss =
        cookies.mss(
            header.destination(),
            segment.destinationPort(),
            header.source(),
            segment.sourcePort(),
            segment.sequenceNumber() - 1,
            cookie,
            now);
    if (mss == SynCookies.NOT_A_COOKIE) {
      stack.drop(DropReason.TCP_COOKIE_BAD);
      if (SegmentCheck.lengthOf(segment) == 0) {
        layer.output().refuse(packet, segment, now);
      }
      // Data may be the second segment of a stream whose first was lost and comes again with the
      // right number: a reset would end what a cookie is to save.
    } else if (queue.isFull() || !layer.hasRoom()) {
      // The peer believes it is connected: its data will bring the cookie again.
      stack.drop(DropReason.TCP_LISTEN_OVERFLOW);
    } else {
      options.parse(packet.bytes(), segment);
      restoreOptions(mss);
      TcpConnection child = layer.add(packet, segment, queue.options());
      queue.started();
      child.resume(queue, segment, options, cookie, now);
      options.parse(packet.bytes(), segment);
      child.receive(packet.bytes(), segment, options, now);
    }
  }

  private void restoreOptions(int mss) {
    if (options.hasTimestamp()) {
      int echo = options.echo();
      options.restore(mss, SynCookies.windowScale(echo), SynCookies.isSackPermitted(echo));
    } else {
      options.restore(mss, TcpOptions.NO_SCALE, false);
    }
  }
}
