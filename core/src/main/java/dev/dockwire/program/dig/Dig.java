package dev.dockwire.program.dig;

import dev.dockwire.dns.DnsMessage;
import dev.dockwire.dns.RecordType;
import dev.dockwire.dns.ResourceRecord;
import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.host.Process;
import dev.dockwire.host.Program;
import dev.dockwire.host.resolver.DnsStream;
import dev.dockwire.host.resolver.ResolvConf;
import dev.dockwire.host.resolver.Resolver;
import dev.dockwire.host.socket.Datagram;
import dev.dockwire.host.socket.DatagramSocket;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * {@code dig}: asks a name server one question, with EDNS and, when the answer does not fit into a
 * datagram, again by TCP. Unlike the real one it sends no cookie, and asks one question only.
 */
public final class Dig implements Program {

  static final String VERSION = "9.18.49";

  /** What a datagram may bring: more would have to be fragmented somewhere. */
  private static final int DATAGRAM_SIZE = 1_232;

  private static final int AUTHENTIC_DATA = 0x0020;
  private static final int NO_SERVER = 9;

  @Override
  public int run(Process self) {
    return new Session(self, DigOptions.parse(self)).run();
  }

  /** One run of dig. */
  private static final class Session {

    private final Process self;
    private final DigOptions options;
    private final int id;
    private boolean byTcp;

    Session(Process self, DigOptions options) {
      this.self = self;
      this.options = options;
      this.byTcp = options.isOn("tcp");
      this.id = self.host().stack().random().nextInt(1 << 16);
    }

    int run() {
      for (Ipv4Address server : servers()) {
        long askedAt = self.now();
        Optional<DnsMessage> answer = byTcp ? askByTcp(server) : askByUdp(server);
        if (answer.isPresent()) {
          long millis = (self.now() - askedAt) / 1_000_000;
          if (options.isOn("short")) {
            answer.get().answers().forEach(found -> self.print(RecordText.data(found) + "\n"));
          } else {
            self.print(banner());
            self.print(new DigText(self, options).text(answer.get(), server, byTcp, millis));
          }
          return 0;
        }
      }
      self.print(options.isOn("short") || byTcp ? "" : banner());
      self.print(";; no servers could be reached\n");
      return NO_SERVER;
    }

    private List<Ipv4Address> servers() {
      String given = options.server();
      if (given.isEmpty()) {
        String text = self.host().files().readText("/etc/resolv.conf");
        return ResolvConf.parse(text).nameservers();
      }
      Optional<Ipv4Address> found = Resolver.resolve(self, given);
      if (found.isEmpty()) {
        self.printError("dig: couldn't get address for '" + given + "': not found\n");
        self.exit(1);
      }
      return List.of(found.orElseThrow());
    }

    private String banner() {
      if (!options.shows("cmd")) {
        return "";
      }
      List<String> words = self.arguments().subList(1, self.arguments().size());
      return "\n; <<>> DiG "
          + VERSION
          + " <<>> "
          + String.join(" ", words)
          + "\n"
          + (options.server().isEmpty() ? "" : "; (1 server found)\n")
          + ";; global options: +cmd\n";
    }

    private byte[] query() {
      int flags =
          (options.isOn("recurse") ? DnsMessage.RECURSION_DESIRED : 0)
              | (options.isOn("adflag") ? AUTHENTIC_DATA : 0);
      List<ResourceRecord> additional =
          options.isOn("edns")
              ? List.of(new ResourceRecord("", RecordType.OPT, DATAGRAM_SIZE, 0, new byte[0]))
              : List.of();
      return new DnsMessage(
              id, flags, List.of(options.question()), List.of(), List.of(), additional)
          .bytes();
    }

    private Optional<DnsMessage> askByUdp(Ipv4Address server) {
      for (int i = 0; i < options.tries(); i++) {
        try (DatagramSocket socket = DatagramSocket.open(self)) {
          Optional<DnsMessage> answer = exchange(socket, server);
          if (answer.isPresent() && answer.get().isTruncated() && !options.isOn("ignore")) {
            self.print(";; Truncated, retrying in TCP mode.\n");
            byTcp = true;
            return askByTcp(server);
          }
          if (answer.isPresent()) {
            return answer;
          }
        } catch (IOException failed) {
          String place = server + "#" + options.serverPort();
          self.print(";; communications error to " + place + ": " + reason(failed) + "\n");
        }
      }
      return Optional.empty();
    }

    private Optional<DnsMessage> exchange(DatagramSocket socket, Ipv4Address server)
        throws IOException {
      byte[] query = query();
      long deadline = self.now() + options.patienceNanos();
      socket.connect(server.value(), options.serverPort());
      socket.send(query, 0, query.length);
      while (true) {
        Datagram datagram = socket.receive(deadline);
        Optional<DnsMessage> answer =
            DnsMessage.parse(datagram.payload(), 0, datagram.payload().length)
                .filter(message -> message.isResponse() && message.id() == id);
        if (answer.isPresent()) {
          return answer;
        }
      }
    }

    private Optional<DnsMessage> askByTcp(Ipv4Address server) {
      try {
        return DnsStream.ask(
            self, server, options.serverPort(), query(), self.now() + 2 * options.patienceNanos());
      } catch (IOException failed) {
        String place = server + "#" + options.serverPort() + "(" + server + ")";
        String name = options.question().name();
        self.print(
            ";; Connection to " + place + " for " + name + " failed: " + reason(failed) + ".\n");
        return Optional.empty();
      }
    }

    private static String reason(IOException failed) {
      return failed instanceof SocketTimeoutException
          ? "timed out"
          : failed
              .getMessage()
              .toLowerCase(Locale.ROOT)
              .replace("no route to host", "host unreachable");
    }
  }
}
