package dev.dockwire.stack.icmp;

import static dev.dockwire.frame.NetworkOrder.int32;
import static dev.dockwire.frame.NetworkOrder.short16;

import dev.dockwire.frame.DropReason;
import dev.dockwire.frame.IcmpView;
import dev.dockwire.frame.InternetChecksum;
import dev.dockwire.frame.Ipv4View;
import dev.dockwire.stack.HostStack;
import dev.dockwire.stack.SendResult;
import dev.dockwire.stack.ip.DontFragment;
import dev.dockwire.stack.ip.InboundPacket;
import dev.dockwire.stack.ip.Ipv4Layer;
import dev.dockwire.stack.ip.Ipv4Options;
import dev.dockwire.stack.ip.Ipv4Output;

/**
 * Takes ICMP messages: answers echo and timestamp requests, and hands replies to {@link
 * EchoListeners} and errors to the {@link ErrorReceiver} whose packet they quote. Redirects are
 * never obeyed, source quench is ignored (RFC 6633), nothing that was sent to everybody is
 * answered.
 */
public final class IcmpLayer {

  private static final int TIMESTAMP_LENGTH = 20;
  private static final int ORIGINATE_TIME = 8;
  private static final int RECEIVE_TIME = 12;
  private static final int TRANSMIT_TIME = 16;
  private static final int CHECKSUM = 2;

  private final HostStack stack;
  private final ErrorSender errors;
  private final EchoListeners listeners;
  private final IcmpView message = new IcmpView();
  private final IcmpError error = new IcmpError();

  public IcmpLayer(HostStack stack) {
    this.stack = stack;
    this.errors = new ErrorSender(stack);
    this.listeners = new EchoListeners(stack.random());
  }

  /** Takes a whole packet for this host. */
  public void receive(InboundPacket packet, long now) {
    Ipv4View header = packet.header();
    if (!message.wrap(packet.bytes(), header.payloadOffset(), header.payloadLength())) {
      stack.drop(message.problem());
      return;
    }
    switch (message.type()) {
      case IcmpView.ECHO_REQUEST -> {
        if (packet.isToGroup()) {
          stack.drop(DropReason.ICMP_BROADCAST);
        } else {
          answerEcho(packet, now);
        }
      }
      case IcmpView.TIMESTAMP -> {
        if (packet.isToGroup()) {
          stack.drop(DropReason.ICMP_BROADCAST);
        } else if (header.payloadLength() < TIMESTAMP_LENGTH) {
          stack.drop(DropReason.ICMP_BAD_LEN);
        } else {
          answerTimestamp(packet, now);
        }
      }
      case IcmpView.ECHO_REPLY -> receiveReply(header, now);
      case IcmpView.DESTINATION_UNREACHABLE, IcmpView.TIME_EXCEEDED, IcmpView.PARAMETER_PROBLEM ->
          receiveError(packet, now);
      case IcmpView.REDIRECT -> stack.drop(DropReason.ICMP_REDIRECT_IGNORED);
      default -> stack.drop(DropReason.ICMP_BAD_TYPE);
    }
  }

  /** The message goes back as it came, but for its type. */
  private void answerEcho(InboundPacket packet, long now) {
    Ipv4View request = packet.header();
    int length = request.payloadLength();
    Ipv4Output output = stack.ip().output();
    Ipv4Options options = stack.ip().options();
    boolean withOptions = request.hasOptions() && options.check(packet.bytes(), request);
    SendResult result =
        output.open(
            request.source(),
            request.destination(),
            null,
            withOptions ? options.echoLength() : 0,
            length,
            DontFragment.NEVER,
            now);
    if (result == SendResult.SENT) {
      byte[] bytes = output.bytes();
      int offset = output.payloadOffset();
      if (withOptions) {
        int own = request.destination();
        options.emitEcho(packet.bytes(), request, bytes, output.optionsOffset(), own, now);
      }
      System.arraycopy(packet.bytes(), request.payloadOffset(), bytes, offset, length);
      turnIntoReply(bytes, offset, length);
      result = reply(output, request, now);
    }
    countUnsent(result);
  }

  private static void turnIntoReply(byte[] bytes, int offset, int length) {
    int typeAndCode = short16(bytes, offset);
    int replyAndCode = IcmpView.ECHO_REPLY << 8 | typeAndCode & 0xff;
    int checksum =
        InternetChecksum.update16(short16(bytes, offset + CHECKSUM), typeAndCode, replyAndCode);
    short16(bytes, offset, replyAndCode);
    short16(bytes, offset + CHECKSUM, checksum);
    if (checksum == 0) {
      // Where all words are zero the update is not what recomputation gives (RFC 1624, section 3).
      short16(bytes, offset + CHECKSUM, InternetChecksum.compute(bytes, offset, length));
    }
  }

  private void answerTimestamp(InboundPacket packet, long now) {
    Ipv4View request = packet.header();
    Ipv4Output output = stack.ip().output();
    SendResult result =
        output.open(
            request.source(),
            request.destination(),
            null,
            TIMESTAMP_LENGTH,
            DontFragment.NEVER,
            now);
    if (result == SendResult.SENT) {
      byte[] bytes = output.bytes();
      int offset = output.payloadOffset();
      int originate = int32(packet.bytes(), request.payloadOffset() + ORIGINATE_TIME);
      int32(bytes, offset + ORIGINATE_TIME, originate);
      int32(bytes, offset + RECEIVE_TIME, Ipv4Options.time(now));
      int32(bytes, offset + TRANSMIT_TIME, Ipv4Options.time(now));
      int rest = message.restOfHeader();
      IcmpView.emitHeader(bytes, offset, TIMESTAMP_LENGTH, IcmpView.TIMESTAMP_REPLY, 0, rest);
      result = reply(output, request, now);
    }
    countUnsent(result);
  }

  private static SendResult reply(Ipv4Output output, Ipv4View request, long now) {
    return output.send(Ipv4View.PROTOCOL_ICMP, Ipv4Layer.DEFAULT_TTL, request.typeOfService(), now);
  }

  private void receiveReply(Ipv4View header, long now) {
    EchoListener listener = listeners.find(message.identifier());
    if (listener == EchoListeners.NOBODY) {
      stack.drop(DropReason.ICMP_NO_SOCKET);
    } else {
      listener.onMessage(header.source(), header.timeToLive(), message, now);
    }
  }

  /** An error goes to whoever sent the packet that it quotes. */
  private void receiveError(InboundPacket packet, long now) {
    Ipv4View header = packet.header();
    boolean heard =
        error.wrap(packet.bytes(), message, header.source(), header.timeToLive())
            && stack.answersFor(error.source())
            && switch (error.protocol()) {
              case Ipv4View.PROTOCOL_ICMP -> receiveEchoError(packet, now);
              case Ipv4View.PROTOCOL_UDP -> stack.udp().onError(error, now);
              case Ipv4View.PROTOCOL_TCP -> stack.tcp().onError(error, now);
              default -> false;
            };
    if (!heard) {
      stack.drop(DropReason.ICMP_QUOTE_MISMATCH);
    }
  }

  private boolean receiveEchoError(InboundPacket packet, long now) {
    EchoListener listener =
        error.sourcePort() >>> 8 == IcmpView.ECHO_REQUEST
            ? listeners.find(error.secondWord() >>> 16)
            : EchoListeners.NOBODY;
    if (listener == EchoListeners.NOBODY) {
      return false;
    }
    if (error.isTooBig()) {
      stack.ip().pathMtus().narrow(error, now);
    }
    Ipv4View header = packet.header();
    int sequence = error.secondWord() & 0xffff;
    listener.onError(
        header.source(), header.timeToLive(), message, error.destination(), sequence, now);
    return true;
  }

  /** Counts an answer that could not be sent; a full queue is in the NIC's account. */
  void countUnsent(SendResult result) {
    switch (result) {
      case NETWORK_UNREACHABLE -> stack.lose(DropReason.IP_NO_ROUTE);
      case HOST_UNREACHABLE -> stack.lose(DropReason.ARP_UNRESOLVED);
      case MESSAGE_TOO_LONG -> stack.lose(DropReason.IP_TOO_BIG);
      case SENT, NO_BUFFER, PERMISSION_DENIED -> {
        // Nothing of it was lost here.
      }
    }
  }

  /** How errors are sent. */
  public ErrorSender errors() {
    return errors;
  }

  /** Who waits for replies. */
  public EchoListeners listeners() {
    return listeners;
  }
}
