package dev.dockwire.dns;

import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.frame.NetworkOrder;
import dev.dockwire.stack.HostStack;
import dev.dockwire.stack.socket.UdpSocket;
import dev.dockwire.stack.udp.UdpBinding;
import java.net.BindException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A DNS server on UDP and TCP port 53: answers from its {@link Zone}, else asks {@link Upstream}.
 *
 * <p>Docker's own listens on a random port of 127.0.0.11, and NAT rules of the container redirect
 * port 53 there; this one has port 53 itself. Each question gets one answer at most, and a response
 * none, so that two servers cannot keep each other busy. Of an answer that is too long for a
 * datagram the asker is only told that it should ask again by {@linkplain TcpQueries TCP}.
 */
public final class DnsServer {

  public static final int SERVER_PORT = 53;

  private final HostStack stack;
  private final UdpSocket socket;
  private final Answerer answerer;
  private final Upstream upstream;
  private final boolean deniesTheRest;
  private TcpQueries byTcp;
  private boolean keepsPlainNames;

  private DnsServer(HostStack stack, Answerer answerer, Upstream upstream, boolean deniesTheRest) {
    this.stack = stack;
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
    server.bind(address);
    return server;
  }

  /** A server in a world where no name exists beside those of its zone. */
  public static DnsServer startAlone(HostStack stack, Ipv4Address address, Zone zone)
      throws BindException {
    Answerer answerer = new Answerer(zone, stack.random());
    DnsServer server = new DnsServer(stack, answerer, new Upstream(stack, List::of), true);
    server.bind(address);
    return server;
  }

  private void bind(Ipv4Address address) throws BindException {
    socket.bind(address.value(), SERVER_PORT);
    try {
      byTcp = TcpQueries.listen(stack, address.value(), SERVER_PORT, this::receive);
    } catch (BindException taken) {
      socket.close();
      throw taken;
    }
  }

  /** Has the server answer questions for the address of a name without dots by itself. */
  public void keepPlainNames() {
    keepsPlainNames = true;
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
      if (length >= DnsMessage.HEADER_LENGTH) {
        Peer peer =
            new Peer(destination, source, sourcePort, Answerer.maxSize(bytes, offset, length));
        receive(
            Arrays.copyOfRange(bytes, offset, offset + length),
            (answer, then) -> send(answer, peer, then),
            now);
      }
      return true;
    }
  }

  /** Takes a message of at least a header. */
  private void receive(byte[] message, TcpQueries.Reply reply, long now) {
    int flags = NetworkOrder.short16(message, 2);
    if ((flags & DnsMessage.RESPONSE) != 0) {
      return;
    }
    DnsMessage.parse(message, 0, message.length)
        .ifPresentOrElse(
            query -> serve(query, reply, now),
            () -> {
              DnsMessage header = header(NetworkOrder.short16(message, 0), flags);
              reply.send(Answerer.respond(header, ResponseCode.FORMERR, List.of()), now);
            });
  }

  /** All that can be told of a query whose rest makes no sense. */
  private static DnsMessage header(int id, int flags) {
    return new DnsMessage(id, flags, List.of(), List.of(), List.of(), List.of());
  }

  private void serve(DnsMessage query, TcpQueries.Reply reply, long now) {
    Optional<DnsMessage> own = answerer.answer(query);
    if (own.isPresent()) {
      reply.send(own.get(), now);
    } else if (deniesTheRest) {
      reply.send(Answerer.respond(query, ResponseCode.NXDOMAIN, List.of()), now);
    } else if (keepsPlainNames && query.questions().getFirst().isAddressOfPlainName()) {
      reply.send(Answerer.respond(query, ResponseCode.NOERROR, List.of()), now);
    } else {
      upstream.ask(
          query,
          (found, then) ->
              reply.send(
                  found.orElseGet(() -> Answerer.respond(query, ResponseCode.SERVFAIL, List.of())),
                  then),
          now);
    }
  }

  /** Sends from the address that was asked, what one datagram can take. */
  private void send(DnsMessage answer, Peer peer, long now) {
    byte[] bytes = Answerer.fit(peer.maxSize, answer).bytes();
    socket.sendFrom(peer.own, peer.address, peer.udpPort, bytes, 0, bytes.length, now);
  }

  /** Who asked, under which of this host's addresses, and how much it takes in one datagram. */
  private record Peer(int own, int address, int udpPort, int maxSize) {}

  /** Serves no more; questions that are not answered yet will not be. */
  public void close(long now) {
    socket.close();
    byTcp.close(now);
    upstream.close(now);
  }
}
