package dev.dockwire.program.netstat;

import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.frame.Services;
import dev.dockwire.host.Process;
import dev.dockwire.host.Program;
import dev.dockwire.host.resolver.Resolver;
import dev.dockwire.program.applet.Options;
import dev.dockwire.program.applet.Usage;
import dev.dockwire.program.network.RouteApplet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * {@code netstat}: shows the sockets of a host, or its routes.
 *
 * <p>Whose a socket is is not known, so {@code -p} shows a dash for all. There are no raw and no
 * UNIX domain sockets to show.
 */
public final class Netstat implements Program {

  private static final Usage USAGE =
      new Usage(
          "netstat",
          """
          netstat [-ral] [-tuwx] [-enWp]

          Display networking information

          \t-r\tRouting table
          \t-a\tAll sockets
          \t-l\tListening sockets
          \t\tElse: connected sockets
          \t-t\tTCP sockets
          \t-u\tUDP sockets
          \t-w\tRaw sockets
          \t-x\tUnix sockets
          \t\tElse: all socket types
          \t-e\tOther/more information
          \t-n\tDon't resolve names
          \t-W\tWide display
          \t-p\tShow PID/program name for sockets
          """);

  private static final int NARROW = 23;
  private static final int WIDE = 51;

  @Override
  public int run(Process self) {
    Options options = Options.parse(self, USAGE, "laentuwxrWp");
    if (options.has('r')) {
      RouteApplet.show(self, options.has('n'), !options.has('e'));
      return 0;
    }
    new Listing(self, options).print();
    return 0;
  }

  /** One run that shows sockets. */
  private static final class Listing {

    private final Process self;
    private final Options options;
    private final boolean everyKind;
    private final int width;
    private final Map<Integer, String> namesOfHosts = new LinkedHashMap<>();

    Listing(Process self, Options options) {
      this.self = self;
      this.options = options;
      everyKind = "tuwx".chars().noneMatch(letter -> options.has((char) letter));
      width = options.has('W') ? WIDE : NARROW;
    }

    void print() {
      boolean internet = everyKind || options.has('t') || options.has('u') || options.has('w');
      if (internet) {
        self.print("Active Internet connections " + which() + "\n" + heading());
      }
      List<SocketRow> rows = new ArrayList<>();
      if (everyKind || options.has('t')) {
        rows.addAll(SocketRow.tcp(self.host().stack()));
      }
      if (everyKind || options.has('u')) {
        rows.addAll(SocketRow.udp(self.host().stack()));
      }
      rows.stream().filter(this::isWanted).forEach(row -> self.print(text(row)));
      if (everyKind || options.has('x')) {
        self.print(
            "Active UNIX domain sockets "
                + which()
                + "\nProto RefCnt Flags       Type       State         I-Node "
                + (options.has('p') ? "PID/Program name    " : "")
                + "Path\n");
      }
    }

    private String which() {
      if (options.has('a')) {
        return "(servers and established)";
      }
      return options.has('l') ? "(only servers)" : "(w/o servers)";
    }

    private String heading() {
      return "Proto Recv-Q Send-Q "
          + padded("Local Address")
          + " "
          + padded("Foreign Address")
          + " State       "
          + (options.has('p') ? "PID/Program name    " : "")
          + "\n";
    }

    private String padded(String text) {
      return text + " ".repeat(Math.max(0, width - text.length()));
    }

    private boolean isWanted(SocketRow row) {
      return options.has('a') || options.has('l') == row.state().isServer();
    }

    private String text(SocketRow row) {
      return String.format(
              Locale.ROOT, "%s   %6d %6d ", row.tcp() ? "tcp" : "udp", row.received(), row.sent())
          + end(row, row.localAddress(), row.localPort())
          + " "
          + end(row, row.remoteAddress(), row.remotePort())
          + String.format(Locale.ROOT, " %-12s", row.state().inNetstat)
          + (options.has('p') ? String.format(Locale.ROOT, "%-20s", "-") : "")
          + "\n";
    }

    private String end(SocketRow row, int address, int port) {
      String text = host(address) + ":" + (port == 0 ? "*" : service(row, port));
      return options.has('W') || text.length() <= width ? padded(text) : text.substring(0, width);
    }

    private String host(int address) {
      if (options.has('n') || address == 0) {
        return Ipv4Address.toString(address);
      }
      return namesOfHosts.computeIfAbsent(
          address,
          _ ->
              Resolver.nameOf(self, new Ipv4Address(address))
                  .orElse(Ipv4Address.toString(address)));
    }

    private String service(SocketRow row, int port) {
      Services services = row.tcp() ? Services.TCP : Services.UDP;
      Optional<String> name = options.has('n') ? Optional.empty() : services.name(port);
      return name.orElse(Integer.toString(port));
    }
  }
}
