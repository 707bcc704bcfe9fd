package dev.dockwire.edge;

import dev.dockwire.stack.HostStack;
import dev.dockwire.stack.SendResult;
import dev.dockwire.stack.icmp.IcmpError;
import dev.dockwire.stack.socket.UdpSocket;
import dev.dockwire.stack.udp.UdpBinding;
import dev.dockwire.time.Loop;
import dev.dockwire.time.Timers;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * A real UDP socket whose datagrams lead into the virtual network: each real client gets a virtual
 * socket of its own, as by Docker's proxy, for as long as the {@link FlowTable} has it.
 */
final class UdpPort extends SimpleChannelInboundHandler<DatagramPacket> implements AutoCloseable {

  /** Where the datagrams of a port go in the virtual network. */
  record Target(HostStack from, int address, int udpPort) {}

  private final EdgeLoop edge;
  private final Loop loop;
  private final Target target;
  private final java.nio.channels.DatagramChannel bound;
  private final DatagramChannel real;
  private final FlowTable<InetSocketAddress, Client> clients;

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
    this.clients = new FlowTable<>(timers);
  }

  /**
   * Binds; datagrams are passed on from the loop's next turn on.
   *
   * @throws java.net.BindException if the address cannot be had
   */
  static UdpPort open(
      EdgeLoop edge, Loop loop, Timers timers, InetSocketAddress address, Target target)
      throws IOException {
    java.nio.channels.DatagramChannel bound = Transport.bindDatagrams(address);
    DatagramChannel real = Transport.wrap(bound);
    UdpPort port = new UdpPort(edge, loop, timers, target, bound, real);
    real.pipeline().addLast(port);
    edge.register(real);
    return port;
  }

  InetSocketAddress address() {
    return real.localAddress();
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
    long now = loop.now();
    Client client = clients.find(packet.sender());
    if (client == null) {
      client = new Client(packet.sender());
      if (!client.isOpen()) {
        client.close();
        return;
      }
      clients.add(packet.sender(), client, now);
    }
    client.send(packet.content(), now);
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
    clients.close();
    edge.release(bound);
    real.close();
  }

  /** The virtual socket of one real client. */
  private final class Client extends FlowTable.Flow implements UdpBinding.Receiver {

    private final InetSocketAddress address;
    private final UdpSocket virtual = UdpSocket.open(target.from(), this);
    private final boolean open;

    Client(InetSocketAddress address) {
      this.address = address;
      this.open = virtual.connect(target.address(), target.udpPort()) == SendResult.SENT;
    }

    boolean isOpen() {
      return open;
    }

    void send(ByteBuf content, long now) {
      heard(now);
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
      heard(now);
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

    @Override
    void close() {
      virtual.close();
    }
  }
}
