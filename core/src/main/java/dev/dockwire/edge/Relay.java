package dev.dockwire.edge;

import dev.dockwire.stack.socket.TcpSocket;
import dev.dockwire.time.Loop;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Once the real connection stands it begins the virtual one, and when that stands too passes octets
 * between a real connection and a virtual one, both ways, and the end of each direction and resets
 * too.
 *
 * <p>Nothing is kept but one read's octets, or at the end of the real stream what the kernel had of
 * it: the real socket is not read while they wait for room in the virtual send buffer, and the
 * virtual one is not read, so that its window closes, while the real one takes no more.
 */
final class Relay extends ChannelInboundHandlerAdapter implements TcpSocket.Handler {

  private static final WriteBufferWaterMark WATER_MARK =
      new WriteBufferWaterMark(64 * 1024, 256 * 1024);

  private final RealSocket real;
  private final EdgeLoop edge;
  private final Loop loop;
  private final Connector connector;
  private TcpSocket virtual;
  private ByteBuf pending;
  private boolean connected;
  private boolean realEnded;
  private boolean virtualEnded;
  private boolean virtualEndSent;
  private boolean virtualClosed;
  private boolean ready;

  private Relay(RealSocket real, EdgeLoop edge, Loop loop, Connector connector) {
    this.real = real;
    this.edge = edge;
    this.loop = loop;
    this.connector = connector;
  }

  /** Gives a real connection that is not registered yet, connected or not, its relay. */
  static void install(RealSocket real, EdgeLoop edge, Loop loop, Connector connector) {
    real.config()
        .setAutoRead(false)
        .setWriteBufferWaterMark(WATER_MARK)
        .setRecvByteBufAllocator(edge.readBuffer());
    real.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
    real.config().setOption(ChannelOption.TCP_NODELAY, true);
    real.config().setOption(ChannelOption.SO_KEEPALIVE, true);
    real.pipeline().addLast(new Relay(real, edge, loop, connector));
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    try {
      virtual = connector.connect(this, loop.now());
    } catch (IOException e) {
      reset();
    }
  }

  @Override
  public void onConnected(TcpSocket socket, long now) {
    connected = true;
    socket.noDelay(true);
    passOn(now);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf octets = (ByteBuf) message;
    if (pending == null && connected && !virtualClosed) {
      write(octets, loop.now());
    }
    if (octets.isReadable()) {
      keep(octets);
    }
    octets.release();
    passOn(loop.now());
  }

  /** More than one piece comes only at the end of the real stream. */
  private void keep(ByteBuf octets) {
    if (pending == null) {
      pending = real.alloc().directBuffer(octets.readableBytes());
    }
    pending.writeBytes(octets);
  }

  /** Whether there was room for all of them. */
  private boolean write(ByteBuf octets, long now) {
    if (octets.isReadable()) {
      ByteBuffer waiting = octets.internalNioBuffer(octets.readerIndex(), octets.readableBytes());
      octets.skipBytes(virtual.write(waiting, now));
    }
    return !octets.isReadable();
  }

  @Override
  public void onWritable(TcpSocket socket, long now) {
    passOn(now);
  }

  /** From the real side to the virtual one. */
  private void passOn(long now) {
    if (!connected) {
      return;
    }
    if (pending != null && !virtualClosed) {
      if (!write(pending, now)) {
        return;
      }
      forgetPending();
    }
    if (!realEnded) {
      real.read();
    } else if (!virtualClosed) {
      virtual.shutdownOutput(now);
      closeIfOver();
    }
  }

  /** Netty leaves a connection open whose both directions have ended. */
  private void closeIfOver() {
    if (realEnded && pending == null && virtualEndSent) {
      real.close();
    }
  }

  private void forgetPending() {
    if (pending != null) {
      pending.release();
      pending = null;
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event == ChannelInputShutdownEvent.INSTANCE && !realEnded) {
      realEnded = true;
      passOn(loop.now());
    }
  }

  @Override
  public void onReadable(TcpSocket socket, long now) {
    makeReady();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (virtual != null && real.isWritable()) {
      makeReady();
    }
  }

  private void makeReady() {
    if (!ready) {
      ready = true;
      edge.ready(this);
    }
  }

  /** From the virtual side to the real one. */
  void drain(long now) {
    ready = false;
    if (virtualEnded || !real.isActive()) {
      return;
    }
    try {
      while (virtual.available() > 0 && real.isWritable()) {
        passOnToReal(now);
      }
    } catch (IOException e) {
      reset();
      return;
    }
    if (!virtual.hasEnded()) {
      return;
    }
    virtualEnded = true;
    real.writeAndFlush(Unpooled.EMPTY_BUFFER)
        .addListener(
            done -> {
              virtualEndSent = true;
              real.shutdownOutput();
              closeIfOver();
            });
  }

  /** What the kernel does not take at once waits in Netty's queue. */
  private void passOnToReal(long now) throws IOException {
    ByteBuffer octets = edge.writeBuffer().clear();
    virtual.read(octets, now);
    octets.flip();
    real.writeNow(octets);
    if (octets.hasRemaining()) {
      ByteBuf rest = real.alloc().directBuffer(octets.remaining()).writeBytes(octets);
      real.writeAndFlush(rest, real.voidPromise());
    }
  }

  @Override
  public void onClosed(TcpSocket socket, IOException cause, long now) {
    virtualClosed = true;
    if (cause == null) {
      makeReady();
    } else {
      reset();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    forgetPending();
    if (virtual == null || virtualClosed) {
      return;
    }
    if (realEnded && virtualEnded) {
      virtual.close(loop.now());
    } else {
      virtualClosed = true;
      virtual.abort(loop.now());
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (!(cause instanceof IOException)) {
      edge.fail(cause);
    }
    reset();
  }

  /**
   * Ends it for a port that closes: by a reset, unless the virtual side has ended its stream, which
   * is passed on to its end first. A container that has answered and gone is heard out.
   */
  void stop() {
    if (virtual != null && virtual.isInputEnded()) {
      realEnded = true;
      forgetPending();
      closeIfOver();
    } else {
      reset();
    }
  }

  /** Ends both sides by a reset. */
  void reset() {
    if (virtual != null && !virtualClosed) {
      virtualClosed = true;
      virtual.abort(loop.now());
    }
    if (real.isOpen()) {
      real.config().setOption(ChannelOption.SO_LINGER, 0);
      real.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
    }
  }
}
