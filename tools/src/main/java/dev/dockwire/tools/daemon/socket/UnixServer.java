package dev.dockwire.tools.daemon.socket;

import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.ServerChannel;
import io.netty.channel.nio.AbstractNioMessageChannel;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;

/**
 * A listening unix socket, bound already, whose connections are {@link UnixConnection}s; Netty's
 * own of NIO cannot end one direction alone.
 */
final class UnixServer extends AbstractNioMessageChannel implements ServerChannel {

  private static final ChannelMetadata METADATA = new ChannelMetadata(false, 16);

  private final ServerSocketChannel socket;
  private final PeerCheck peers;
  private final ChannelConfig config = new DefaultChannelConfig(this);

  UnixServer(ServerSocketChannel socket, PeerCheck peers) {
    super(null, socket, SelectionKey.OP_ACCEPT);
    this.socket = socket;
    this.peers = peers;
  }

  @Override
  protected int doReadMessages(List<Object> accepted) throws IOException {
    SocketChannel connection = socket.accept();
    if (connection == null) {
      return 0;
    }
    if (!peers.isWelcome(connection)) {
      connection.close();
      return 0;
    }
    accepted.add(new UnixConnection(this, connection));
    return 1;
  }

  @Override
  protected boolean doWriteMessage(Object message, ChannelOutboundBuffer in) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected boolean doConnect(SocketAddress remote, SocketAddress local) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected void doFinishConnect() {
    throw new UnsupportedOperationException();
  }

  @Override
  protected void doBind(SocketAddress address) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected void doDisconnect() {
    throw new UnsupportedOperationException();
  }

  @Override
  protected SocketAddress localAddress0() {
    try {
      return socket.getLocalAddress();
    } catch (IOException _) {
      return null;
    }
  }

  @Override
  protected SocketAddress remoteAddress0() {
    return null;
  }

  @Override
  protected void doClose() throws Exception {
    super.doClose();
    socket.close();
  }

  @Override
  public ChannelConfig config() {
    return config;
  }

  @Override
  public ChannelMetadata metadata() {
    return METADATA;
  }

  @Override
  public boolean isActive() {
    return socket.isOpen();
  }
}
