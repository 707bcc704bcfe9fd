package dev.dockwire.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dockwire.engine.spec.ContainerSpec;
import dev.dockwire.frame.Ipv4View;
import dev.dockwire.frame.TcpView;
import dev.dockwire.host.Host;
import dev.dockwire.host.Process;
import dev.dockwire.host.ProcessSpec;
import dev.dockwire.host.Signal;
import dev.dockwire.host.Stdio;
import dev.dockwire.host.World;
import dev.dockwire.host.socket.StreamSocket;
import dev.dockwire.link.FrameSlot;
import dev.dockwire.link.FrameTap;
import dev.dockwire.link.Nic;
import dev.dockwire.stack.HostStack;
import dev.dockwire.stack.tcp.TcpConnection;
import dev.dockwire.stack.tcp.TcpState;
import dev.dockwire.time.Seed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the other side sees of a container whose first process ends. */
class DepartureTest {

  private static final long SECOND = 1_000_000_000L;

  private final World world = World.inVirtualTime(new Seed(1));
  private final Engine engine = new Engine(world);
  private final List<String> fromServer = new ArrayList<>();
  private final Set<String> numbers = new HashSet<>();
  private int sentAgain;

  private Container run(String image, String name, String... command) {
    Container container =
        engine.create(ContainerSpec.of(image).withName(name).withCommand(List.of(command)));
    engine.start(container);
    return container;
  }

  private void untilEnded(Container container) {
    assertThat(world.loop().runUntil(() -> !container.isRunning())).isTrue();
  }

  private void pass(long nanos) {
    world.loop().runUntil(world.now() + nanos);
  }

  /** Notes what TCP segments a container sends, and whether one with data or a FIN comes twice. */
  private void watch(Container container) {
    Nic nic = container.endpoints().getFirst().wire().orElseThrow().nic();
    nic.add(
        new FrameTap() {
          @Override
          public void onTransmit(Nic from, FrameSlot frame) {
            note(frame);
          }

          @Override
          public void onReceive(Nic to, FrameSlot frame, long now) {}
        });
  }

  private void note(FrameSlot frame) {
    Ipv4View ip = new Ipv4View();
    TcpView tcp = new TcpView();
    if (!ip.wrap(frame.bytes(), frame.offset() + 14, frame.length() - 14)
        || ip.protocol() != Ipv4View.PROTOCOL_TCP
        || !tcp.wrap(
            frame.bytes(), ip.payloadOffset(), ip.payloadLength(), ip.source(), ip.destination())) {
      return;
    }
    boolean occupies = tcp.payloadLength() > 0 || tcp.isSyn() || tcp.isFin();
    if (occupies && !numbers.add(tcp.destinationPort() + "/" + tcp.sequenceNumber())) {
      sentAgain++;
    }
    fromServer.add(tcp.isFin() ? "FIN" : tcp.isRst() ? "RST" : "");
  }

  private static List<TcpState> states(Container container) {
    HostStack stack = container.host().orElseThrow().stack();
    return stack.tcp().connections().stream().map(TcpConnection::state).toList();
  }

  @Test
  void aConnectionIsClosedInOrderThoughItsContainerEnds() {
    Container web = run("httpd", "web");
    pass(SECOND);
    watch(web);
    Container client = run("alpine", "c1", "wget", "-qO-", "http://172.17.0.2/");
    untilEnded(client);
    assertThat(client.exitCode()).isZero();
    assertThat(states(web)).doesNotContain(TcpState.LAST_ACK, TcpState.ESTABLISHED);
    pass(1_000 * SECOND);
    assertThat(fromServer).contains("FIN").doesNotContain("RST");
    assertThat(sentAgain).isZero();
  }

  /** A container of which a program has a connection to the first container. */
  private Container connected() {
    Container client = run("alpine", "c1", "sleep", "1000");
    ProcessSpec spec = new ProcessSpec(List.of("idler"), Map.of(), "/", Stdio.NULL);
    Host host = client.host().orElseThrow();
    host.processes().start(DepartureTest::idle, client.run().orElseThrow().process(), spec);
    pass(SECOND);
    return client;
  }

  private static int idle(Process self) {
    try (StreamSocket socket = StreamSocket.connect(self, 0xac11_0002, 80, 0)) {
      self.sleep(1_000 * SECOND);
      return socket.available();
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
  }

  private void fallSilent(Container container) {
    HostStack stack = container.host().orElseThrow().stack();
    stack.findInterface("eth0").orElseThrow().up(false, world.now());
  }

  @Test
  void aContainerThatIsStoppedSaysGoodbyeToo() {
    Container web = run("httpd", "web");
    watch(web);
    Container client = connected();
    assertThat(states(web)).containsExactly(TcpState.ESTABLISHED);
    engine.stop(client, 0);
    untilEnded(client);
    assertThat(states(web)).isEmpty();
    pass(1_000 * SECOND);
    assertThat(fromServer).contains("FIN").doesNotContain("RST");
    assertThat(sentAgain).isZero();
  }

  @Test
  void nobodyWaitsLongForAPeerThatIsSilent() {
    Container web = run("httpd", "web");
    Container client = connected();
    fallSilent(web);
    long before = world.now();
    engine.kill(client, Signal.KILL);
    untilEnded(client);
    assertThat(world.now() - before).isEqualTo(Departure.PATIENCE_NANOS);
    assertThat(client.exitCode()).isEqualTo(137);
  }

  @Test
  void aContainerOnItsWayOutTakesNoMoreSignalsAndPrograms() {
    Container web = run("httpd", "web");
    Container client = connected();
    fallSilent(web);
    engine.kill(client, Signal.KILL);
    pass(1_000_000);
    engine.kill(client, Signal.TERM);
    engine.stop(client, 0);
    assertThat(client.isRunning()).isTrue();
    assertThatThrownBy(
            () -> engine.exec(client, List.of("true"), List.of(), Optional.empty(), Stdio.NULL))
        .hasMessage("container " + client.id() + " is not running");
  }

  @Test
  void aContainerOnItsWayOutCanBeRestartedAndRemoved() {
    Container web = run("httpd", "web");
    Container client = connected();
    fallSilent(web);
    engine.kill(client, Signal.KILL);
    pass(1_000_000);
    engine.restart(client, Optional.empty(), OptionalLong.empty(), failed -> {});
    pass(SECOND);
    assertThat(client.isRunning()).isTrue();
    assertThat(client.exits()).isOne();

    Container other = run("httpd", "other");
    engine.kill(other, Signal.KILL);
    engine.remove(other, true);
    pass(SECOND);
    assertThat(other.state()).isEqualTo(Container.State.REMOVED);
  }

  @Test
  void aContainerOnItsWayOutIsRemovedWhenItHasEnded() {
    Container web = run("httpd", "web");
    Container client = connected();
    fallSilent(web);
    engine.kill(client, Signal.KILL);
    pass(1_000_000);
    engine.remove(client, false);
    pass(SECOND);
    assertThat(client.state()).isEqualTo(Container.State.REMOVED);
  }

  @Test
  void aContainerOnItsWayOutCanBeStarted() {
    Container web = run("httpd", "web");
    Container client = connected();
    fallSilent(web);
    engine.kill(client, Signal.KILL);
    pass(1_000_000);
    assertThat(engine.start(client)).isTrue();
    assertThat(engine.start(client)).isFalse();
    assertThat(client.exits()).isOne();
    assertThat(client.isRunning()).isTrue();
    pass(SECOND);
    assertThat(client.isRunning()).isTrue();
    assertThat(client.exits()).as("the old end does not end the new run").isOne();
    assertThat(client.host().orElseThrow().processes().list()).hasSize(1);
  }
}
