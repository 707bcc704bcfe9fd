package dev.dockwire.dns;

import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.stack.HostStack;
import dev.dockwire.stack.SendResult;
import dev.dockwire.stack.icmp.IcmpError;
import dev.dockwire.stack.socket.UdpSocket;
import dev.dockwire.stack.udp.UdpBinding;
import dev.dockwire.time.Timer;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * Passes questions on to other servers, from a host's stack: to the first, and to the next after 4
 * seconds, an ICMP error, SERVFAIL or REFUSED; to three at most. Each question has a socket, and so
 * a port and an id, of its own. An answer that was too long for a datagram is asked for again by
 * TCP. At most 1,024 questions are on their way at once.
 */
public final class Upstream {

  private static final int MAX_SERVERS = 3;
  private static final int MAX_PENDING = 1_024;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(4);

  private final HostStack stack;
  private final Supplier<List<Ipv4Address>> servers;
  private final Set<Pending> pending = new LinkedHashSet<>();

  /**
   * @param servers whom a question that comes now may be passed on to, none included
   */
  public Upstream(HostStack stack, Supplier<List<Ipv4Address>> servers) {
    this.stack = stack;
    this.servers = servers;
  }

  /**
   * Asks, and tells {@code done} the answer with the query's own id, or nothing if there is none:
   * at once if nobody can be asked.
   */
  void ask(DnsMessage query, BiConsumer<Optional<DnsMessage>, Long> done, long now) {
    if (pending.size() >= MAX_PENDING) {
      done.accept(Optional.empty(), now);
      return;
    }
    Pending question = new Pending(query, done);
    pending.add(question);
    question.askNext(now);
  }

  /** Forgets all questions; nobody is told. */
  void close(long now) {
    pending.forEach(question -> question.release(now));
    pending.clear();
  }

  /** One question on its way. */
  private final class Pending implements UdpBinding.Receiver {

    private final DnsMessage query;
    private final BiConsumer<Optional<DnsMessage>, Long> done;
    private final Timer patience;
    private final List<Ipv4Address> servers;
    private UdpSocket socket;
    private TcpExchange byTcp;
    private int asked;
    private int id;

    Pending(DnsMessage query, BiConsumer<Optional<DnsMessage>, Long> done) {
      this.query = query;
      this.done = done;
      this.servers = Upstream.this.servers.get().stream().limit(MAX_SERVERS).toList();
      this.patience = stack.timers().timer(this::askNext);
    }

    void askNext(long now) {
      release(now);
      while (asked < servers.size()) {
        if (send(servers.get(asked++), now)) {
          patience.arm(now + PATIENCE_NANOS);
          return;
        }
        release(now);
      }
      finish(Optional.empty(), now);
    }

    private boolean send(Ipv4Address server, long now) {
      id = stack.random().nextInt(1 << 16);
      byte[] bytes = withId(query, id).bytes();
      socket = UdpSocket.open(stack, this);
      return socket.connect(server.value(), DnsServer.SERVER_PORT) == SendResult.SENT
          && socket.send(bytes, 0, bytes.length, now) == SendResult.SENT;
    }

    @Override
    public boolean onDatagram(
        int source,
        int sourcePort,
        int destination,
        byte[] bytes,
        int offset,
        int length,
        long now) {
      DnsMessage.parse(bytes, offset, length)
          .filter(answer -> answer.isResponse() && answer.id() == id)
          .filter(answer -> answer.questions().equals(query.questions()))
          .ifPresent(answer -> take(answer, now));
      return true;
    }

    private void take(DnsMessage answer, long now) {
      if (answer.isTruncated() && byTcp == null) {
        askByTcp(now);
      } else if (answer.rcode() == ResponseCode.SERVFAIL
          || answer.rcode() == ResponseCode.REFUSED) {
        askNext(now);
      } else {
        finish(Optional.of(withId(answer, query.id())), now);
      }
    }

    /** Asks the same server for the whole answer; its patience goes on. */
    private void askByTcp(long now) {
      try {
        byTcp =
            TcpExchange.start(
                stack,
                servers.get(asked - 1),
                withId(query, id).bytes(),
                (answer, then) ->
                    answer
                        .filter(each -> each.isResponse() && each.id() == id)
                        .ifPresentOrElse(whole -> take(whole, then), () -> askNext(then)),
                now);
      } catch (IOException unreachable) {
        askNext(now);
      }
    }

    @Override
    public void onError(IcmpError error, long now) {
      if (error.isHard()) {
        askNext(now);
      }
    }

    private void finish(Optional<DnsMessage> answer, long now) {
      release(now);
      pending.remove(this);
      done.accept(answer, now);
    }

    void release(long now) {
      patience.cancel();
      if (socket != null) {
        socket.close();
        socket = null;
      }
      if (byTcp != null) {
        byTcp.abandon(now);
        byTcp = null;
      }
    }
  }

  private static DnsMessage withId(DnsMessage message, int id) {
    return new DnsMessage(
        id,
        message.flags(),
        message.questions(),
        message.answers(),
        message.authority(),
        message.additional());
  }
}
