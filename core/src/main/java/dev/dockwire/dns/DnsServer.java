package dev.dockwire.dns;

import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.frame.NetworkOrder;
import dev.dockwire.stack.HostStack;
import dev.dockwire.stack.icmp.IcmpError;
import dev.dockwire.stack.socket.UdpSocket;
import dev.dockwire.stack.udp.UdpBinding;
import java.net.BindException;
import java.util.List;
import java.util.Optional;

/**
 * A DNS server on a UDP port: answers from its {@link Zone}, else asks {@link Upstream}.
 *
 * <p>Docker's own listens on a random port of 127.0.0.11, and NAT rules of the container redirect
 * port 53 there; this one has port 53 itself. Each datagram gets one answer at most, and a response
 * none, so that two servers cannot keep each other busy. It does not listen on TCP: an answer that
 * is too long for a datagram is only marked as truncated.
 */
public final class DnsServer implements AutoCloseable {

  public static final int SERVER_PORT = 53;

  private final UdpSocket socket;
  private final Answerer answerer;
  private final Upstream upstream;
  private final boolean deniesTheRest;

  private DnsServer(HostStack stack, Answerer answerer, Upstream upstream, boolean deniesTheRest) {
    this.socket = UdpSocket.open(stack, new Queries());
    this.answerer = answerer;
    this.upstream = upstream;
    this.deniesTheRest = deniesTheRest;
  }

  /** A server that passes on what its zone does not know. */
  public static DnsServer start(HostStack stack, Ipv4Address address, Zone zone, Upstream upstream)
      throws BindException {
    Answerer answerer = new Answerer(zone, stack.random());
    DnsServer server = new DnsServer(stack, answerer, upstream, false);
    server.socket.bind(address.value(), SERVER_PORT);
    return server;
  }

  /** A server in a world where no name exists beside those of its zone. */
  public static DnsServer startAlone(HostStack stack, Ipv4Address address, Zone zone)
      throws BindException {
    Answerer answerer = new Answerer(zone, stack.random());
    DnsServer server = new DnsServer(stack, answerer, new Upstream(stack, List::of), true);
    server.socket.bind(address.value(), SERVER_PORT);
    return server;
  }

  private final class Queries implements UdpBinding.Receiver {

    @Override
    public boolean onDatagram(
        int source,
        int sourcePort,
        int destination,
        byte[] bytes,
        int offset,
        int length,
        long now) {
      if (length < DnsMessage.HEADER_LENGTH || (bytes[offset + 2] & 0x80) != 0) {
        return true;
      }
      Peer peer = new Peer(destination, source, sourcePort);
      DnsMessage.parse(bytes, offset, length)
          .ifPresentOrElse(
              query -> serve(query, peer, now),
              () -> {
                int id = NetworkOrder.short16(bytes, offset);
                int flags = NetworkOrder.short16(bytes, offset + 2);
                send(
                    Answerer.respond(header(id, flags), ResponseCode.FORMERR, List.of()),
                    peer,
                    now);
              });
      return true;
    }

    @Override
    public void onError(IcmpError error, long now) {
      // The asker has gone: its answer was in vain.
    }
  }

  /** All that can be told of a query whose rest makes no sense. */
  private static DnsMessage header(int id, int flags) {
    return new DnsMessage(id, flags, List.of(), List.of(), List.of(), List.of());
  }

  private void serve(DnsMessage query, Peer peer, long now) {
    Optional<DnsMessage> own = answerer.answer(query);
    if (own.isPresent()) {
      send(own.get(), peer, now);
    } else if (deniesTheRest) {
      send(Answerer.respond(query, ResponseCode.NXDOMAIN, List.of()), peer, now);
    } else {
      upstream.ask(query, (answer, then) -> send(fit(query, answer), peer, then), now);
    }
  }

  private static DnsMessage fit(DnsMessage query, Optional<DnsMessage> found) {
    return found
        .map(answer -> Answerer.fit(query, answer))
        .orElseGet(() -> Answerer.respond(query, ResponseCode.SERVFAIL, List.of()));
  }

  /** Sends from the address that was asked. */
  private void send(DnsMessage answer, Peer peer, long now) {
    byte[] bytes = answer.bytes();
    socket.sendFrom(peer.own, peer.address, peer.udpPort, bytes, 0, bytes.length, now);
  }

  /** Who asked, and under which of this host's addresses. */
  private record Peer(int own, int address, int udpPort) {}

  @Override
  public void close() {
    socket.close();
    upstream.close();
  }
}
