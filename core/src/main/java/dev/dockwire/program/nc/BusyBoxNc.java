package dev.dockwire.program.nc;

import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.frame.Services;
import dev.dockwire.host.Process;
import dev.dockwire.host.ProcessSpec;
import dev.dockwire.host.Program;
import dev.dockwire.host.Signal;
import dev.dockwire.host.resolver.Resolver;
import dev.dockwire.host.socket.Datagram;
import dev.dockwire.host.socket.DatagramSocket;
import dev.dockwire.host.socket.ServerSocket;
import dev.dockwire.host.socket.StreamSocket;
import dev.dockwire.program.applet.Options;
import dev.dockwire.program.applet.PathSearch;
import dev.dockwire.program.applet.Usage;
import dev.dockwire.time.Clock;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * {@code nc} as BusyBox has it when built for compatibility with the original netcat, as Alpine's
 * is. It says nothing unless asked to, not even why a connection failed. When standard input ends
 * it sends the end of the stream; it ends itself when both directions have. Missing: {@code -i},
 * {@code -o}.
 */
public final class BusyBoxNc implements Program {

  private static final Usage USAGE =
      new Usage(
          "nc",
          """
          nc [OPTIONS] HOST PORT  - connect
          nc [OPTIONS] -l -p PORT [HOST] [PORT]  - listen

          \t-e PROG\tRun PROG after connect (must be last)
          \t-l\tListen mode, for inbound connects
          \t-lk\tWith -e, provides persistent server
          \t-p PORT\tLocal port
          \t-s ADDR\tLocal address
          \t-w SEC\tTimeout for connects and final net reads
          \t-n\tDon't do DNS resolution
          \t-u\tUDP mode
          \t-v\tVerbose
          \t-z\tZero-I/O mode (scanning)
          """);

  @Override
  public int run(Process self) {
    int execAt = BusyBoxExec.indexIn(self.arguments());
    List<String> own = BusyBoxExec.ownArguments(self.arguments(), execAt);
    List<String> command =
        execAt < 0 ? List.of() : self.arguments().subList(execAt + 1, self.arguments().size());
    return new Session(self, Options.parse(self, own, USAGE, "np:s:uvw:lkz"), command).run();
  }

  /** One run of nc. */
  private static final class Session {

    private final Process self;
    private final Options options;
    private final List<String> command;
    private final int verbosity;
    private final long waitNanos;
    private final int localAddress;
    private final int localPort;
    private final Optional<String> host;
    private int address;
    private int remotePort;

    Session(Process self, Options options, List<String> command) {
      this.self = self;
      this.options = options;
      this.command = command;
      this.verbosity = options.count('v');
      this.waitNanos = TimeUnit.SECONDS.toNanos(options.number('w', 0, Integer.MAX_VALUE));
      this.localAddress = options.value('s').map(this::resolve).orElse(0);
      this.localPort = options.value('p').map(this::localPort).orElse(0);
      this.host = options.operands().stream().findFirst();
    }

    int run() {
      boolean listens = options.has('l') || options.has('k');
      if (options.operands().size() > 2 || host.isEmpty() && !listens) {
        USAGE.show(self, 1);
      }
      self.ignoreSignal(Signal.PIPE);
      host.ifPresent(name -> address = resolve(name));
      if (options.operands().size() == 2) {
        remotePort = remotePort(options.operands().get(1));
      }
      try {
        return listens ? listen() : connect();
      } catch (SocketTimeoutException late) {
        USAGE.fail(self, "timeout");
      } catch (BindException taken) {
        USAGE.fail(self, "bind: " + taken.getMessage());
      } catch (IOException failed) {
        USAGE.fail(self, failed.getMessage());
      }
      return 1;
    }

    private int resolve(String name) {
      Optional<Ipv4Address> found =
          options.has('n') && !Ipv4Address.isAddress(name)
              ? Optional.empty()
              : Resolver.resolve(self, name);
      if (found.isEmpty()) {
        USAGE.fail(self, "bad address '" + name + "'");
      }
      return found.orElseThrow().value();
    }

    private int localPort(String text) {
      int number = service(text);
      if (number == 0) {
        USAGE.fail(self, "bad local port '" + text + "'");
      }
      return number;
    }

    private int remotePort(String text) {
      int number = service(text);
      if (number == 0 && !text.equals("0")) {
        USAGE.fail(self, "bad port '" + text + "'");
      }
      return number;
    }

    private int service(String text) {
      if (text.matches("[0-9]{1,5}") && Integer.parseInt(text) <= 65_535) {
        return Integer.parseInt(text);
      }
      return (options.has('u') ? Services.UDP : Services.TCP).port(text).orElse(0);
    }

    private int connect() throws IOException {
      String shown = host.orElseThrow() + " (" + text(address, remotePort) + ")";
      Peer peer;
      try {
        peer = options.has('u') ? connectUdp() : connectTcp();
      } catch (IOException failed) {
        if (verbosity > 1 || verbosity == 1 && !isRefusal(failed)) {
          USAGE.complain(self, shown + ": " + reason(failed));
        }
        return report(1, 0, 0);
      }
      if (verbosity > 0) {
        self.printError(shown + " open\n");
      }
      if (!command.isEmpty()) {
        return become(peer);
      }
      return options.has('z') ? report(0, 0, 0) : relay(peer);
    }

    private Peer connectTcp() throws IOException {
      return new TcpPeer(
          StreamSocket.connect(self, localAddress, localPort, address, remotePort, waitNanos));
    }

    private Peer connectUdp() throws IOException {
      DatagramSocket socket = DatagramSocket.bind(self, localAddress, localPort);
      socket.connect(address, remotePort);
      UdpPeer peer = new UdpPeer(socket, Optional.empty());
      if (options.has('z')) {
        UdpProbe.busyBox(self, peer, address, waitNanos);
      }
      return peer;
    }

    private int listen() throws IOException {
      if (options.has('u')) {
        return converse(listenUdp());
      }
      ServerSocket server = ServerSocket.bind(self, localAddress, localPort, 1);
      sayListening(server.localAddress(), server.localPort());
      while (true) {
        StreamSocket accepted = accept(server);
        sayConnected(
            accepted.localAddress(),
            accepted.localPort(),
            accepted.remoteAddress(),
            accepted.remotePort());
        Peer peer = new TcpPeer(accepted);
        boolean persistent = options.has('k') || options.count('l') > 1;
        if (!persistent || command.isEmpty()) {
          server.close();
          return converse(peer);
        }
        serve(peer);
      }
    }

    private StreamSocket accept(ServerSocket server) throws IOException {
      while (true) {
        StreamSocket accepted = server.accept(deadline());
        boolean fromOther =
            host.isPresent()
                && (accepted.remoteAddress() != address
                    || remotePort != 0 && accepted.remotePort() != remotePort);
        if (!fromOther) {
          return accepted;
        }
        if (verbosity > 0) {
          String from = text(accepted.remoteAddress(), accepted.remotePort());
          USAGE.complain(self, "connect from wrong ip/port " + from + " ignored");
        }
        accepted.close();
      }
    }

    private Peer listenUdp() throws IOException {
      DatagramSocket socket = DatagramSocket.bind(self, localAddress, localPort);
      sayListening(socket.localAddress(), socket.localPort());
      if (host.isPresent()) {
        socket.connect(address, remotePort);
      }
      Datagram first = socket.receive(deadline());
      if (host.isEmpty()) {
        socket.connect(first.source(), first.sourcePort());
      }
      sayConnected(first.destination(), localPort, first.source(), first.sourcePort());
      return new UdpPeer(socket, Optional.of(first.payload()));
    }

    private long deadline() {
      return waitNanos == 0 ? Clock.NEVER : self.now() + waitNanos;
    }

    private void sayListening(int local, int localPortInUse) {
      if (verbosity > 0) {
        self.printError("listening on " + text(local, localPortInUse) + " ...\n");
      }
    }

    private void sayConnected(int local, int ownPort, int remote, int itsPort) {
      if (verbosity > 0) {
        String from = text(remote, itsPort);
        String name =
            options.has('n')
                ? from
                : Resolver.nameOf(self, new Ipv4Address(remote))
                    .map(found -> found + ":" + itsPort)
                    .orElse(from);
        self.printError("connect to " + text(local, ownPort) + " from " + name);
        self.printError(" (" + from + ")\n");
      }
    }

    private int converse(Peer peer) throws IOException {
      return command.isEmpty() ? relay(peer) : become(peer);
    }

    /** Gives the connection to a program in this process. */
    private int become(Peer peer) {
      Optional<Program> program = PathSearch.find(self, self.environment(), command.getFirst());
      if (program.isEmpty()) {
        USAGE.fail(self, "can't execute '" + command.getFirst() + "': No such file or directory");
      }
      self.exec(program.orElseThrow(), childSpec(peer));
      return 0;
    }

    /** Gives the connection to a program in a process of its own. */
    private void serve(Peer peer) {
      Program program =
          PathSearch.find(self, self.environment(), command.getFirst()).orElse(_ -> 127);
      Process child = self.host().processes().start(program, self, childSpec(peer));
      child.onEnd(peer::close);
    }

    private ProcessSpec childSpec(Peer peer) {
      return new ProcessSpec(
          command,
          self.environment(),
          self.workingDirectory(),
          new SocketStreams(peer).in(self.stdio()));
    }

    private int relay(Peer peer) throws IOException {
      Relay relay = new Relay(self, peer);
      boolean shut = false;
      boolean warned = false;
      while (!relay.isAllSent() || !relay.peerEnded()) {
        if (!relay.await(deadline())) {
          if (relay.isAllSent() && warned) {
            sayAtLength("net timeout\n");
            return report(0, relay.sent(), relay.received());
          }
          warned = warned || relay.isAllSent();
          continue;
        }
        try {
          relay.move();
          if (relay.isAllSent() && !shut) {
            shut = true;
            peer.shutdownOutput();
          }
        } catch (IOException failed) {
          if (!relay.peerEnded()) {
            return report(1, relay.sent(), relay.received());
          }
          sayAtLength("nc: net read: " + reason(failed) + "\n");
        }
      }
      peer.close();
      return report(0, relay.sent(), relay.received());
    }

    private void sayAtLength(String text) {
      if (verbosity > 1) {
        self.printError(text);
      }
    }

    private int report(int status, long sent, long received) {
      sayAtLength("sent " + sent + ", rcvd " + received + "\n");
      return status;
    }

    private static boolean isRefusal(IOException failed) {
      return failed instanceof ConnectException && "Connection refused".equals(failed.getMessage());
    }

    /** What musl calls it. */
    private static String reason(IOException failed) {
      return switch (failed) {
        case SocketTimeoutException _ -> "Operation timed out";
        case NoRouteToHostException _ -> "Host is unreachable";
        case ConnectException refused when refused.getMessage().contains("timed out") ->
            "Operation timed out";
        case BindException _ -> failed.getMessage().replace("already in use", "in use");
        case SocketException e ->
            e.getMessage()
                .replace("Network is un", "Network un")
                .replaceFirst("reset$", "reset by peer");
        default -> failed.getMessage();
      };
    }

    private static String text(int address, int tcpPort) {
      return Ipv4Address.toString(address) + ":" + tcpPort;
    }
  }
}
