package dev.dockwire.program.netstat;

import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.frame.Services;
import dev.dockwire.host.Process;
import dev.dockwire.host.Program;
import dev.dockwire.host.Tty;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * {@code ss}: shows the sockets of a host, as iproute2 6.1 does; without filters other than {@code
 * state NAME}. Whose a socket is is not known, so {@code -p} changes nothing.
 */
public final class Ss implements Program {

  private static final String LETTERS = "tualnpsi4Hr";

  private static final Set<SocketState> CONNECTED =
      EnumSet.complementOf(
          EnumSet.of(SocketState.LISTENING, SocketState.UNCONNECTED, SocketState.TIME_WAIT));

  private static final String USAGE =
      """
      Usage: ss [ OPTIONS ]
             ss [ OPTIONS ] [ state STATE ]
         -h, --help          this message
         -V, --version       output version information
         -n, --numeric       don't resolve service names
         -a, --all           display all sockets
         -l, --listening     display listening sockets
         -p, --processes     show process using socket
         -i, --info          show internal TCP information
         -s, --summary       show socket usage summary

         -4, --ipv4          display only IP version 4 sockets
         -t, --tcp           display only TCP sockets
         -u, --udp           display only UDP sockets

         -H, --no-header     Suppress header line
      """;

  @Override
  public int run(Process self) {
    return new Listing(self).run();
  }

  /** One run of ss. */
  private static final class Listing {

    private final Process self;
    private final StringBuilder letters = new StringBuilder();
    private final List<String> words = new ArrayList<>(2);

    Listing(Process self) {
      this.self = self;
    }

    int run() {
      readArguments();
      if (has('s')) {
        printSummary();
        return 0;
      }
      boolean tcp = has('t') || !has('u');
      boolean udp = has('u') || !has('t');
      Set<SocketState> states = states(tcp);
      List<SocketRow> rows = new ArrayList<>();
      if (udp) {
        rows.addAll(SocketRow.udp(self.host().stack()));
      }
      if (tcp) {
        rows.addAll(SocketRow.tcp(self.host().stack()));
      }
      rows.removeIf(row -> !states.contains(row.state()));
      print(rows, tcp && udp, states.size() > 1);
      return 0;
    }

    private void readArguments() {
      for (String word : self.arguments().subList(1, self.arguments().size())) {
        switch (word) {
          case "-h", "--help" -> {
            self.print(USAGE);
            self.exit(0);
          }
          case "-V", "--version" -> {
            self.print("ss utility, iproute2-6.1.0\n");
            self.exit(0);
          }
          case "--tcp" -> letters.append('t');
          case "--udp" -> letters.append('u');
          case "--all" -> letters.append('a');
          case "--listening" -> letters.append('l');
          case "--numeric" -> letters.append('n');
          case "--summary" -> letters.append('s');
          case "--info" -> letters.append('i');
          case "--processes" -> letters.append('p');
          case "--ipv4" -> letters.append('4');
          case "--no-header" -> letters.append('H');
          default -> readWord(word);
        }
      }
    }

    private void readWord(String word) {
      if (!word.startsWith("-")) {
        words.add(word);
        return;
      }
      for (char letter : word.substring(1).toCharArray()) {
        if (LETTERS.indexOf(letter) < 0) {
          self.printError("ss: invalid option -- '" + letter + "'\n" + USAGE);
          self.exit(255);
        }
        letters.append(letter);
      }
    }

    private boolean has(char letter) {
      return letters.indexOf(String.valueOf(letter)) >= 0;
    }

    private Set<SocketState> states(boolean tcp) {
      if (words.size() == 2 && words.getFirst().equals("state")) {
        return statesNamed(words.getLast());
      }
      if (!words.isEmpty()) {
        self.printError(
            "Error: an inet prefix is expected rather than \""
                + words.getFirst()
                + "\".\nCannot parse dst/src address.\n");
        self.exit(1);
      }
      if (has('a')) {
        return EnumSet.allOf(SocketState.class);
      } else if (has('l')) {
        return EnumSet.of(SocketState.LISTENING, SocketState.UNCONNECTED);
      }
      return tcp ? CONNECTED : EnumSet.of(SocketState.ESTABLISHED);
    }

    private Set<SocketState> statesNamed(String name) {
      switch (name) {
        case "all" -> {
          return EnumSet.allOf(SocketState.class);
        }
        case "connected" -> {
          return EnumSet.complementOf(EnumSet.of(SocketState.LISTENING, SocketState.UNCONNECTED));
        }
        case "established" -> {
          return EnumSet.of(SocketState.ESTABLISHED);
        }
        case "listening", "listen" -> {
          return EnumSet.of(SocketState.LISTENING);
        }
        case "closed", "unconnected" -> {
          return EnumSet.of(SocketState.UNCONNECTED);
        }
        default -> {
          for (SocketState state : SocketState.values()) {
            if (state.inSs.equalsIgnoreCase(name)) {
              return EnumSet.of(state);
            }
          }
          self.printError("ss: wrong state name: " + name + "\n");
          self.exit(1);
          return Set.of();
        }
      }
    }

    private void print(List<SocketRow> rows, boolean withProtocol, boolean withState) {
      int width = self.stdio().out().tty().map(Tty::columns).orElse(SsTable.COMPACT);
      SsTable table = new SsTable(withProtocol, withState);
      if (!has('H')) {
        table.addHeading();
      }
      for (SocketRow row : rows) {
        table.add(
            row.tcp() ? "tcp" : "udp",
            row.state().inSs,
            String.format(Locale.ROOT, "%-6d", row.received()),
            String.format(
                Locale.ROOT,
                "%-6d",
                row.state() == SocketState.LISTENING ? row.backlog() : row.sent()),
            Ipv4Address.toString(row.localAddress()) + ":",
            service(row, row.localPort()),
            Ipv4Address.toString(row.remoteAddress()) + ":",
            service(row, row.remotePort()),
            has('i') && row.tcp() ? details(row) : "");
      }
      self.print(table.text(width));
    }

    private String details(SocketRow row) {
      if (row.state() == SocketState.LISTENING) {
        return SsDetails.ofListening(self.host().stack().tcp().congestionControl());
      }
      return self.host().stack().tcp().connections().stream()
          .filter(row::isOf)
          .map(connection -> SsDetails.of(connection.info(self.now())))
          .findFirst()
          .orElse("");
    }

    private String service(SocketRow row, int port) {
      if (port == 0) {
        return "*";
      }
      Services services = row.tcp() ? Services.TCP : Services.UDP;
      Optional<String> name = has('n') ? Optional.empty() : services.name(port);
      return name.orElse(Integer.toString(port));
    }

    private void printSummary() {
      List<SocketRow> tcp = SocketRow.tcp(self.host().stack());
      int udp = SocketRow.udp(self.host().stack()).size();
      long waiting = count(tcp, EnumSet.of(SocketState.TIME_WAIT));
      long open = tcp.size() - waiting;
      // What the kernel's MIB counts as established: CLOSE-WAIT, too.
      long established = count(tcp, EnumSet.of(SocketState.ESTABLISHED, SocketState.CLOSE_WAIT));
      self.print(
          String.format(
              Locale.ROOT,
              "Total: %d\nTCP:   %d (estab %d, closed %d, orphaned 0, timewait %d)\n\n",
              open + udp,
              tcp.size(),
              established,
              waiting,
              waiting));
      self.print("Transport Total     IP        IPv6\n");
      String[] names = {"RAW", "UDP", "TCP", "INET", "FRAG"};
      long[] counts = {0, udp, open, open + udp, 0};
      for (int i = 0; i < names.length; i++) {
        self.print(
            String.format(
                Locale.ROOT, "%s\t  %-9d %-9d %-9d\n", names[i], counts[i], counts[i], 0));
      }
      self.print("\n");
    }

    private static long count(List<SocketRow> rows, Set<SocketState> states) {
      return rows.stream().filter(row -> states.contains(row.state())).count();
    }
  }
}
