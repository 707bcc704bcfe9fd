package dev.dockwire.edge;

import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.frame.Ipv4Prefix;
import dev.dockwire.frame.MacAddress;
import dev.dockwire.host.World;
import dev.dockwire.link.Nic;
import dev.dockwire.stack.HostStack;
import dev.dockwire.stack.ip.Route;
import dev.dockwire.stack.socket.TcpSocket;
import dev.dockwire.time.Seed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Callable;

/**
 * A gateway at 10.0.2.2 and a host at 10.0.2.15 on one wire, in real time on a thread of their own,
 * with the edge at the gateway.
 */
final class EdgeFixture {

  static final int SERVER_PORT = 80;

  final EdgeLoop edge = new EdgeLoop();
  final World world = World.inRealTime(new Seed(1), edge);
  final HostStack gateway;
  final HostStack host;

  private final int hostAddress;
  private final WorldThread thread;

  EdgeFixture() {
    world.loop().add(edge);
    Nic one = nic("10.0.2.2");
    Nic other = nic("10.0.2.15");
    one.connect(other);
    other.connect(one);
    gateway = stack("gateway", one, "10.0.2.2/24");
    host = stack("host", other, "10.0.2.15/24");
    hostAddress = Ipv4Prefix.parse("10.0.2.15/24").address().value();
    thread = new WorldThread(world);
  }

  private Nic nic(String address) {
    MacAddress mac = MacAddress.fromIpv4(Ipv4Prefix.parse(address + "/24").address());
    return new Nic("eth0", mac, 1_500, world.fabric());
  }

  private HostStack stack(String name, Nic nic, String address) {
    HostStack stack = new HostStack(name, world.timers(), world.seed().generator(name));
    stack.attach(nic).address(Ipv4Prefix.parse(address), 0);
    return stack;
  }

  /** A real port whose connections lead to the host's port 80. */
  TcpPort publish() throws Exception {
    return call(
        () ->
            TcpPort.open(
                edge,
                world.loop(),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                this::connect));
  }

  TcpSocket connect(TcpSocket.Handler handler, long now) throws IOException {
    return TcpSocket.connect(gateway, 0, 0, hostAddress, SERVER_PORT, handler, now);
  }

  /** A way out from the gateway for which every address beyond is this machine's 127.0.0.1. */
  Uplink openUplink(Uplink.Policy policy, InetSocketAddress resolver) throws Exception {
    return call(
        () -> {
          host.routes()
              .add(
                  new Route(
                      Ipv4Prefix.parse("0.0.0.0/0"),
                      Ipv4Address.parse("10.0.2.2"),
                      host.interfaces().getFirst(),
                      Ipv4Address.parse("10.0.2.15"),
                      0));
          InetAddress loopback = InetAddress.getLoopbackAddress();
          return new Uplink(edge, world, gateway, policy, address -> loopback, resolver);
        });
  }

  /** Runs something on the world's thread. */
  <T> T call(Callable<T> action) throws Exception {
    return thread.call(action);
  }

  void stop() throws InterruptedException {
    thread.stop();
  }
}
