package dev.dockwire.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.dns.DnsMessage;
import dev.dockwire.dns.Question;
import dev.dockwire.dns.RecordType;
import dev.dockwire.dns.ResourceRecord;
import dev.dockwire.engine.Container;
import dev.dockwire.engine.Engine;
import dev.dockwire.engine.spec.ContainerSpec;
import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.host.World;
import dev.dockwire.stack.HostStack;
import dev.dockwire.stack.icmp.IcmpError;
import dev.dockwire.stack.socket.TcpSocket;
import dev.dockwire.stack.socket.UdpSocket;
import dev.dockwire.stack.udp.UdpBinding;
import dev.dockwire.time.Seed;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The way from a container through the Docker host's NAT to a real server. */
@Timeout(20)
class ContainerUplinkTest {

  private static final int GATEWAY = Ipv4Address.parse("10.0.2.2").value();
  private static final int NAMESERVER = Ipv4Address.parse("10.0.2.3").value();
  private static final Ipv4Address ADDRESS = Ipv4Address.parse("192.0.2.80");
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  private final EdgeLoop edge = new EdgeLoop();
  private final World world = World.inRealTime(new Seed(1), edge);
  private final Engine engine = new Engine(world);
  private final HostStack container;
  private final WorldThread thread;

  ContainerUplinkTest() {
    world.loop().add(edge);
    Container created =
        engine.create(ContainerSpec.of("alpine").withName("a1").withTerminal(true, true));
    engine.start(created);
    container = created.host().orElseThrow().stack();
    thread = new WorldThread(world);
  }

  @AfterEach
  void stop() throws Exception {
    call(
        () -> {
          engine.close();
          return null;
        });
    thread.stop();
  }

  private <T> T call(Callable<T> action) throws Exception {
    return thread.call(action);
  }

  @Test
  void aContainerReachesAServerOfThisMachine() throws Exception {
    call(() -> Uplink.open(edge, world, engine.dockerHost(), Uplink.Policy.LOOPBACK));
    try (ServerSocket server = new ServerSocket(0, 5, LOOPBACK)) {
      int port = server.getLocalPort();
      call(
          () ->
              TcpSocket.connect(
                  container,
                  0,
                  0,
                  GATEWAY,
                  port,
                  new TcpSocket.Handler() {
                    @Override
                    public void onConnected(TcpSocket socket, long now) {
                      socket.write("hello".getBytes(), 0, 5, now);
                      socket.shutdownOutput(now);
                    }
                  },
                  world.now()));
      try (Socket accepted = server.accept()) {
        assertThat(accepted.getInputStream().readAllBytes()).isEqualTo("hello".getBytes());
      }
    }
  }

  @Test
  void theNameServerAsksThisMachinesResolver() throws Exception {
    try (DatagramSocket resolver = new DatagramSocket(new InetSocketAddress(LOOPBACK, 0))) {
      call(
          () -> {
            engine.dockerHost().askNamesAtGateway(world.now());
            InetSocketAddress real = new InetSocketAddress(LOOPBACK, resolver.getLocalPort());
            HostStack gateway = engine.dockerHost().outside();
            return new Uplink(edge, world, gateway, Uplink.Policy.ALL, _ -> LOOPBACK, real);
          });
      CompletableFuture<DnsMessage> answer = ask("www.example.com");
      serve(resolver);
      assertThat(answer.get().id()).isEqualTo(7);
      assertThat(answer.get().answers())
          .singleElement()
          .satisfies(each -> assertThat(each.address()).isEqualTo(ADDRESS));
    }
  }

  private CompletableFuture<DnsMessage> ask(String name) throws Exception {
    CompletableFuture<DnsMessage> answer = new CompletableFuture<>();
    byte[] query = DnsMessage.query(7, Question.of(name, RecordType.A)).bytes();
    call(
        () -> {
          UdpSocket socket = UdpSocket.open(container, new Answer(answer));
          return socket.sendTo(NAMESERVER, 53, query, 0, query.length, world.now());
        });
    return answer;
  }

  private record Answer(CompletableFuture<DnsMessage> future) implements UdpBinding.Receiver {

    @Override
    public boolean onDatagram(
        int source,
        int sourcePort,
        int destination,
        byte[] bytes,
        int offset,
        int length,
        long now) {
      return future.complete(DnsMessage.parse(bytes, offset, length).orElseThrow());
    }

    @Override
    public void onError(IcmpError error, long now) {
      future.completeExceptionally(new IllegalStateException("ICMP code " + error.code()));
    }
  }

  private static void serve(DatagramSocket resolver) throws Exception {
    DatagramPacket packet = new DatagramPacket(new byte[1_000], 1_000);
    resolver.receive(packet);
    DnsMessage query = DnsMessage.parse(packet.getData(), 0, packet.getLength()).orElseThrow();
    Question question = query.questions().getFirst();
    byte[] answer =
        new DnsMessage(
                query.id(),
                query.flags() | DnsMessage.RESPONSE,
                query.questions(),
                List.of(ResourceRecord.address(question.name(), 60, ADDRESS)),
                List.of(),
                List.of())
            .bytes();
    resolver.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
  }
}
