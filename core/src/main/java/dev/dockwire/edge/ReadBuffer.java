package dev.dockwire.edge;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;

/**
 * The one buffer into which the sockets of an {@link EdgeLoop} are read, one after the other: it
 * stays in the processor's cache, and an idle socket has none. Whoever is handed it may read it
 * until {@code channelRead} returns, and has to copy what it keeps.
 */
final class ReadBuffer extends DefaultMaxMessagesRecvByteBufAllocator {

  private static final int OCTETS = 64 * 1024;

  private final ByteBuf buffer = Unpooled.directBuffer(OCTETS, OCTETS);

  ReadBuffer() {
    super(1);
  }

  /** Gives the memory back. */
  void close() {
    buffer.release();
  }

  @Override
  public MaxMessageHandle newHandle() {
    return new MaxMessageHandle() {
      @Override
      public int guess() {
        return OCTETS;
      }

      @Override
      public ByteBuf allocate(ByteBufAllocator allocator) {
        return buffer.clear().retain();
      }
    };
  }
}
