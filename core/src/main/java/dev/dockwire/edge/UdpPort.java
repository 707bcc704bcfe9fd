package dev.dockwire.edge;

import dev.dockwire.stack.HostStack;
import dev.dockwire.stack.SendResult;
import dev.dockwire.stack.icmp.IcmpError;
import dev.dockwire.stack.socket.UdpSocket;
import dev.dockwire.stack.udp.UdpBinding;
import dev.dockwire.time.Loop;
import dev.dockwire.time.Timer;
import dev.dockwire.time.Timers;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A real UDP socket whose datagrams lead into the virtual network: each real client gets a virtual
 * socket of its own, as by Docker's proxy, until it has been silent for {@link #IDLE_NANOS}. Beyond
 * {@link #MAX_CLIENTS} the one that has been silent longest goes.
 */
public final class UdpPort extends SimpleChannelInboundHandler<DatagramPacket>
    implements AutoCloseable {

  static final int MAX_CLIENTS = 1_024;
  static final long IDLE_NANOS = 90_000_000_000L;

  /** Where the datagrams of a port go in the virtual network. */
  public record Target(HostStack from, int address, int udpPort) {}

  private final EdgeLoop edge;
  private final Loop loop;
  private final Target target;
  private final java.nio.channels.DatagramChannel bound;
  private final DatagramChannel real;
  private final Timer idleTimer;
  private final Map<InetSocketAddress, Client> clients = new LinkedHashMap<>(16, 0.75f, true);

  private UdpPort(
      EdgeLoop edge,
      Loop loop,
      Timers timers,
      Target target,
      java.nio.channels.DatagramChannel bound,
      DatagramChannel real) {
    this.edge = edge;
    this.loop = loop;
    this.target = target;
    this.bound = bound;
    this.real = real;
    this.idleTimer = timers.timer(this::dropIdle);
  }

  /**
   * Binds; datagrams are passed on from the loop's next turn on.
   *
   * @throws java.net.BindException if the address cannot be had
   */
  public static UdpPort open(
      EdgeLoop edge, Loop loop, Timers timers, InetSocketAddress address, Target target)
      throws IOException {
    java.nio.channels.DatagramChannel bound = Transport.bindDatagrams(address);
    DatagramChannel real = new NioDatagramChannel(bound);
    UdpPort port = new UdpPort(edge, loop, timers, target, bound, real);
    real.pipeline().addLast(port);
    edge.register(real);
    return port;
  }

  public InetSocketAddress address() {
    return real.localAddress();
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
    long now = loop.now();
    Client client = clients.computeIfAbsent(packet.sender(), this::newClient);
    if (client.isOpen()) {
      client.send(packet.content(), now);
    } else {
      clients.remove(packet.sender());
    }
    if (!idleTimer.isArmed()) {
      idleTimer.arm(now + IDLE_NANOS);
    }
  }

  private Client newClient(InetSocketAddress address) {
    if (clients.size() >= MAX_CLIENTS) {
      Map.Entry<InetSocketAddress, Client> eldest = clients.entrySet().iterator().next();
      eldest.getValue().close();
      clients.remove(eldest.getKey());
    }
    return new Client(address);
  }

  private void dropIdle(long now) {
    clients.values().removeIf(client -> client.closeIfIdle(now));
    clients.values().stream()
        .mapToLong(client -> client.lastHeard)
        .min()
        .ifPresent(oldest -> idleTimer.arm(oldest + IDLE_NANOS));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    // A real client that is gone shows as an I/O error of an earlier answer.
    if (!(cause instanceof IOException)) {
      edge.fail(cause);
    }
  }

  /** Hears no more, from now on. */
  @Override
  public void close() {
    idleTimer.cancel();
    clients.values().forEach(Client::close);
    clients.clear();
    Transport.close(bound);
    real.close();
  }

  /** The virtual socket of one real client. */
  private final class Client implements UdpBinding.Receiver {

    private final InetSocketAddress address;
    private final UdpSocket virtual = UdpSocket.open(target.from(), this);
    private final boolean open;
    private long lastHeard;

    Client(InetSocketAddress address) {
      this.address = address;
      this.open = virtual.connect(target.address(), target.udpPort()) == SendResult.SENT;
    }

    boolean isOpen() {
      return open;
    }

    void send(ByteBuf content, long now) {
      lastHeard = now;
      byte[] scratch = edge.scratch();
      int length = Math.min(content.readableBytes(), scratch.length);
      content.getBytes(content.readerIndex(), scratch, 0, length);
      // What does not get through is lost, as datagrams are.
      virtual.send(scratch, 0, length, now);
    }

    @Override
    public boolean onDatagram(
        int source,
        int sourcePort,
        int destination,
        byte[] bytes,
        int offset,
        int length,
        long now) {
      lastHeard = now;
      if (!real.isWritable()) {
        return false;
      }
      ByteBuf content = real.alloc().directBuffer(length).writeBytes(bytes, offset, length);
      real.writeAndFlush(new DatagramPacket(content, address));
      return true;
    }

    @Override
    public void onError(IcmpError error, long now) {
      // The real client is not told, as Docker's proxy does not tell it.
    }

    boolean closeIfIdle(long now) {
      boolean idle = now - lastHeard >= IDLE_NANOS;
      if (idle) {
        close();
      }
      return idle;
    }

    void close() {
      virtual.close();
    }
  }
}
