package dev.dockwire.program.probe;

import dev.dockwire.frame.IcmpView;
import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.frame.Ipv4Prefix;
import dev.dockwire.frame.NetworkOrder;
import dev.dockwire.host.Errno;
import dev.dockwire.host.Process;
import dev.dockwire.host.Program;
import dev.dockwire.host.Signal;
import dev.dockwire.host.WaitQueue;
import dev.dockwire.host.resolver.Resolver;
import dev.dockwire.program.applet.Options;
import dev.dockwire.program.applet.Usage;
import dev.dockwire.stack.SendResult;
import dev.dockwire.stack.StackInterface;
import dev.dockwire.stack.socket.PingSocket;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * {@code ping}: sends echo requests through a {@link PingSocket} and prints what comes back.
 *
 * <p>As in BusyBox the payload begins with the time of sending, in microseconds, and a payload too
 * small for that gets no round-trip time.
 */
public final class Ping implements Program {

  private static final Usage USAGE =
      new Usage(
          "ping",
          """
          ping [OPTIONS] HOST

          Send ICMP ECHO_REQUESTs to HOST

          \t-4,-6\t\tForce IP or IPv6 name resolution
          \t-c CNT\t\tSend only CNT pings
          \t-s SIZE\t\tSend SIZE data bytes in packets (default 56)
          \t-i SECS\t\tInterval
          \t-A\t\tPing as soon as reply is received
          \t-t TTL\t\tSet TTL
          \t-I IFACE/IP\tSource interface or IP address
          \t-W SEC\t\tSeconds to wait for the first response (default 10)
          \t\t\t(after all -c CNT packets are sent)
          \t-w SEC\t\tSeconds until ping exits (default:infinite)
          \t\t\t(can exit earlier with -c CNT)
          \t-q\t\tQuiet, only display output at start/finish
          \t-p HEXBYTE\tPayload pattern
          """);

  private static final int DEFAULT_SIZE = 56;
  private static final int DEFAULT_TTL = 64;
  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long DEFAULT_WAIT_SECONDS = 10;

  /** Shorter intervals, 0 among them, would have no time pass between two requests. */
  private static final long MIN_INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private static final long MAX_SECONDS = 1_000_000;

  /** A payload smaller than a timestamp gets no round-trip time. */
  private static final int TIMESTAMP_LENGTH = 4;

  @Override
  public int run(Process self) {
    Options options = Options.parse(self, USAGE, "46Aqc:s:i:t:I:W:w:p:");
    if (options.operands().size() != 1) {
      USAGE.show(self, 1);
    }
    Session session = new Session(self, options);
    try {
      return session.run();
    } finally {
      session.socket.close();
    }
  }

  /** One run of ping. */
  private static final class Session {

    private final Process self;
    private final String target;
    private final long count;
    private final int ttl;
    private final byte[] payload;
    private final long intervalNanos;
    private final long waitNanos;
    private final long lifetimeNanos;
    private final boolean quiet;
    private final boolean adaptive;
    private final Optional<String> boundTo;
    private final PingSocket socket;
    private final WaitQueue arrived = new WaitQueue();
    private final ArrayDeque<Reply> replies = new ArrayDeque<>(2);

    /** When the latest requests were sent, by sequence number modulo its length. */
    private final long[] sentAt = new long[1_024];

    private final BitSet answered = new BitSet();
    private Ipv4Address destination;
    private long transmitted;
    private long received;
    private long duplicates;
    private long minMicros = Long.MAX_VALUE;
    private long maxMicros;
    private long sumMicros;
    private boolean interrupted;

    private record Reply(int source, int ttl, int sequence, int length, long micros) {}

    Session(Process self, Options options) {
      this.self = self;
      target = options.operands().getFirst();
      count = options.number('c', 0, Integer.MAX_VALUE);
      ttl = (int) options.number('t', DEFAULT_TTL, 255);
      payload = new byte[(int) options.number('s', DEFAULT_SIZE, 65_535)];
      Arrays.fill(payload, pattern(options));
      intervalNanos = options.value('i').map(this::interval).orElse(SECOND_NANOS);
      waitNanos = options.number('W', DEFAULT_WAIT_SECONDS, MAX_SECONDS) * SECOND_NANOS;
      lifetimeNanos = options.number('w', 0, MAX_SECONDS) * SECOND_NANOS;
      quiet = options.has('q');
      adaptive = options.has('A');
      boundTo = options.value('I');
      Optional<PingSocket> opened = PingSocket.open(self.host().stack());
      if (opened.isEmpty()) {
        USAGE.fail(self, "can't create raw socket: " + Errno.ENOBUFS.text());
      }
      socket = opened.orElseThrow();
      socket.allowBroadcast(true);
    }

    private byte pattern(Options options) {
      String text = options.value('p').orElse("0");
      if (!text.matches("[0-9a-fA-F]{1,2}")) {
        USAGE.fail(self, "invalid number '" + text + "'");
      }
      return (byte) Integer.parseInt(text, 16);
    }

    private long interval(String text) {
      if (!text.matches("[0-9]{1,6}(\\.[0-9]{1,9})?")) {
        USAGE.fail(self, "invalid number '" + text + "'");
      }
      return Math.max(MIN_INTERVAL_NANOS, new BigDecimal(text).movePointRight(9).longValue());
    }

    int run() {
      destination =
          Resolver.resolve(self, target)
              .orElseGet(
                  () -> {
                    USAGE.fail(self, "bad address '" + target + "'");
                    return Ipv4Address.ANY;
                  });
      boundTo.ifPresent(this::bind);
      socket.handler(this::receive);
      self.onSignal(Signal.INT, () -> interrupted = true);
      long deadline = lifetimeNanos == 0 ? Long.MAX_VALUE : self.now() + lifetimeNanos;
      self.print(
          "PING "
              + target
              + " ("
              + destination
              + ")"
              + boundTo.filter(Ipv4Address::isAddress).map(from -> " from " + from).orElse("")
              + ": "
              + payload.length
              + " data bytes\n");
      while (!interrupted && self.now() < deadline && !isComplete()) {
        if (count == 0 || transmitted < count) {
          send();
          boolean lastOne = count != 0 && transmitted == count;
          long next = self.now() + (lastOne ? waitForLast() : intervalNanos);
          listenUntil(Math.min(next, deadline));
        } else {
          break;
        }
      }
      printStatistics();
      return received == 0 ? 1 : 0;
    }

    /** After the last request: as long as asked for, or two round trips if anything came back. */
    private long waitForLast() {
      long twoTripsSeconds = Math.max(1, 2 * maxMicros / 1_000_000);
      return received == 0 ? waitNanos : twoTripsSeconds * SECOND_NANOS;
    }

    private boolean isComplete() {
      return count != 0 && received >= count;
    }

    private void bind(String from) {
      Optional<StackInterface> via =
          Ipv4Address.isAddress(from)
              ? interfaceWith(Ipv4Address.parse(from))
              : self.host().stack().findInterface(from);
      if (via.isEmpty()) {
        USAGE.fail(
            self,
            Ipv4Address.isAddress(from)
                ? "bind: " + Errno.EADDRNOTAVAIL.text()
                : "bad address '" + from + "'");
      }
      via.ifPresent(socket::bind);
    }

    private Optional<StackInterface> interfaceWith(Ipv4Address address) {
      List<StackInterface> interfaces = self.host().stack().interfaces();
      return interfaces.stream()
          .filter(each -> each.address().map(Ipv4Prefix::address).equals(Optional.of(address)))
          .findFirst();
    }

    private void send() {
      int sequence = (int) (transmitted & 0xffff);
      sentAt[sequence % sentAt.length] = self.now();
      if (payload.length >= TIMESTAMP_LENGTH) {
        NetworkOrder.int32(payload, 0, (int) (self.now() / 1_000));
      }
      answered.clear(sequence);
      transmitted++;
      SendResult result =
          socket.sendEcho(destination.value(), sequence, ttl, payload, payload.length, self.now());
      if (result != SendResult.SENT && result != SendResult.HOST_UNREACHABLE) {
        USAGE.fail(self, "sendto: " + errno(result).text());
      }
    }

    private static Errno errno(SendResult result) {
      return switch (result) {
        case NETWORK_UNREACHABLE -> Errno.ENETUNREACH;
        case MESSAGE_TOO_LONG -> Errno.EMSGSIZE;
        case NO_BUFFER -> Errno.ENOBUFS;
        case PERMISSION_DENIED -> Errno.EACCES;
        // That a neighbour does not answer is no error of the call: the reply stays away.
        case SENT, HOST_UNREACHABLE -> throw new IllegalArgumentException("not an error");
      };
    }

    /** From the stack, on the fabric's turn: keeps what the process will print on its own. */
    private void receive(int source, int replyTtl, IcmpView message, long now) {
      if (message.type() == IcmpView.ECHO_REPLY) {
        int sequence = message.sequence();
        long micros = (now - sentAt[sequence % sentAt.length]) / 1_000;
        int length = IcmpView.HEADER_LENGTH + message.payloadLength();
        replies.add(new Reply(source, replyTtl, sequence, length, micros));
        arrived.wakeAll();
      }
    }

    private void listenUntil(long deadline) {
      while (!interrupted && self.now() < deadline && !isComplete()) {
        self.await(arrived, () -> !replies.isEmpty(), deadline);
        boolean any = !replies.isEmpty();
        while (!replies.isEmpty()) {
          take(replies.remove());
        }
        if (any && adaptive && transmitted != count) {
          return;
        }
      }
    }

    private void take(Reply reply) {
      boolean duplicate = answered.get(reply.sequence());
      answered.set(reply.sequence());
      if (duplicate) {
        duplicates++;
      } else {
        received++;
      }
      boolean timed = payload.length >= TIMESTAMP_LENGTH;
      if (timed) {
        minMicros = Math.min(minMicros, reply.micros());
        maxMicros = Math.max(maxMicros, reply.micros());
        sumMicros += reply.micros();
      }
      if (!quiet) {
        self.print(
            reply.length()
                + " bytes from "
                + Ipv4Address.toString(reply.source())
                + ": seq="
                + reply.sequence()
                + " ttl="
                + reply.ttl()
                + (timed ? " time=" + milliseconds(reply.micros()) + " ms" : "")
                + (duplicate ? " (DUP!)" : "")
                + "\n");
      }
    }

    private void printStatistics() {
      StringBuilder text = new StringBuilder("\n--- " + target + " ping statistics ---\n");
      text.append(transmitted).append(" packets transmitted, ");
      text.append(received).append(" packets received, ");
      if (duplicates > 0) {
        text.append(duplicates).append(" duplicates, ");
      }
      if (transmitted > 0) {
        text.append((transmitted - received) * 100 / transmitted).append("% packet loss\n");
      }
      if (received > 0 && payload.length >= TIMESTAMP_LENGTH) {
        text.append("round-trip min/avg/max = ")
            .append(milliseconds(minMicros))
            .append('/')
            .append(milliseconds(sumMicros / (received + duplicates)))
            .append('/')
            .append(milliseconds(maxMicros))
            .append(" ms\n");
      }
      self.print(text.toString());
    }

    private static String milliseconds(long micros) {
      return micros / 1_000 + "." + String.format(Locale.ROOT, "%03d", micros % 1_000);
    }
  }
}
