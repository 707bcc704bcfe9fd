package dev.dockwire.edge;

import dev.dockwire.engine.DockerHost;
import dev.dockwire.engine.RealPorts;
import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.host.World;
import dev.dockwire.stack.HostStack;
import dev.dockwire.stack.socket.TcpSocket;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Consumer;

/**
 * Opens a real port of this machine for each port that a container publishes. Connections to it
 * come to the Docker host from the uplink's gateway, as from any other machine; those to a port
 * that is published on the Docker host's loopback or on a bridge's address only, from the Docker
 * host itself.
 *
 * <p>Real sockets are bound where the user says and nowhere else, whatever address Docker shows;
 * what is published on a loopback address is bound to 127.0.0.1 in any case. A process that may not
 * bind ports below 1024 gets one {@link #PRIVILEGED_OFFSET} higher instead, and says so.
 */
public final class PublishedPorts implements RealPorts {

  static final int PRIVILEGED_OFFSET = 8_000;

  private static final int PRIVILEGED_PORTS = 1_024;

  /**
   * Where real sockets are bound.
   *
   * @param offset what is added to the host port's number
   */
  public record Settings(InetAddress address, int offset) {

    public static final Settings DEFAULT = new Settings(InetAddress.getLoopbackAddress(), 0);
  }

  private final EdgeLoop edge;
  private final World world;
  private final DockerHost dockerHost;
  private final Settings settings;
  private final Consumer<String> notices;

  /**
   * @param notices hears, in a sentence, where a port is that has another number than Docker shows
   */
  public PublishedPorts(
      EdgeLoop edge,
      World world,
      DockerHost dockerHost,
      Settings settings,
      Consumer<String> notices) {
    this.edge = edge;
    this.world = world;
    this.dockerHost = dockerHost;
    this.settings = settings;
    this.notices = notices;
  }

  @Override
  public Open open(String protocol, Ipv4Address address, int hostPort) throws IOException {
    boolean onLoopback = Ipv4Address.isLoopback(address.value());
    InetAddress bindAddress = onLoopback ? InetAddress.getLoopbackAddress() : settings.address();
    int wanted = hostPort + settings.offset();
    if (wanted < 1 || wanted > 65_535) {
      throw new BindException("port " + wanted + " is out of range");
    }
    Opened opened = open(protocol, address, hostPort, bindAddress, wanted);
    InetSocketAddress real = opened.address();
    if (real.getPort() != hostPort) {
      notices.accept(
          "port %d/%s is at %s:%d of this machine"
              .formatted(hostPort, protocol, real.getAddress().getHostAddress(), real.getPort()));
    }
    return opened.open();
  }

  private record Opened(InetSocketAddress address, Open open) {}

  private Opened open(
      String protocol, Ipv4Address address, int hostPort, InetAddress bindAddress, int realPort)
      throws IOException {
    try {
      return protocol.equals("udp")
          ? openUdp(address, hostPort, new InetSocketAddress(bindAddress, realPort))
          : openTcp(address, hostPort, new InetSocketAddress(bindAddress, realPort));
    } catch (BindException e) {
      if (realPort < PRIVILEGED_PORTS && e.getMessage().equals("permission denied")) {
        return open(protocol, address, hostPort, bindAddress, realPort + PRIVILEGED_OFFSET);
      }
      throw e;
    }
  }

  private Opened openTcp(Ipv4Address address, int hostPort, InetSocketAddress real)
      throws IOException {
    HostStack from = stackFor(address);
    int to = targetOf(address);
    TcpPort opened =
        TcpPort.open(
            edge,
            world.loop(),
            real,
            (handler, now) -> TcpSocket.connect(from, 0, 0, to, hostPort, handler, now));
    return new Opened(opened.address(), opened::close);
  }

  private Opened openUdp(Ipv4Address address, int hostPort, InetSocketAddress real)
      throws IOException {
    UdpPort.Target target = new UdpPort.Target(stackFor(address), targetOf(address), hostPort);
    UdpPort opened = UdpPort.open(edge, world.loop(), world.timers(), real, target);
    return new Opened(opened.address(), opened::close);
  }

  /** Who can reach an address of the Docker host. */
  private HostStack stackFor(Ipv4Address address) {
    return isOnUplink(address) ? dockerHost.outside() : dockerHost.host().stack();
  }

  private int targetOf(Ipv4Address address) {
    return address.value() == 0 ? dockerHost.address().value() : address.value();
  }

  private boolean isOnUplink(Ipv4Address address) {
    return address.value() == 0 || address.equals(dockerHost.address());
  }
}
