package dev.dockwire.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.engine.spec.NetworkSpec;
import dev.dockwire.engine.spec.PortBinding;
import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.host.World;
import dev.dockwire.stack.HostStack;
import dev.dockwire.stack.socket.TcpListener;
import dev.dockwire.stack.socket.TcpSocket;
import dev.dockwire.time.Seed;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who reaches a published port under {@code --userland-proxy=false}, and is seen as whom. */
class WithoutProxyTest {

  private static final int LOOPBACK = Ipv4Address.LOOPBACK.value();
  private static final int HOST = Ipv4Address.parse("10.0.2.15").value();
  private static final int GATEWAY = Ipv4Address.parse("172.17.0.1").value();

  private final World world = World.inVirtualTime(new Seed(1));
  private final Engine engine = new Engine(world, EngineSettings.DEFAULT.withUserlandProxy(false));
  private HostStack web;
  private TcpListener listener;

  @BeforeEach
  void runServer() throws Exception {
    web = run("web", "bridge", new PortBinding(80, "tcp", "", 8080, 8080));
    listener = TcpListener.listen(web, 0, 80, 5, _ -> {});
  }

  @AfterEach
  void close() {
    engine.close();
  }

  private HostStack run(String name, String network, PortBinding... published) {
    return Alpine.run(engine, name, List.of(network), published).host().orElseThrow().stack();
  }

  /** Connects to the published port, and says how that ended and as whom the server saw it. */
  private String connect(HostStack from, int address) throws Exception {
    StringBuilder outcome = new StringBuilder();
    TcpSocket.connect(
        from,
        0,
        0,
        address,
        8080,
        new TcpSocket.Handler() {
          @Override
          public void onConnected(TcpSocket socket, long now) {
            outcome.append("connected from ");
          }

          @Override
          public void onClosed(TcpSocket socket, IOException cause, long now) {
            outcome.append(cause == null ? "closed" : cause.getMessage());
          }
        },
        world.now());
    world.loop().runUntil(world.now() + TimeUnit.SECONDS.toNanos(10));
    TcpSocket accepted = listener.accept(new TcpSocket.Handler() {});
    return outcome + (accepted == null ? "" : Ipv4Address.toString(accepted.remoteAddress()));
  }

  @Test
  void theHostIsSeenAsTheGateway() throws Exception {
    HostStack host = engine.dockerHost().host().stack();
    assertThat(connect(host, LOOPBACK)).isEqualTo("connected from 172.17.0.1");
    assertThat(connect(host, HOST)).isEqualTo("connected from 172.17.0.1");
    assertThat(connect(host, GATEWAY)).isEqualTo("connected from 172.17.0.1");
  }

  @Test
  void theOutsideIsSeenAsItIs() throws Exception {
    HostStack outside = engine.dockerHost().outside();
    assertThat(connect(outside, HOST)).isEqualTo("connected from 10.0.2.2");
  }

  @Test
  void aNeighbourIsSeenAsItIsThoughItsAnswersDoNotPassTheHost() throws Exception {
    HostStack neighbour = run("neighbour", "bridge");
    assertThat(connect(neighbour, HOST)).isEqualTo("connected from 172.17.0.3");
    assertThat(connect(neighbour, GATEWAY)).isEqualTo("connected from 172.17.0.3");
  }

  @Test
  void theContainerReachesItself() throws Exception {
    assertThat(connect(web, HOST)).isEqualTo("connected from 172.17.0.1");
  }

  @Test
  void otherNetworksAreKeptOutByIsolation() throws Exception {
    engine.networks().create(NetworkSpec.bridge("other"));
    assertThat(connect(run("stranger", "other"), HOST)).isEmpty();
  }
}
