package dev.dockwire.tools.daemon.socket;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.FileRegion;
import io.netty.channel.nio.AbstractNioByteChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;

/**
 * A connection of a unix socket of which each direction ends for itself. The end of the client's is
 * told as {@link ChannelInputShutdownEvent}, once; nothing is read after it.
 */
final class UnixConnection extends AbstractNioByteChannel implements DuplexChannel {

  private final SocketChannel socket;
  private final ChannelConfig config = new DefaultChannelConfig(this);
  private volatile boolean inputEnded;
  private volatile boolean outputEnded;

  UnixConnection(Channel parent, SocketChannel socket) {
    super(parent, socket);
    this.socket = socket;
  }

  @Override
  protected int doReadBytes(ByteBuf buffer) throws IOException {
    int room = buffer.writableBytes();
    unsafe().recvBufAllocHandle().attemptedBytesRead(room);
    int count = buffer.writeBytes(socket, room);
    if (count >= 0) {
      return count;
    }
    // Netty would close the whole connection at a -1.
    config.setAutoRead(false);
    if (!inputEnded) {
      inputEnded = true;
      eventLoop()
          .execute(() -> pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE));
    }
    return 0;
  }

  @Override
  protected int doWriteBytes(ByteBuf buffer) throws IOException {
    return buffer.readBytes(socket, buffer.readableBytes());
  }

  @Override
  protected long doWriteFileRegion(FileRegion region) throws IOException {
    return region.transferTo(socket, region.transferred());
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
  protected void doDisconnect() throws Exception {
    doClose();
  }

  @Override
  protected void doClose() throws Exception {
    super.doClose();
    socket.close();
  }

  @Override
  protected SocketAddress localAddress0() {
    return parent().localAddress();
  }

  /** Clients' ends of unix sockets have no names. */
  @Override
  protected SocketAddress remoteAddress0() {
    return null;
  }

  @Override
  public ChannelConfig config() {
    return config;
  }

  @Override
  public boolean isActive() {
    return socket.isOpen();
  }

  @Override
  protected boolean isInputShutdown0() {
    return inputEnded;
  }

  @Override
  public boolean isInputShutdown() {
    return inputEnded;
  }

  @Override
  public boolean isOutputShutdown() {
    return outputEnded;
  }

  @Override
  public boolean isShutdown() {
    return inputEnded && outputEnded;
  }

  @Override
  public ChannelFuture shutdownOutput() {
    return shutdownOutput(newPromise());
  }

  /** What was written before has to be flushed first. */
  @Override
  public ChannelFuture shutdownOutput(ChannelPromise promise) {
    try {
      outputEnded = true;
      socket.shutdownOutput();
      return promise.setSuccess();
    } catch (IOException e) {
      return promise.setFailure(e);
    }
  }

  @Override
  public ChannelFuture shutdownInput() {
    return shutdownInput(newPromise());
  }

  @Override
  public ChannelFuture shutdownInput(ChannelPromise promise) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ChannelFuture shutdown() {
    return shutdown(newPromise());
  }

  @Override
  public ChannelFuture shutdown(ChannelPromise promise) {
    throw new UnsupportedOperationException();
  }
}
