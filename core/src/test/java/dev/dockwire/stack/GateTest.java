package dev.dockwire.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dockwire.fabric.Fabric;
import dev.dockwire.fabric.FabricShape;
import dev.dockwire.frame.DropReason;
import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.frame.Ipv4Prefix;
import dev.dockwire.frame.MacAddress;
import dev.dockwire.frame.UdpView;
import dev.dockwire.link.Nic;
import dev.dockwire.stack.icmp.ErrorSender;
import dev.dockwire.stack.icmp.IcmpError;
import dev.dockwire.stack.ip.InboundPacket;
import dev.dockwire.stack.ip.Route;
import dev.dockwire.stack.socket.TcpSocket;
import dev.dockwire.stack.socket.UdpSocket;
import dev.dockwire.stack.tcp.HeldSyn;
import dev.dockwire.stack.udp.UdpBinding;
import dev.dockwire.time.Loop;
import dev.dockwire.time.Seed;
import dev.dockwire.time.Timers;
import dev.dockwire.time.VirtualClock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A client whose gateway stands for 192.0.2.0/24 and for nothing else. */
class GateTest {

  private static final int GATEWAY = address("10.0.2.2");
  private static final int BEYOND = address("192.0.2.1");
  private static final int FORBIDDEN = address("203.0.113.1");

  private final Loop loop = new Loop(new VirtualClock());
  private final Timers timers = new Timers();
  private final Fabric fabric = new Fabric(FabricShape.DEFAULT);
  private HostStack gateway;
  private HostStack client;

  private final List<HeldSyn> held = new ArrayList<>();
  private final List<String> datagrams = new ArrayList<>();
  private boolean refuses;
  private String outcome = "";

  private final Gate gate =
      new Gate() {
        @Override
        public boolean answersFor(int address) {
          return Ipv4Prefix.parse("192.0.2.0/24").contains(address);
        }

        @Override
        public boolean onSyn(HeldSyn syn, long now) {
          if (!refuses) {
            held.add(syn);
          }
          return !refuses;
        }

        @Override
        public boolean onDatagram(InboundPacket packet, UdpView datagram, long now) {
          datagrams.add(
              Ipv4Address.toString(packet.header().destination())
                  + ":"
                  + datagram.destinationPort());
          return !refuses;
        }
      };

  private final TcpSocket.Handler ear =
      new TcpSocket.Handler() {
        @Override
        public void onConnected(TcpSocket socket, long now) {
          outcome += "connected";
        }

        @Override
        public void onClosed(TcpSocket socket, IOException cause, long now) {
          outcome += cause == null ? "closed" : cause.getMessage();
        }
      };

  private static int address(String text) {
    return Ipv4Address.parse(text).value();
  }

  @BeforeEach
  void connectBoth() {
    loop.add(timers);
    loop.add(fabric);
    Nic one = nic("10.0.2.2");
    Nic other = nic("10.0.2.15");
    one.connect(other);
    other.connect(one);
    gateway = stack(one, "10.0.2.2/24");
    client = stack(other, "10.0.2.15/24");
    Ipv4Address own = Ipv4Address.parse("10.0.2.15");
    client
        .routes()
        .add(
            new Route(
                Ipv4Prefix.parse("0.0.0.0/0"),
                Ipv4Address.parse("10.0.2.2"),
                client.interfaces().getFirst(),
                own,
                0));
    gateway.gate(gate);
  }

  private Nic nic(String address) {
    MacAddress mac = MacAddress.fromIpv4(Ipv4Address.parse(address));
    return new Nic("eth0", mac, 1_500, fabric);
  }

  private HostStack stack(Nic nic, String address) {
    HostStack stack = new HostStack(address, timers, new Seed(1).generator(address));
    stack.attach(nic).address(Ipv4Prefix.parse(address), 0);
    return stack;
  }

  private TcpSocket connect(int address) throws IOException {
    return TcpSocket.connect(client, 0, 0, address, 80, ear, loop.now());
  }

  private void run(long millis) {
    loop.runUntil(loop.now() + TimeUnit.MILLISECONDS.toNanos(millis));
  }

  @Test
  void aConnectionStandsOnlyWhenTheGateHasAnswered() throws IOException {
    TcpSocket socket = connect(BEYOND);
    run(10);
    assertThat(held).hasSize(1);
    assertThat(outcome).isEmpty();
    TcpSocket other = TcpSocket.accept(held.getFirst(), new TcpSocket.Handler() {}, loop.now());
    run(10);
    assertThat(outcome).isEqualTo("connected");
    socket.write("hello".getBytes(), 0, 5, loop.now());
    run(10);
    byte[] read = new byte[10];
    assertThat(other.read(read, 0, 10, loop.now())).isEqualTo(5);
    assertThat(Ipv4Address.toString(other.localAddress())).isEqualTo("192.0.2.1");
  }

  @Test
  void aSynThatComesAgainIsHeldOnceAndItsAnswerIsToTheLast() throws IOException {
    connect(BEYOND);
    run(3_500);
    assertThat(held).hasSize(1);
    TcpSocket.accept(held.getFirst(), new TcpSocket.Handler() {}, loop.now());
    run(10);
    assertThat(outcome).isEqualTo("connected");
    assertThat(gateway.drops().total()).isZero();
  }

  @Test
  void aRefusalIsAReset() throws IOException {
    connect(BEYOND);
    run(10);
    held.getFirst().refuse(loop.now());
    run(10);
    assertThat(outcome).isEqualTo("Connection refused");
    refuses = true;
    outcome = "";
    connect(GATEWAY);
    run(10);
    assertThat(outcome).isEqualTo("Connection refused");
    assertThatThrownBy(() -> held.getFirst().refuse(loop.now()))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void whatCannotBeReachedIsReportedByTheGateway() throws IOException {
    connect(BEYOND);
    run(10);
    held.getFirst().unreachable(ErrorSender.HOST_UNREACHABLE, loop.now());
    run(10);
    assertThat(outcome).isEqualTo("No route to host");
  }

  @Test
  void aForgottenSynIsHeldAnewWhenItComesAgain() throws IOException {
    connect(BEYOND);
    run(10);
    held.getFirst().forget();
    run(1_500);
    assertThat(held).hasSize(2);
  }

  @Test
  void anAddressThatItDoesNotStandForIsProhibited() throws IOException {
    connect(FORBIDDEN);
    run(10);
    assertThat(outcome).isEqualTo("No route to host");
    assertThat(held).isEmpty();
    assertThat(gateway.drops().of(DropReason.IP_FILTERED)).isEqualTo(1);
  }

  @Test
  void aConnectionInTimeWaitGivesWayToANewOneBetweenTheSameEnds() throws IOException {
    TcpSocket first = connect(BEYOND);
    run(10);
    TcpSocket other = TcpSocket.accept(held.getFirst(), new TcpSocket.Handler() {}, loop.now());
    run(10);
    other.shutdownOutput(loop.now());
    run(10);
    first.shutdownOutput(loop.now());
    run(1_000);
    assertThat(gateway.tcp().timeWaits()).hasSize(1);
    int port = first.localPort();
    TcpSocket.connect(client, 0, port, BEYOND, 80, ear, loop.now());
    run(10);
    assertThat(held).hasSize(2);
    TcpSocket.accept(held.getLast(), new TcpSocket.Handler() {}, loop.now());
    run(10);
    assertThat(outcome).isEqualTo("connectedclosedconnected");
    assertThat(gateway.tcp().timeWaits()).isEmpty();
  }

  @Test
  void holdsOneThousandAndTwentyFourAndDropsTheRest() throws IOException {
    refuses = true;
    connect(BEYOND);
    run(10);
    refuses = false;
    for (int i = 0; i < 1_100; i++) {
      connect(BEYOND);
    }
    run(10);
    assertThat(held).hasSize(1_024);
    assertThat(gateway.drops().of(DropReason.TCP_LISTEN_OVERFLOW)).isEqualTo(76);
    held.forEach(syn -> syn.refuse(loop.now()));
    run(1_500);
    assertThat(held).as("the rest have come again").hasSize(1_100);
  }

  @Test
  void segmentsThatBeginNothingAreRefused() throws IOException {
    TcpSocket socket = connect(BEYOND);
    run(10);
    TcpSocket other = TcpSocket.accept(held.getFirst(), new TcpSocket.Handler() {}, loop.now());
    run(10);
    // As if the gateway had been started anew.
    gateway.interfaces().getFirst().up(false, loop.now());
    other.abort(loop.now());
    gateway.interfaces().getFirst().up(true, loop.now());
    assertThat(gateway.tcp().size()).isZero();
    run(10);
    socket.write(new byte[1], 0, 1, loop.now());
    run(10);
    assertThat(held).hasSize(1);
    assertThat(outcome).isEqualTo("connectedConnection reset");
  }

  @Test
  void datagramsGoToTheGateWithWhatTheyAreFor() {
    List<String> errors = new ArrayList<>();
    UdpSocket socket =
        UdpSocket.open(
            client,
            new UdpBinding.Receiver() {
              @Override
              public boolean onDatagram(
                  int source,
                  int sourcePort,
                  int destination,
                  byte[] bytes,
                  int offset,
                  int length,
                  long now) {
                return true;
              }

              @Override
              public void onError(IcmpError error, long now) {
                errors.add(Ipv4Address.toString(error.reporter()) + " says " + error.code());
              }
            });
    socket.sendTo(BEYOND, 53, new byte[4_000], 0, 4_000, loop.now());
    run(10);
    socket.allowBroadcast(true);
    socket.sendTo(Ipv4Address.BROADCAST.value(), 53, new byte[1], 0, 1, loop.now());
    refuses = true;
    socket.sendTo(BEYOND, 54, new byte[1], 0, 1, loop.now());
    socket.sendTo(FORBIDDEN, 53, new byte[1], 0, 1, loop.now());
    run(10);
    assertThat(datagrams).containsExactly("192.0.2.1:53", "192.0.2.1:54");
    assertThat(errors).containsExactly("192.0.2.1 says 3", "10.0.2.2 says 13");
  }
}
