package dev.dockwire.edge;

import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;

/** A real listening socket, whose connections are {@link RealSocket}s. */
final class RealListener extends NioServerSocketChannel {

  RealListener(ServerSocketChannel socket) {
    super(socket);
  }

  @Override
  protected int doReadMessages(List<Object> accepted) throws IOException {
    SocketChannel socket = javaChannel().accept();
    if (socket == null) {
      return 0;
    }
    accepted.add(new RealSocket(this, socket));
    return 1;
  }
}
