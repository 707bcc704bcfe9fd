package dev.dockwire.edge;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** A real TCP connection that can be written to without a queue, as long as the kernel has room. */
final class RealSocket extends NioSocketChannel {

  RealSocket(SocketChannel socket) {
    super(socket);
  }

  /** A connection that a listening socket has accepted. */
  RealSocket(Channel listening, SocketChannel accepted) {
    super(listening, accepted);
  }

  /** Gives the kernel what it takes at once: nothing while Netty's queue holds what came before. */
  void writeNow(ByteBuffer octets) throws IOException {
    ChannelOutboundBuffer queue = unsafe().outboundBuffer();
    if (queue != null && queue.isEmpty()) {
      javaChannel().write(octets);
    }
  }
}
