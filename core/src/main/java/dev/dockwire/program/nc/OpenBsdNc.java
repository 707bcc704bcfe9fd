package dev.dockwire.program.nc;

import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.frame.Services;
import dev.dockwire.host.Process;
import dev.dockwire.host.Program;
import dev.dockwire.host.resolver.Resolver;
import dev.dockwire.host.socket.Datagram;
import dev.dockwire.host.socket.DatagramSocket;
import dev.dockwire.host.socket.ServerSocket;
import dev.dockwire.host.socket.StreamSocket;
import dev.dockwire.time.Clock;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.util.Optional;

/**
 * {@code nc} as OpenBSD has it, with Debian's {@code -q}. The end of standard input is not passed
 * on unless {@code -N} or {@code -q} asks for it, so that two of them that have nothing more to say
 * wait for each other.
 */
public final class OpenBsdNc implements Program {

  @Override
  public int run(Process self) {
    OpenBsdOptions options = OpenBsdOptions.parse(self);
    Session session = new Session(self, options);
    try {
      return options.listens() ? session.listen() : session.connect();
    } catch (SocketTimeoutException late) {
      return 1;
    } catch (IOException failed) {
      self.printError("nc: " + failed.getMessage() + "\n");
      return 1;
    }
  }

  /** One run of nc. */
  private static final class Session {

    private final Process self;
    private final OpenBsdOptions options;
    private final String protocol;
    private final int localAddress;

    Session(Process self, OpenBsdOptions options) {
      this.self = self;
      this.options = options;
      this.protocol = options.udp() ? "udp" : "tcp";
      this.localAddress = options.source().map(name -> resolve(name, "")).orElse(0);
    }

    private int resolve(String name, String servicePort) {
      Optional<Ipv4Address> found =
          options.numeric() && !Ipv4Address.isAddress(name)
              ? Optional.empty()
              : Resolver.resolve(self, name);
      if (found.isEmpty()) {
        String what = servicePort.isEmpty() ? ": " : " for host \"" + name + "\" port ";
        self.printError(
            "nc: getaddrinfo"
                + what
                + servicePort
                + (servicePort.isEmpty() ? "" : ": ")
                + "Name or service not known\n");
        self.exit(1);
      }
      return found.orElseThrow().value();
    }

    int connect() throws IOException {
      int address = resolve(options.host(), options.ports().getFirst().toString());
      boolean any = false;
      for (int remotePort : options.ports()) {
        Peer peer;
        try {
          peer = options.udp() ? connectUdp(address, remotePort) : connectTcp(address, remotePort);
        } catch (IOException failed) {
          complain(address, remotePort, failed);
          continue;
        }
        any = true;
        saySucceeded(address, remotePort);
        if (!options.scans()) {
          relay(peer, false);
        }
        peer.close();
      }
      return any ? 0 : 1;
    }

    private Peer connectTcp(int address, int remotePort) throws IOException {
      return new TcpPeer(
          StreamSocket.connect(
              self, localAddress, options.localPort(), address, remotePort, options.waitNanos()));
    }

    private Peer connectUdp(int address, int remotePort) throws IOException {
      DatagramSocket socket = DatagramSocket.bind(self, localAddress, options.localPort());
      socket.connect(address, remotePort);
      Peer peer = new UdpPeer(socket, Optional.empty());
      if (options.scans() || options.verbose()) {
        UdpProbe.openBsd(self, peer);
      }
      return peer;
    }

    private void complain(int address, int remotePort, IOException failed) {
      if (options.udp() || !options.verbose()) {
        return;
      }
      boolean late = failed instanceof SocketTimeoutException;
      String reason = late ? "Operation now in progress" : failed.getMessage();
      boolean timedOut = late || failed instanceof ConnectException && reason.endsWith("timed out");
      self.printError(
          "nc: connect to "
              + shownHost(address)
              + " port "
              + remotePort
              + " ("
              + protocol
              + ") "
              + (timedOut ? "timed out: " : "failed: ")
              + reason
              + "\n");
    }

    private void saySucceeded(int address, int remotePort) {
      if (!options.verbose()) {
        return;
      }
      String service = options.numeric() ? "*" : services().name(remotePort).orElse("*");
      self.printError(
          "Connection to "
              + shownHost(address)
              + " "
              + remotePort
              + " port ["
              + protocol
              + "/"
              + service
              + "] succeeded!\n");
    }

    private Services services() {
      return options.udp() ? Services.UDP : Services.TCP;
    }

    private String shownHost(int address) {
      String numeric = Ipv4Address.toString(address);
      return options.numeric() || options.host().equals(numeric)
          ? options.host()
          : options.host() + " (" + numeric + ")";
    }

    int listen() throws IOException {
      int own = options.host().isEmpty() ? localAddress : resolve(options.host(), "");
      if (options.udp()) {
        return listenUdp(own);
      }
      ServerSocket server = ServerSocket.bind(self, own, options.localPort(), 5);
      say("Listening on " + nameOf(own) + " " + server.localPort());
      do {
        StreamSocket accepted = server.accept(Clock.NEVER);
        if (!options.keepsListening()) {
          server.close();
        }
        say("Connection received on " + from(accepted.remoteAddress(), accepted.remotePort()));
        Peer peer = new TcpPeer(accepted);
        relay(peer, true);
        peer.close();
      } while (options.keepsListening());
      return 0;
    }

    private int listenUdp(int own) throws IOException {
      DatagramSocket socket = DatagramSocket.bind(self, own, options.localPort());
      say("Bound on " + nameOf(own) + " " + socket.localPort());
      Datagram first = socket.receive(Clock.NEVER);
      socket.connect(first.source(), first.sourcePort());
      say("Connection received on " + from(first.source(), first.sourcePort()));
      relay(new UdpPeer(socket, Optional.of(first.payload())), true);
      return 0;
    }

    private void say(String line) {
      if (options.verbose()) {
        self.printError(line + "\n");
      }
    }

    private String from(int address, int remotePort) {
      return nameOf(address) + " " + remotePort;
    }

    private String nameOf(int address) {
      Ipv4Address value = new Ipv4Address(address);
      return options.numeric() || address == 0
          ? value.toString()
          : Resolver.nameOf(self, value).orElse(value.toString());
    }

    private void relay(Peer peer, boolean listens) {
      Relay relay = new Relay(self, peer);
      if (options.ignoresInput()) {
        relay.withoutInput();
      }
      boolean shut = false;
      try {
        while (!isOver(relay, listens)) {
          if (relay.isAllSent() && !shut) {
            shut = true;
            if (options.shutsDown()) {
              peer.shutdownOutput();
            }
            if (options.quitNanos().isPresent() && awaitQuit(relay)) {
              return;
            }
          }
          if (!relay.await(idleDeadline())) {
            return;
          }
          relay.move();
        }
      } catch (IOException broken) {
        // As at the end of the stream, which it is.
      }
    }

    private static boolean isOver(Relay relay, boolean listens) {
      return relay.peerEnded() && (listens || relay.isAllSent());
    }

    private long idleDeadline() {
      return options.waitNanos() == 0 ? Clock.NEVER : self.now() + options.waitNanos();
    }

    /** Lets what still comes come for as long as {@code -q} says; true if the peer is not done. */
    private boolean awaitQuit(Relay relay) throws IOException {
      long deadline = self.now() + options.quitNanos().getAsLong();
      while (!relay.peerEnded() && relay.await(deadline)) {
        relay.move();
      }
      return !relay.peerEnded();
    }
  }
}
