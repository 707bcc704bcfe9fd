package dev.dockwire.engine;

import dev.dockwire.engine.spec.PortBinding;
import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.stack.HostStack;
import dev.dockwire.stack.socket.EphemeralPorts;
import dev.dockwire.stack.socket.TcpListener;
import dev.dockwire.stack.socket.UdpSocket;
import dev.dockwire.stack.tcp.SocketOptions;
import dev.dockwire.stack.udp.UdpBinding;
import java.io.IOException;
import java.net.BindException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Which ports of the Docker host are given to containers. Each is held by a socket, as by Docker's
 * proxy, so that the host's programs and the containers cannot have the same one.
 *
 * <p>Where the user leaves the choice, ports are given out upwards from the last one, for each
 * address and range, so that none is used again soon.
 */
final class HostPorts {

  private static final SocketOptions OPTIONS = SocketOptions.DEFAULT.withReuseAddress(true);

  /** No port can be had; the message says why, in the engine's words. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message);
    }
  }

  private record Port(Ipv4Address address, String protocol, int number) {}

  private record Range(Ipv4Address address, String protocol, int first, int last) {}

  private final DockerHost dockerHost;
  private final HostStack stack;
  private final Compat compat;
  private final Map<Port, RealPorts.Open> held = new LinkedHashMap<>();
  private final Map<Range, Integer> lastGiven = new LinkedHashMap<>();

  HostPorts(DockerHost dockerHost, Compat compat) {
    this.dockerHost = dockerHost;
    this.stack = dockerHost.host().stack();
    this.compat = compat;
  }

  /**
   * Takes the host port that a binding asks for.
   *
   * @param container whose it is to be, for the message if it cannot be bound
   */
  PublishedPort take(PortBinding binding, Ipv4Address address, Ipv4Address container)
      throws Refused {
    int first = binding.firstHostPort();
    if (first != 0 && first == binding.lastHostPort()) {
      Port port = new Port(address, binding.protocol(), first);
      if (held.containsKey(port)) {
        throw new Refused(
            "Bind for %s:%d failed: port is already allocated".formatted(address, first));
      }
      return hold(port, binding, container);
    }
    return takeNext(
        first == 0
            ? new Range(address, binding.protocol(), EphemeralPorts.FIRST, EphemeralPorts.LAST)
            : new Range(address, binding.protocol(), first, binding.lastHostPort()),
        binding,
        container);
  }

  private PublishedPort takeNext(Range range, PortBinding binding, Ipv4Address container)
      throws Refused {
    int size = range.last() - range.first() + 1;
    int next = lastGiven.getOrDefault(range, range.last());
    for (int tried = 0; tried < size; tried++) {
      next = next == range.last() ? range.first() : next + 1;
      Port port = new Port(range.address(), range.protocol(), next);
      if (!held.containsKey(port) && isFree(port)) {
        lastGiven.put(range, next);
        try {
          return hold(port, binding, container);
        } catch (Refused taken) {
          // By a process of the real machine: the next one may do.
        }
      }
    }
    throw new Refused("all ports are allocated");
  }

  private boolean isFree(Port port) {
    int address = port.address().value();
    return port.protocol().equals("udp")
        ? stack.udp().table().isFree(address, port.number())
        : stack.tcp().canListen(address, port.number(), OPTIONS);
  }

  private PublishedPort hold(Port port, PortBinding binding, Ipv4Address container) throws Refused {
    try {
      held.put(port, open(port));
    } catch (IOException e) {
      String reason =
          e.getMessage().substring(0, 1).toLowerCase(Locale.ROOT) + e.getMessage().substring(1);
      throw new Refused(
          compat.cannotBind(
              port.protocol(),
              port.address() + ":" + port.number(),
              container + ":" + binding.exposed(),
              reason));
    }
    return new PublishedPort(
        binding.containerPort(), port.protocol(), port.address(), port.number());
  }

  /** Inside, and outside too. */
  private RealPorts.Open open(Port port) throws IOException {
    RealPorts.Open inside = port.protocol().equals("udp") ? bindUdp(port) : listen(port);
    try {
      RealPorts.Open outside =
          dockerHost.realPorts().open(port.protocol(), port.address(), port.number());
      return () -> {
        outside.close();
        inside.close();
      };
    } catch (IOException e) {
      inside.close();
      throw e;
    }
  }

  private RealPorts.Open listen(Port port) throws BindException {
    TcpListener listener =
        TcpListener.listen(stack, OPTIONS, port.address().value(), port.number(), 1, _ -> {});
    return () -> listener.close(dockerHost.host().world().now());
  }

  private RealPorts.Open bindUdp(Port port) throws BindException {
    UdpSocket socket = UdpSocket.open(stack, new Deaf());
    socket.bind(port.address().value(), port.number());
    return socket::close;
  }

  /** Gives a port back. */
  void release(PublishedPort port) {
    RealPorts.Open socket =
        held.remove(new Port(port.hostAddress(), port.protocol(), port.hostPort()));
    if (socket != null) {
      socket.close();
    }
  }

  /** Hears nothing: all that comes for a published port goes to its container. */
  private static final class Deaf implements UdpBinding.Receiver {
    @Override
    public boolean onDatagram(
        int source,
        int sourcePort,
        int destination,
        byte[] bytes,
        int offset,
        int length,
        long now) {
      return false;
    }
  }
}
