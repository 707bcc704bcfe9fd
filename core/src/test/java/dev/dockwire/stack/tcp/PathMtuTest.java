package dev.dockwire.stack.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.fabric.Fabric;
import dev.dockwire.fabric.FabricShape;
import dev.dockwire.frame.DropReason;
import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.frame.Ipv4Prefix;
import dev.dockwire.frame.MacAddress;
import dev.dockwire.frame.NetworkOrder;
import dev.dockwire.link.FrameSlot;
import dev.dockwire.link.FrameTap;
import dev.dockwire.link.Nic;
import dev.dockwire.stack.HostStack;
import dev.dockwire.stack.SendResult;
import dev.dockwire.stack.StackInterface;
import dev.dockwire.stack.ip.DontFragment;
import dev.dockwire.stack.ip.InboundPacket;
import dev.dockwire.stack.ip.Ipv4Output;
import dev.dockwire.stack.ip.PacketFilter;
import dev.dockwire.stack.ip.Route;
import dev.dockwire.stack.socket.PingSocket;
import dev.dockwire.stack.socket.TcpListener;
import dev.dockwire.stack.socket.TcpSocket;
import dev.dockwire.time.Loop;
import dev.dockwire.time.Seed;
import dev.dockwire.time.Timers;
import dev.dockwire.time.VirtualClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Two hosts with links of MTU 1500, and between them two routers that are joined by a link of MTU
 * 1000: 10.0.0.1 - 10.0.0.254 ~ 10.9.0.1 = 10.9.0.2 ~ 10.1.0.254 - 10.1.0.1. Frames take 30 us a
 * hop.
 */
class PathMtuTest {

  private static final int SERVER = Ipv4Address.parse("10.1.0.1").value();

  private final Loop loop = new Loop(new VirtualClock());
  private final Timers timers = new Timers();
  private final Fabric fabric = new Fabric(FabricShape.DEFAULT.withWireNanos(30_000));
  private final HostStack client = new HostStack("client", timers, new Seed(1).generator("c"));
  private final HostStack near = new HostStack("near", timers, new Seed(1).generator("n"));
  private final HostStack far = new HostStack("far", timers, new Seed(1).generator("f"));
  private final HostStack server = new HostStack("server", timers, new Seed(1).generator("s"));
  private final byte[] data = new byte[50_000];
  private final ByteArrayOutputStream got = new ByteArrayOutputStream();
  private final List<Integer> sizes = new ArrayList<>();

  PathMtuTest() {
    loop.add(timers);
    loop.add(fabric);
    join(client, "10.0.0.1/24", near, "10.0.0.254/24", 1500);
    join(near, "10.9.0.1/24", far, "10.9.0.2/24", 1000);
    join(far, "10.1.0.254/24", server, "10.1.0.1/24", 1500);
    route(client, "0.0.0.0/0", "10.0.0.254", 0);
    route(near, "10.1.0.0/24", "10.9.0.2", 1);
    route(far, "10.0.0.0/24", "10.9.0.1", 0);
    route(server, "0.0.0.0/0", "10.1.0.254", 0);
    near.forwarding(true);
    far.forwarding(true);
    for (int i = 0; i < data.length; i++) {
      data[i] = (byte) (i * 31 + (i >>> 8) * 7);
    }
  }

  private void join(HostStack one, String address, HostStack other, String itsAddress, int mtu) {
    Nic nic = plug(one, address, mtu);
    Nic its = plug(other, itsAddress, mtu);
    nic.connect(its);
    its.connect(nic);
  }

  private Nic plug(HostStack host, String address, int mtu) {
    Ipv4Prefix prefix = Ipv4Prefix.parse(address);
    String name = "eth" + host.interfaces().size();
    Nic nic = new Nic(name, MacAddress.fromIpv4(prefix.address()), mtu, fabric);
    host.attach(nic).address(prefix, 0);
    return nic;
  }

  private static void route(HostStack host, String to, String gateway, int via) {
    StackInterface out = host.interfaces().get(via);
    host.routes()
        .add(
            new Route(
                Ipv4Prefix.parse(to),
                Ipv4Address.parse(gateway),
                out,
                out.address().orElseThrow().address(),
                0));
  }

  private void serve() throws IOException {
    byte[] buffer = new byte[4096];
    TcpSocket.Handler reader =
        new TcpSocket.Handler() {
          @Override
          public void onReadable(TcpSocket socket, long now) {
            int count;
            while ((count = socket.read(buffer, 0, buffer.length, now)) > 0) {
              got.write(buffer, 0, count);
            }
          }
        };
    TcpListener.listen(server, 0, 80, 5, ready -> ready.accept(reader).available());
  }

  private TcpSocket send() throws IOException {
    TcpSocket.Handler writer =
        new TcpSocket.Handler() {
          @Override
          public void onConnected(TcpSocket socket, long now) {
            socket.write(data, 0, data.length, now);
          }
        };
    return TcpSocket.connect(client, 0, 0, SERVER, 80, writer, loop.now());
  }

  private void pass(long millis) {
    loop.runUntil(loop.now() + TimeUnit.MILLISECONDS.toNanos(millis));
  }

  private void noteSizes() {
    client
        .interfaces()
        .getFirst()
        .nic()
        .add(
            new FrameTap() {
              @Override
              public void onTransmit(Nic nic, FrameSlot frame) {
                sizes.add(frame.length() - 14);
              }

              @Override
              public void onReceive(Nic nic, FrameSlot frame, long now) {}
            });
  }

  @Test
  void dataArrivesWholeAndSoonAndTheNextConnectionKnows() throws IOException {
    serve();
    send();
    pass(20);
    assertThat(got.toByteArray()).isEqualTo(data);
    assertThat(near.drops().of(DropReason.IP_TOO_BIG)).isEqualTo(10);

    noteSizes();
    got.reset();
    send();
    pass(20);
    assertThat(got.toByteArray()).isEqualTo(data);
    assertThat(near.drops().of(DropReason.IP_TOO_BIG)).isEqualTo(10);
    assertThat(sizes).contains(1000).allMatch(size -> size <= 1000);
  }

  @Test
  void aConnectionThatIsThereLearnsFromAnother() throws IOException {
    serve();
    TcpSocket idle = TcpSocket.connect(client, 0, 0, SERVER, 80, new TcpSocket.Handler() {}, 0);
    pass(20);
    send();
    pass(20);
    got.reset();
    noteSizes();
    idle.write(data, 0, data.length, loop.now());
    pass(20);
    assertThat(got.toByteArray()).isEqualTo(data);
    assertThat(sizes).allMatch(size -> size <= 1000);
  }

  @Test
  void withoutIcmpAPathIsABlackHole() throws IOException {
    serve();
    near.packetFilter(new BlackHole(near));
    TcpSocket socket = send();
    pass(900_000);
    assertThat(got.size()).isZero();
    assertThat(socket.state()).isEqualTo(TcpState.ESTABLISHED);
    pass(100_000);
    assertThat(socket.failure()).hasMessage("Connection timed out");
  }

  /** Passes everything on as it is, but for large packets, which vanish. */
  private static final class BlackHole implements PacketFilter {
    private final HostStack stack;
    private int destination;
    private int ownDestination;

    BlackHole(HostStack stack) {
      this.stack = stack;
    }

    @Override
    public boolean prerouting(InboundPacket packet, long now) {
      destination = packet.header().destination();
      return true;
    }

    @Override
    public int destination() {
      return destination;
    }

    @Override
    public boolean input(InboundPacket packet, long now) {
      return true;
    }

    @Override
    public boolean forward(InboundPacket packet, StackInterface out, long now) {
      boolean passes = packet.header().totalLength() <= 1000;
      if (!passes) {
        stack.drop(DropReason.IP_FILTERED);
      }
      return passes;
    }

    @Override
    public void translate(byte[] bytes, int offset) {
      // Nothing is changed.
    }

    @Override
    public boolean output(byte[] packet, int length, long now) {
      ownDestination = NetworkOrder.int32(packet, 16);
      return true;
    }

    @Override
    public int ownDestination() {
      return ownDestination;
    }

    @Override
    public boolean postrouting(byte[] packet, StackInterface out, long now) {
      return true;
    }
  }

  @Test
  void echoRequestsLearnItTooAndAreThenCutHere() throws IOException {
    List<String> heard = new ArrayList<>();
    PingSocket ping = PingSocket.open(client).orElseThrow();
    ping.handler((source, ttl, message, now) -> heard.add(message.type() + "/" + message.code()));
    ping.sendEcho(SERVER, 1, 64, new byte[1200], 1200, loop.now());
    pass(20);
    assertThat(heard).containsExactly("3/4");
    ping.sendEcho(SERVER, 2, 64, new byte[1200], 1200, loop.now());
    pass(20);
    assertThat(heard).containsExactly("3/4", "0/0");

    Ipv4Output output = client.ip().output();
    assertThat(output.open(SERVER, 0, null, 981, DontFragment.ALWAYS, loop.now()))
        .isEqualTo(SendResult.MESSAGE_TOO_LONG);
  }
}
