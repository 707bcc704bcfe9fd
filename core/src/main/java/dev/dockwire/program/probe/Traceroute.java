package dev.dockwire.program.probe;

import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.host.Errno;
import dev.dockwire.host.Process;
import dev.dockwire.host.Program;
import dev.dockwire.host.resolver.Resolver;
import dev.dockwire.program.applet.Options;
import dev.dockwire.program.applet.Usage;
import dev.dockwire.stack.SendResult;
import dev.dockwire.stack.StackInterface;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * {@code traceroute}: sends probes that live one hop longer than those before, and prints who says
 * that they have died. The probes are UDP datagrams to ports where nobody listens, or, with {@code
 * -I}, echo requests.
 *
 * <p>As BusyBox's; {@code -r} and {@code -t} are accepted and have no effect.
 */
public final class Traceroute implements Program {

  private static final Usage USAGE =
      new Usage(
          "traceroute",
          """
          traceroute [-46FIlnrv] [-f 1ST_TTL] [-m MAXTTL] [-q PROBES] [-p PORT]
          \t[-t TOS] [-w WAIT_SEC] [-s SRC_IP] [-i IFACE]
          \t[-z PAUSE_MSEC] HOST [BYTES]

          Trace the route to HOST

          \t-4,-6\tForce IP or IPv6 name resolution
          \t-F\tSet don't fragment bit
          \t-I\tUse ICMP ECHO instead of UDP datagrams
          \t-l\tDisplay TTL value of the returned packet
          \t-n\tPrint numeric addresses
          \t-r\tBypass routing tables, send directly to HOST
          \t-v\tVerbose
          \t-f N\tFirst number of hops (default 1)
          \t-m N\tMax number of hops
          \t-q N\tNumber of probes per hop (default 3)
          \t-p N\tBase UDP port number used in probes
          \t\t(default 33434)
          \t-s IP\tSource address
          \t-i IFACE Source interface
          \t-t N\tType-of-service in probe packets (default 0)
          \t-w SEC\tWait for a response (default 3)
          \t-z MSEC\tWait before each send
          """);

  private static final int BASE_PORT = 33_434;
  private static final int MIN_LENGTH = 46;
  private static final int MAX_LENGTH = 32_768;
  private static final int MAX_HOPS = 30;
  private static final int PROBES = 3;
  private static final int WAIT_SECONDS = 3;
  private static final int MAX_WAIT_SECONDS = 86_400;

  @Override
  public int run(Process self) {
    return new Trace(self, Options.parse(self, USAGE, "46FIlnrvf:m:q:p:t:w:s:i:z:")).run();
  }

  /** One run of traceroute. */
  private static final class Trace {

    private final Process self;
    private final Options options;
    private final String target;
    private final Ipv4Address destination;
    private final int firstHop;
    private final int maxHops;
    private final int probes;
    private final int length;
    private final long waitNanos;
    private final long pauseNanos;
    private final Prober prober;
    private int sequence;
    private int unreachable;
    private boolean arrived;
    private int lastReporter;
    private boolean anyReporter;

    Trace(Process self, Options options) {
      this.self = self;
      this.options = options;
      if (options.operands().isEmpty() || options.operands().size() > 2) {
        USAGE.show(self, 1);
      }
      maxHops = (int) number('m', MAX_HOPS, 1, 255);
      firstHop = (int) number('f', 1, 1, maxHops);
      probes = (int) number('q', PROBES, 1, Integer.MAX_VALUE);
      waitNanos = TimeUnit.SECONDS.toNanos(number('w', WAIT_SECONDS, 1, MAX_WAIT_SECONDS));
      pauseNanos = TimeUnit.MILLISECONDS.toNanos(number('z', 0, 0, MAX_WAIT_SECONDS));
      int port = (int) number('p', BASE_PORT, 0, 65_535);
      target = options.operands().getFirst();
      length =
          options.operands().size() < 2
              ? MIN_LENGTH
              : (int) ranged(options.operands().get(1), MIN_LENGTH, MAX_LENGTH);
      destination =
          Resolver.resolve(self, target)
              .orElseGet(
                  () -> {
                    USAGE.fail(self, "bad address '" + target + "'");
                    return Ipv4Address.ANY;
                  });
      prober = options.has('I') ? EchoProber.open(self) : new UdpProber(self, port);
      bind();
    }

    private long number(char letter, long otherwise, long least, long most) {
      return options.value(letter).map(text -> ranged(text, least, most)).orElse(otherwise);
    }

    private long ranged(String text, long least, long most) {
      if (!text.matches("[0-9]{1,18}")) {
        USAGE.fail(self, "invalid number '" + text + "'");
      }
      long number = Long.parseLong(text);
      if (number < least || number > most) {
        USAGE.fail(self, "number " + text + " is not in " + least + ".." + most + " range");
      }
      return number;
    }

    private void bind() {
      Optional<String> source = options.value('s');
      if (source.isPresent()) {
        Optional<Ipv4Address> address = Resolver.resolve(self, source.get());
        if (address.isEmpty()) {
          USAGE.fail(self, "bad address '" + source.get() + "'");
        }
        int value = address.orElseThrow().value();
        if (!self.host().stack().isLocal(value) || !prober.bind(value)) {
          USAGE.fail(self, "can't set multicast source interface");
        }
      }
      Optional<String> name = options.value('i');
      Optional<StackInterface> via = name.flatMap(self.host().stack()::findInterface);
      if (name.isPresent() && via.isEmpty()) {
        String problem = Errno.ENODEV.text();
        USAGE.complain(self, "can't bind to interface " + name.get() + ": " + problem);
      } else if (source.isEmpty()) {
        via.ifPresent(each -> prober.bind(each.addressValue()));
      }
    }

    int run() {
      if (self.host().stack().ip().output().sourceTo(destination.value()) == 0) {
        String problem = Errno.ENETUNREACH.text();
        USAGE.fail(self, "can't connect to remote host (" + destination + "): " + problem);
      }
      self.print(
          String.format(
              Locale.ROOT,
              "traceroute to %s (%s)%s, %d hops max, %d byte packets\n",
              target,
              destination,
              options.value('s').map(source -> " from " + source).orElse(""),
              maxHops,
              length));
      for (int hop = firstHop; hop <= maxHops && !isAtEnd(); hop++) {
        probe(hop);
      }
      return 0;
    }

    private boolean isAtEnd() {
      return arrived || unreachable > 0 && unreachable >= probes - 1;
    }

    private void probe(int hop) {
      self.print(String.format(Locale.ROOT, "%2d", hop));
      unreachable = 0;
      anyReporter = false;
      for (int probe = 0; probe < probes; probe++) {
        if (probe > 0 && pauseNanos > 0) {
          self.sleep(pauseNanos);
        }
        sequence++;
        long sentAt = self.now();
        check(prober.send(destination.value(), hop, sequence, length, sentAt));
        ProbeAnswer answer = prober.answer(sequence, sentAt + waitNanos);
        self.print(answer == null ? "  *" : textOf(answer, sentAt));
      }
      self.print("\n");
    }

    private void check(SendResult result) {
      if (result == SendResult.NETWORK_UNREACHABLE) {
        USAGE.fail(self, "sendto: " + Errno.ENETUNREACH.text());
      } else if (result == SendResult.PERMISSION_DENIED) {
        USAGE.fail(self, "sendto: " + Errno.EACCES.text());
      }
    }

    private String textOf(ProbeAnswer answer, long sentAt) {
      StringBuilder text = new StringBuilder();
      if (!anyReporter || lastReporter != answer.reporter()) {
        appendReporter(text, answer);
      }
      anyReporter = true;
      lastReporter = answer.reporter();
      long micros = (answer.now() - sentAt) / 1_000;
      text.append(String.format(Locale.ROOT, "  %d.%03d ms", micros / 1_000, micros % 1_000));
      if (options.has('l')) {
        text.append(" (").append(answer.timeToLive()).append(')');
      }
      text.append(answer.mark());
      arrived |= answer.isFromDestination();
      unreachable += answer.isUnreachable() ? 1 : 0;
      return text.toString();
    }

    private void appendReporter(StringBuilder text, ProbeAnswer answer) {
      Ipv4Address reporter = new Ipv4Address(answer.reporter());
      if (options.has('n')) {
        text.append("  ").append(reporter);
      } else {
        String name = Resolver.nameOf(self, reporter).orElse(reporter.toString());
        text.append("  ").append(name).append(" (").append(reporter).append(')');
      }
      if (options.has('v')) {
        text.append(' ').append(answer.length()).append(" bytes to ");
        text.append(Ipv4Address.toString(answer.receiver()));
      }
    }
  }
}
