package dev.dockwire.program.applet;

import dev.dockwire.dns.DnsMessage;
import dev.dockwire.dns.DnsServer;
import dev.dockwire.dns.Question;
import dev.dockwire.dns.RecordType;
import dev.dockwire.dns.ResourceRecord;
import dev.dockwire.dns.ResponseCode;
import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.frame.NetworkOrder;
import dev.dockwire.host.Process;
import dev.dockwire.host.Program;
import dev.dockwire.host.resolver.DnsExchange;
import dev.dockwire.host.resolver.ResolvConf;
import dev.dockwire.host.resolver.Resolver;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * {@code nslookup}, in BusyBox's bigger form: asks name servers itself, one after the other until
 * one answers, and prints answers in the order they come.
 */
public final class Nslookup implements Program {

  private static final Usage USAGE =
      new Usage(
          "nslookup",
          """
          nslookup [-type=QUERY_TYPE] [-debug] HOST [DNS_SERVER]

          Query DNS about HOST

          QUERY_TYPE: soa,ns,a,aaaa,cname,mx,txt,ptr,srv,any
          """);

  private static final Map<String, Integer> TYPES =
      new TreeMap<>(
          Map.of(
              "soa", RecordType.SOA,
              "ns", RecordType.NS,
              "a", RecordType.A,
              "aaaa", RecordType.AAAA,
              "cname", RecordType.CNAME,
              "mx", RecordType.MX,
              "txt", RecordType.TXT,
              "ptr", RecordType.PTR,
              "srv", RecordType.SRV,
              "any", RecordType.ANY));

  private static final List<String> OPTIONS =
      List.of("type", "querytype", "port", "retry", "debug", "timeout");

  @Override
  public int run(Process self) {
    return new Session(self).run();
  }

  /** One server as it is shown. */
  private record Server(String name, Ipv4Address address) {}

  /** One run of nslookup. */
  private static final class Session {

    private final Process self;
    private final List<Integer> types = new ArrayList<>(1);
    private final List<String> operands = new ArrayList<>(2);
    private final List<Question> questions = new ArrayList<>(2);
    private int serverPort = DnsServer.SERVER_PORT;
    private int attempts = 2;
    private int timeoutSeconds = 5;
    private boolean debug;
    private boolean shown;
    private boolean failed;

    Session(Process self) {
      this.self = self;
    }

    int run() {
      readArguments();
      String text = self.host().files().readText("/etc/resolv.conf");
      ResolvConf configuration = ResolvConf.parse(text);
      List<Server> servers = servers(configuration);
      String host = operands.getFirst();
      if (!types.isEmpty()) {
        types.forEach(type -> ask(host, type, configuration));
      } else if (Ipv4Address.isAddress(host)) {
        ask(Question.reverseName(Ipv4Address.parse(host)), RecordType.PTR, configuration);
      } else {
        ask(host, RecordType.A, configuration);
        ask(host, RecordType.AAAA, configuration);
      }
      long timeoutNanos = TimeUnit.SECONDS.toNanos(timeoutSeconds);
      DnsExchange.Manner manner = new DnsExchange.Manner(serverPort, timeoutNanos, attempts, true);
      for (Server server : servers) {
        long sentAt = self.now();
        int answers =
            DnsExchange.run(
                self,
                List.of(server.address()),
                questions,
                manner,
                (question, answer) -> show(server, question, answer, sentAt));
        if (answers > 0) {
          return failed ? 1 : 0;
        }
      }
      self.print(";; connection timed out; no servers could be reached\n\n");
      return 1;
    }

    private void readArguments() {
      List<String> words = new ArrayList<>(self.arguments().subList(1, self.arguments().size()));
      if (words.equals(List.of("--help"))) {
        USAGE.show(self, 0);
      }
      while (!words.isEmpty() && words.getFirst().startsWith("-")) {
        readOption(words.removeFirst());
      }
      if (words.isEmpty() || words.size() > 2) {
        USAGE.show(self, 1);
      }
      operands.addAll(words);
    }

    /** Options have one dash and their value after an equals sign, and may be cut short. */
    private void readOption(String word) {
      String option = word.substring(1);
      int equals = option.indexOf('=');
      String name = equals < 0 ? option : option.substring(0, equals);
      String value = equals < 0 ? "" : option.substring(equals + 1);
      String known =
          OPTIONS.stream()
              .filter(each -> !name.isEmpty() && each.startsWith(name))
              .findFirst()
              .orElse("");
      switch (name.equals("t") ? "timeout" : known) {
        case "type", "querytype" -> types.add(type(value));
        case "port" -> serverPort = number(value, 65_535);
        case "retry" -> attempts = number(value, 1_000);
        case "timeout" -> timeoutSeconds = number(value, 1_000);
        case "debug" -> debug = true;
        default -> USAGE.show(self, 1);
      }
    }

    private int number(String value, int max) {
      if (!value.matches("[0-9]{1,9}")) {
        USAGE.fail(self, "invalid number '" + value + "'");
      }
      int number = Integer.parseInt(value);
      if (number < 1 || number > max) {
        USAGE.fail(self, "number " + value + " is not in 1.." + max + " range");
      }
      return number;
    }

    private int type(String value) {
      Integer type = TYPES.get(value.toLowerCase(Locale.ROOT));
      if (type == null) {
        USAGE.fail(self, "invalid query type \"" + value + "\"");
      }
      return type;
    }

    private List<Server> servers(ResolvConf configuration) {
      if (operands.size() == 1) {
        return configuration.nameservers().stream()
            .map(address -> new Server(address.toString(), address))
            .toList();
      }
      String given = operands.getLast();
      Optional<Ipv4Address> address = Resolver.resolve(self, given);
      if (address.isEmpty()) {
        USAGE.fail(self, "bad address '" + given + "'");
      }
      return List.of(new Server(given, address.orElseThrow()));
    }

    /** A name without a dot is asked for in the domains to search, if there are any. */
    private void ask(String name, int type, ResolvConf configuration) {
      boolean searched =
          type != RecordType.PTR && !name.contains(".") && !configuration.search().isEmpty();
      List<String> names =
          searched
              ? configuration.search().stream().map(domain -> name + "." + domain).toList()
              : List.of(name);
      for (String each : names) {
        if (!Question.canAskFor(each)) {
          USAGE.fail(self, "invalid query name \"" + each + "\"");
        }
        questions.add(Question.of(each, type));
      }
    }

    private void show(Server server, int question, DnsMessage answer, long sentAt) {
      if (!shown) {
        shown = true;
        self.print("Server:\t\t" + server.name() + "\n");
        self.print("Address:\t" + server.address() + ":" + serverPort + "\n\n");
      }
      if (debug) {
        long millis = TimeUnit.NANOSECONDS.toMillis(self.now() - sentAt);
        self.print("Query #" + question + " completed in " + millis + "ms:\n");
      }
      if (answer.rcode() != 0) {
        failed = true;
        String name = questions.get(question).name();
        self.print(
            "** server can't find " + name + ": " + ResponseCode.name(answer.rcode()) + "\n");
      } else {
        self.print(answer.isAuthoritative() ? "" : "Non-authoritative answer:\n");
        answer.answers().forEach(found -> self.print(line(found)));
      }
      self.print("\n");
    }

    private static String line(ResourceRecord found) {
      String name = found.name();
      return switch (found.type()) {
        case RecordType.A -> "Name:\t" + name + "\nAddress: " + found.address() + "\n";
        case RecordType.NS -> name + "\tnameserver = " + found.target(0) + "\n";
        case RecordType.CNAME -> name + "\tcanonical name = " + found.target(0) + "\n";
        case RecordType.PTR -> name + "\tname = " + found.target(0) + "\n";
        case RecordType.MX ->
            name
                + "\tmail exchanger = "
                + NetworkOrder.short16(found.data(), 0)
                + " "
                + found.target(2)
                + "\n";
        default -> "";
      };
    }
  }
}
