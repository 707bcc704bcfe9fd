package dev.dockwire.stack.tcp;

import dev.dockwire.frame.Ipv4View;
import dev.dockwire.frame.TcpView;
import dev.dockwire.stack.HostStack;
import dev.dockwire.stack.SendResult;
import dev.dockwire.stack.ip.DontFragment;
import dev.dockwire.stack.ip.InboundPacket;
import dev.dockwire.stack.ip.Ipv4Layer;
import dev.dockwire.stack.ip.Ipv4Output;

/** Writes segments straight into frames, and the resets that belong to no connection. */
final class TcpOutput {

  private final HostStack stack;

  TcpOutput(HostStack stack) {
    this.stack = stack;
  }

  /** Sends octets of a connection's send buffer, or none, with its numbers. */
  SendResult send(TcpConnection from, int sequence, int flags, int at, int length, long now) {
    if (!stack.answersFor(from.localAddress)) {
      // The address was taken from this host; it may come back.
      return SendResult.NETWORK_UNREACHABLE;
    }
    Ipv4Output output = stack.ip().output();
    boolean fresh = length > 0 && sequence == from.sender().sndNxt();
    boolean syn = (flags & TcpView.SYN) != 0;
    NegotiatedOptions options = from.options();
    int optionsLength = syn ? options.synLength() : options.length(from.receiver().sacks());
    int header = TcpView.HEADER_LENGTH + optionsLength;
    int room = header + length;
    SendResult opened =
        output.open(
            from.remoteAddress, from.localAddress, null, room, DontFragment.WHEN_IT_FITS, now);
    if (opened != SendResult.SENT) {
      return opened;
    }
    byte[] bytes = output.bytes();
    int start = output.payloadOffset();
    int optionsAt = start + TcpView.HEADER_LENGTH;
    if (syn) {
      options.emitSyn(bytes, optionsAt, now);
    } else {
      options.emit(bytes, optionsAt, optionsLength, from.receiver(), now);
    }
    if (length > 0) {
      from.sender().buffer().copy(at, bytes, start + header, length);
    }
    boolean ack = (flags & TcpView.ACK) != 0;
    TcpView.emitHeader(
        bytes,
        start,
        room,
        from.localAddress,
        from.remoteAddress,
        from.localPort,
        from.remotePort,
        sequence,
        ack ? from.receiver().rcvNxt() : 0,
        header,
        flags | from.ecn().flags(fresh),
        from.advertise(syn),
        0);
    return output.send(
        Ipv4View.PROTOCOL_TCP, Ipv4Layer.DEFAULT_TTL, from.ecn().typeOfService(fresh), now);
  }

  /** Answers a SYN for no connection. */
  void answer(
      InboundPacket packet, TcpView syn, int isn, NegotiatedOptions options, int window, long now) {
    Ipv4Output output = stack.ip().output();
    int local = packet.header().destination();
    int remote = packet.header().source();
    int header = TcpView.HEADER_LENGTH + options.synLength();
    if (output.open(remote, local, null, header, DontFragment.WHEN_IT_FITS, now)
        != SendResult.SENT) {
      return;
    }
    int start = output.payloadOffset();
    options.emitSyn(output.bytes(), start + TcpView.HEADER_LENGTH, now);
    TcpView.emitHeader(
        output.bytes(),
        start,
        header,
        local,
        remote,
        syn.destinationPort(),
        syn.sourcePort(),
        isn,
        syn.sequenceNumber() + 1,
        header,
        TcpView.SYN | TcpView.ACK,
        window,
        0);
    output.send(Ipv4View.PROTOCOL_TCP, Ipv4Layer.DEFAULT_TTL, 0, now);
  }

  /** Answers a segment that belongs nowhere (RFC 9293, section 3.10.7.1). */
  void refuse(InboundPacket packet, TcpView segment, long now) {
    if (segment.isRst()) {
      return;
    }
    Ipv4View header = packet.header();
    int octets = segment.payloadLength() + (segment.isSyn() ? 1 : 0) + (segment.isFin() ? 1 : 0);
    boolean ack = segment.isAck();
    reset(
        header.destination(),
        segment.destinationPort(),
        header.source(),
        segment.sourcePort(),
        ack ? segment.acknowledgmentNumber() : 0,
        ack ? TcpView.RST : TcpView.RST | TcpView.ACK,
        ack ? 0 : segment.sequenceNumber() + octets,
        now);
  }

  void reset(
      int localAddress,
      int localPort,
      int remoteAddress,
      int remotePort,
      int sequence,
      int flags,
      int acknowledgment,
      long now) {
    Ipv4Output output = stack.ip().output();
    int length = TcpView.HEADER_LENGTH;
    if (output.open(remoteAddress, localAddress, null, length, DontFragment.WHEN_IT_FITS, now)
        != SendResult.SENT) {
      return;
    }
    TcpView.emitHeader(
        output.bytes(),
        output.payloadOffset(),
        length,
        localAddress,
        remoteAddress,
        localPort,
        remotePort,
        sequence,
        acknowledgment,
        length,
        flags,
        0,
        0);
    output.send(Ipv4View.PROTOCOL_TCP, Ipv4Layer.DEFAULT_TTL, 0, now);
  }

  /** Acknowledges, once more, all of a connection that has ended. */
  void acknowledge(TimeWait from, long now) {
    Ipv4Output output = stack.ip().output();
    int header =
        TcpView.HEADER_LENGTH + (from.timestamps.isOn() ? TcpOptions.ALIGNED_TIMESTAMPS_LENGTH : 0);
    if (output.open(
            from.remoteAddress, from.localAddress, null, header, DontFragment.WHEN_IT_FITS, now)
        != SendResult.SENT) {
      return;
    }
    int start = output.payloadOffset();
    if (from.timestamps.isOn()) {
      from.timestamps.emitAligned(output.bytes(), start + TcpView.HEADER_LENGTH, now);
    }
    TcpView.emitHeader(
        output.bytes(),
        start,
        header,
        from.localAddress,
        from.remoteAddress,
        from.localPort,
        from.remotePort,
        from.sndNxt,
        from.rcvNxt,
        header,
        TcpView.ACK,
        from.window,
        0);
    output.send(Ipv4View.PROTOCOL_TCP, Ipv4Layer.DEFAULT_TTL, 0, now);
  }

  /** The largest segment that fits a packet on the way there, without options. */
  int mssTo(int address, long now) {
    return stack.ip().output().mtuTo(address, now) - Ipv4View.HEADER_LENGTH - TcpView.HEADER_LENGTH;
  }
}
