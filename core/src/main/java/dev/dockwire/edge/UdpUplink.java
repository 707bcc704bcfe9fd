package dev.dockwire.edge;

import dev.dockwire.frame.DropReason;
import dev.dockwire.frame.IcmpView;
import dev.dockwire.frame.UdpView;
import dev.dockwire.stack.HostStack;
import dev.dockwire.stack.icmp.ErrorSender;
import dev.dockwire.stack.ip.InboundPacket;
import dev.dockwire.time.Loop;
import dev.dockwire.time.Timers;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/**
 * Gives each virtual flow of datagrams, from one address and port to another, a real socket of its
 * own, and lets the answers come from where the flow goes. A real port that is closed is a closed
 * port to the client too. Empty datagrams are lost: the JDK sends none from a connected socket.
 */
final class UdpUplink {

  private record Ends(int client, int clientPort, int server, int serverPort) {}

  private final EdgeLoop edge;
  private final Loop loop;
  private final HostStack gateway;
  private final FlowTable<Ends, RealFlow> flows;

  UdpUplink(EdgeLoop edge, Loop loop, Timers timers, HostStack gateway) {
    this.edge = edge;
    this.loop = loop;
    this.gateway = gateway;
    this.flows = new FlowTable<>(timers);
  }

  /** Takes a datagram for a real address. */
  void send(InboundPacket packet, UdpView datagram, InetSocketAddress to, long now) {
    Ends ends =
        new Ends(
            packet.header().source(),
            datagram.sourcePort(),
            packet.header().destination(),
            datagram.destinationPort());
    RealFlow flow = flows.find(ends);
    if (flow == null) {
      try {
        flow = new RealFlow(ends, to);
      } catch (IOException e) {
        unreachable(packet, ErrorSender.HOST_UNREACHABLE, now);
        return;
      }
      flows.add(ends, flow, now);
    }
    flow.send(packet, datagram, now);
  }

  private void unreachable(InboundPacket packet, int code, long now) {
    gateway.icmp().errors().send(packet, IcmpView.DESTINATION_UNREACHABLE, code, 0, now);
  }

  int size() {
    return flows.size();
  }

  void close() {
    flows.close();
  }

  /** The real socket of one flow. */
  private final class RealFlow extends FlowTable.Flow {

    private final Ends ends;
    private final DatagramChannel socket;
    private final Channel real;

    /** What an error would be about; null when an answer has come. */
    private InboundPacket unanswered;

    private boolean answered;

    RealFlow(Ends ends, InetSocketAddress to) throws IOException {
      this.ends = ends;
      this.socket = Transport.connectDatagrams(to);
      this.real = Transport.wrap(socket);
      real.pipeline().addLast(new Answers());
      edge.register(real);
    }

    void send(InboundPacket packet, UdpView datagram, long now) {
      heard(now);
      if (!answered) {
        unanswered = packet.copy();
      }
      // Past Netty, whose queue would hide what the kernel has no room for.
      int length = datagram.payloadLength();
      ByteBuffer payload = ByteBuffer.wrap(packet.bytes(), datagram.payloadOffset(), length);
      try {
        if (socket.write(payload) < length) {
          gateway.drop(DropReason.UDP_QUEUE_FULL);
        }
      } catch (PortUnreachableException e) {
        refused(now);
      } catch (IOException e) {
        gateway.drop(DropReason.UDP_QUEUE_FULL);
      }
    }

    private void answer(ByteBuf content, long now) {
      heard(now);
      answered = true;
      unanswered = null;
      byte[] scratch = edge.scratch();
      int length = Math.min(content.readableBytes(), scratch.length);
      content.getBytes(content.readerIndex(), scratch, 0, length);
      // What does not get through is lost, as datagrams are.
      gateway
          .udp()
          .send(
              ends.server,
              ends.serverPort,
              ends.client,
              ends.clientPort,
              0,
              scratch,
              0,
              length,
              now);
    }

    private void refused(long now) {
      answered = false;
      if (unanswered != null) {
        unreachable(unanswered, ErrorSender.PORT_UNREACHABLE, now);
        unanswered = null;
      }
    }

    @Override
    void close() {
      real.close();
    }

    private final class Answers extends SimpleChannelInboundHandler<DatagramPacket> {

      @Override
      protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
        answer(packet.content(), loop.now());
      }

      @Override
      public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof PortUnreachableException) {
          refused(loop.now());
        } else if (!(cause instanceof IOException)) {
          edge.fail(cause);
        }
      }
    }
  }
}
