package dev.dockwire.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.engine.spec.NetworkSpec;
import dev.dockwire.engine.spec.PortBinding;
import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.frame.Ipv4Prefix;
import dev.dockwire.host.World;
import dev.dockwire.stack.HostStack;
import dev.dockwire.stack.ip.Route;
import dev.dockwire.stack.socket.TcpListener;
import dev.dockwire.stack.socket.TcpSocket;
import dev.dockwire.time.Seed;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the gateway of the uplink reaches of containers, and they of it. */
class OutsideTest {

  private static final int GATEWAY = Ipv4Address.parse("10.0.2.2").value();
  private static final int HOST = Ipv4Address.parse("10.0.2.15").value();

  private final World world = World.inVirtualTime(new Seed(1));
  private final Engine engine = new Engine(world);
  private Container web;
  private String outcome = "";

  @BeforeEach
  void runServer() {
    web = run("web", "bridge", new PortBinding(80, "tcp", "", 8080, 8080));
  }

  @AfterEach
  void close() {
    engine.close();
  }

  private Container run(String name, String network, PortBinding... published) {
    return Alpine.run(engine, name, List.of(network), published);
  }

  private TcpListener listen(Container container) throws Exception {
    return TcpListener.listen(container.host().orElseThrow().stack(), 0, 80, 5, _ -> {});
  }

  /** Connects from a stack, and says how that ended, or nothing after ten seconds. */
  private String connect(HostStack from, int address, int port) throws Exception {
    outcome = "";
    TcpSocket.connect(
        from,
        0,
        0,
        address,
        port,
        new TcpSocket.Handler() {
          @Override
          public void onConnected(TcpSocket socket, long now) {
            outcome = "connected";
          }

          @Override
          public void onClosed(TcpSocket socket, IOException cause, long now) {
            outcome = cause == null ? "closed" : cause.getMessage();
          }
        },
        world.now());
    world.loop().runUntil(world.now() + TimeUnit.SECONDS.toNanos(10));
    return outcome;
  }

  private HostStack outsideWithRouteTo(String network) {
    HostStack outside = engine.dockerHost().outside();
    outside
        .routes()
        .add(
            new Route(
                Ipv4Prefix.parse(network),
                new Ipv4Address(HOST),
                outside.findInterface("eth0").orElseThrow(),
                new Ipv4Address(GATEWAY),
                0));
    return outside;
  }

  private void createNetwork(String name, boolean internal, String gatewayMode) {
    Map<String, String> options = Map.of(GatewayMode.OPTION, gatewayMode);
    engine
        .networks()
        .create(new NetworkSpec(name, "bridge", List.of(), internal, false, options, Map.of()));
  }

  private String clientOf(TcpListener listener) {
    TcpSocket accepted = listener.accept(new TcpSocket.Handler() {});
    return accepted == null ? "nobody" : Ipv4Address.toString(accepted.remoteAddress());
  }

  @Test
  void theOutsideReachesAPublishedPortAndIsSeenAsItIs() throws Exception {
    TcpListener listener = listen(web);
    assertThat(connect(engine.dockerHost().outside(), HOST, 8080)).isEqualTo("connected");
    assertThat(clientOf(listener)).isEqualTo("10.0.2.2");
    assertThat(connect(engine.dockerHost().outside(), HOST, 8081)).isEqualTo("Connection refused");
  }

  @Test
  void afterTheEndOfTheContainerThePortIsClosed() throws Exception {
    listen(web);
    engine.remove(web, true);
    world.loop().runUntil(() -> web.state() == Container.State.REMOVED);
    assertThat(connect(engine.dockerHost().outside(), HOST, 8080)).isEqualTo("Connection refused");
  }

  @Test
  void aContainersAddressIsNotReachedFromOutside() throws Exception {
    TcpListener listener = listen(web);
    HostStack outside = outsideWithRouteTo("172.17.0.0/16");
    int direct = Ipv4Address.parse("172.17.0.2").value();
    assertThat(connect(outside, direct, 80)).isEmpty();
    assertThat(clientOf(listener)).isEqualTo("nobody");
  }

  @Test
  void containersReachTheOutsideUnderTheHostsAddress() throws Exception {
    TcpListener server = TcpListener.listen(engine.dockerHost().outside(), 0, 9_000, 5, _ -> {});
    assertThat(connect(web.host().orElseThrow().stack(), GATEWAY, 9_000)).isEqualTo("connected");
    assertThat(clientOf(server)).isEqualTo("10.0.2.15");
  }

  @Test
  void onAnInternalNetworkThereIsNoWayInOrOut() throws Exception {
    engine
        .networks()
        .create(new NetworkSpec("in", "bridge", List.of(), true, false, Map.of(), Map.of()));
    Container inside = run("inside", "in", new PortBinding(80, "tcp", "", 9090, 9090));
    assertThat(inside.published()).isEmpty();
    assertThat(connect(engine.dockerHost().outside(), HOST, 9090)).isEqualTo("Connection refused");
    // Its own gateway answers, but leads nowhere.
    int gateway = engine.networks().find("in").segment().orElseThrow().gateway().value();
    listen(web);
    assertThat(connect(inside.host().orElseThrow().stack(), gateway, 8080)).isEmpty();
  }

  @Test
  void ofARoutedNetworkThePublishedPortsAreReachedAtTheContainersAddress() throws Exception {
    createNetwork("routed", false, "routed");
    Container shop = run("shop", "routed", new PortBinding(80, "tcp", "", 9090, 9090));
    assertThat(shop.published()).containsExactly(new PublishedPort(80, "tcp", Ipv4Address.ANY, 0));
    HostStack outside = outsideWithRouteTo("172.18.0.0/16");
    TcpListener listener = listen(shop);
    int address = Ipv4Address.parse("172.18.0.2").value();
    assertThat(connect(outside, address, 80)).isEqualTo("connected");
    assertThat(clientOf(listener)).isEqualTo("10.0.2.2");
    assertThat(connect(outside, address, 81)).as("not published").isEmpty();
    assertThat(connect(outside, HOST, 9090)).as("no port of the host's").endsWith("refused");
    TcpListener server = TcpListener.listen(outside, 0, 9_000, 5, _ -> {});
    assertThat(connect(shop.host().orElseThrow().stack(), GATEWAY, 9_000)).isEqualTo("connected");
    assertThat(clientOf(server)).as("under its own address").isEqualTo("172.18.0.2");
  }

  @Test
  void olderNetworksReachPublishedPortsOfARoutedOne() throws Exception {
    createNetwork("routed", false, "routed");
    Container shop = run("shop", "routed", new PortBinding(80, "tcp", "", 9090, 9090));
    TcpListener listener = listen(shop);
    int address = Ipv4Address.parse("172.18.0.2").value();
    HostStack client = web.host().orElseThrow().stack();
    assertThat(connect(client, address, 80)).isEqualTo("connected");
    assertThat(clientOf(listener)).as("masqueraded by its own network").isEqualTo("172.18.0.1");
    assertThat(connect(client, address, 81)).as("not published").isEmpty();
  }

  @Test
  void anUnprotectedNetworkIsReachedDirectlyAtAllPorts() throws Exception {
    createNetwork("open", false, "nat-unprotected");
    Container shop = run("shop", "open", new PortBinding(8000, "tcp", "", 9090, 9090));
    TcpListener listener = listen(shop);
    HostStack outside = outsideWithRouteTo("172.18.0.0/16");
    assertThat(connect(outside, Ipv4Address.parse("172.18.0.2").value(), 80))
        .isEqualTo("connected");
    assertThat(clientOf(listener)).isEqualTo("10.0.2.2");
    assertThat(shop.published()).hasSize(1);
  }

  @Test
  void onAnIsolatedNetworkThereIsNoHost() throws Exception {
    createNetwork("alone", true, "isolated");
    Container first = run("first", "alone");
    Container second = run("second", "alone");
    listen(second);
    HostStack stack = first.host().orElseThrow().stack();
    assertThat(stack.findInterface("eth0").orElseThrow().address())
        .as("the first address is nobody else's")
        .hasToString("Optional[172.18.0.1/16]");
    assertThat(connect(stack, Ipv4Address.parse("172.18.0.2").value(), 80)).isEqualTo("connected");
    assertThat(engine.dockerHost().host().stack().isLocal(Ipv4Address.parse("172.18.0.1").value()))
        .isFalse();
  }
}
