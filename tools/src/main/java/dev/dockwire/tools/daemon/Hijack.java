package dev.dockwire.tools.daemon;

import dev.dockwire.host.Input;
import dev.dockwire.host.Output;
import dev.dockwire.host.Process;
import dev.dockwire.host.WaitQueue;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * A connection that has been taken over: what the client sends is a program's input, and what is
 * written here is shown to the client, without a terminal in {@link Frames}.
 */
final class Hijack {

  private static final int MAX_QUEUED = 64 * 1024;
  private static final int PROBE_SECONDS = 15;

  private final ApiConnection connection;
  private final Channel channel;
  private final boolean framed;
  private final ArrayDeque<byte[]> queue = new ArrayDeque<>();
  private final WaitQueue inputChanged = new WaitQueue();
  private int queued;
  private int offsetInFirst;
  private boolean inputEnded;
  private boolean headSent;
  private boolean released;
  private boolean over;
  private Future<?> nextProbe;

  private Hijack(ApiConnection connection, boolean framed) {
    this.connection = connection;
    this.channel = connection.channel();
    this.framed = framed;
  }

  static Hijack begin(ApiConnection connection, Request request, boolean framed) {
    Hijack hijack = new Hijack(connection, framed);
    byte[] head = head(request, framed).getBytes(StandardCharsets.US_ASCII);
    hijack.channel.eventLoop().execute(() -> hijack.takeOver(head));
    return hijack;
  }

  private static String head(Request request, boolean framed) {
    String type = "Content-Type: " + Frames.contentType(framed, request) + "\r\n";
    return request.wantsUpgrade()
        ? "HTTP/1.1 101 UPGRADED\r\n" + type + "Connection: Upgrade\r\nUpgrade: tcp\r\n\r\n"
        : "HTTP/1.1 200 OK\r\n" + type + "\r\n";
  }

  private void takeOver(byte[] head) {
    connection.hijacked(this);
    ChannelPipeline pipeline = channel.pipeline();
    // The encoder first: the decoder's removal passes on what it has read too far.
    for (Class<? extends ChannelHandler> handler :
        List.of(HttpResponseEncoder.class, RequestReader.class, HttpRequestDecoder.class)) {
      if (pipeline.get(handler) != null) {
        pipeline.remove(handler);
      }
    }
    channel.writeAndFlush(Unpooled.wrappedBuffer(head), channel.voidPromise());
    headSent = true;
    channel.closeFuture().addListener(_ -> forgetProbe());
    if (inputEnded) {
      probe();
    }
  }

  private void forgetProbe() {
    if (nextProbe != null) {
      nextProbe.cancel(false);
    }
  }

  /**
   * A client that has ended its direction may still read, or may have gone altogether: writing
   * tells. Without frames there is nothing to write that says nothing.
   */
  private void probe() {
    if (framed && !over && !isGone()) {
      if (connection.hasRoom()) {
        byte[] nothing = Frames.frame(Frames.STDOUT, new byte[0], 0, 0);
        channel.writeAndFlush(Unpooled.wrappedBuffer(nothing), channel.voidPromise());
      }
      if (channel.isOpen()) {
        nextProbe = channel.eventLoop().schedule(this::probe, PROBE_SECONDS, TimeUnit.SECONDS);
      }
    }
  }

  /** Bytes of the client's; called on the loop's thread. */
  void received(ByteBuf bytes) {
    if (over || released || !bytes.isReadable()) {
      return;
    }
    byte[] copy = new byte[bytes.readableBytes()];
    bytes.readBytes(copy);
    queue.add(copy);
    queued += copy.length;
    channel.config().setAutoRead(hasRoom());
    inputChanged.wakeAll();
  }

  /** The client sends nothing more; called on the loop's thread. */
  void inputEnded() {
    boolean before = inputEnded;
    inputEnded = true;
    inputChanged.wakeAll();
    if (over) {
      channel.close();
    } else if (headSent && !before) {
      probe();
    }
  }

  /** Woken when there is input, or its end. */
  WaitQueue inputChanged() {
    return inputChanged;
  }

  boolean hasRoom() {
    return queued < MAX_QUEUED;
  }

  boolean hasInput() {
    return queued > 0;
  }

  /** Whether all input has been read and no more will come. */
  boolean isInputOver() {
    return inputEnded && queued == 0;
  }

  /** Whether nobody can be shown anything any more. */
  boolean isGone() {
    return connection.isGone();
  }

  /** Woken when {@link #isGone} may have come to hold. */
  WaitQueue changed() {
    return connection.changed();
  }

  /** Takes what has come; nothing if nothing has. */
  int take(byte[] buffer, int offset, int length) {
    if (queue.isEmpty()) {
      return 0;
    }
    byte[] first = queue.peek();
    int count = Math.min(length, first.length - offsetInFirst);
    System.arraycopy(first, offsetInFirst, buffer, offset, count);
    offsetInFirst += count;
    queued -= count;
    if (offsetInFirst == first.length) {
      queue.remove();
      offsetInFirst = 0;
    }
    if (queued < MAX_QUEUED && !channel.config().isAutoRead()) {
      channel.eventLoop().execute(() -> channel.config().setAutoRead(true));
    }
    return count;
  }

  /** The program that reads it goes back to waiting for another client. */
  void release() {
    released = true;
    queue.clear();
    queued = 0;
    inputChanged.wakeAll();
  }

  /**
   * The client's input as a program reads it.
   *
   * @param withEnd whether the program meets its end, too
   */
  Input input(boolean withEnd) {
    return new Input() {
      @Override
      public int read(Process reader, byte[] buffer, int offset, int length) {
        if (!reader.await(inputChanged, this::isReadable)) {
          return 0;
        }
        return hasInput() ? take(buffer, offset, length) : released ? 0 : -1;
      }

      @Override
      public boolean isReadable() {
        return hasInput() || released || withEnd && inputEnded;
      }

      @Override
      public List<WaitQueue> changes() {
        return List.of(inputChanged);
      }
    };
  }

  /**
   * What is written to the client as one of its streams; a slow client slows the writer.
   *
   * @param stream {@link Frames#STDOUT} or {@link Frames#STDERR}
   */
  Output output(int stream) {
    return new Output() {
      @Override
      public void write(Process writer, byte[] bytes, int offset, int length) {
        if (!isBroken()) {
          show(stream, bytes, offset, length);
          connection.awaitRoom(writer);
        }
      }

      @Override
      public boolean isBroken() {
        return over || isGone();
      }
    };
  }

  /** Writes without waiting for room. */
  void show(int stream, byte[] bytes, int offset, int length) {
    if (over || length == 0) {
      return;
    }
    byte[] copy =
        framed
            ? Frames.frame(stream, bytes, offset, length)
            : Arrays.copyOfRange(bytes, offset, offset + length);
    channel.writeAndFlush(Unpooled.wrappedBuffer(copy), channel.voidPromise());
  }

  /** Shows what a terminal does; a client that lets too much of it wait is dropped. */
  void screen(byte[] bytes, int offset, int length) {
    if (!connection.dropIfSlow()) {
      show(Frames.STDOUT, bytes, offset, length);
    }
  }

  /** Whether much of what was shown has not gone out. */
  boolean isFull() {
    return !connection.hasRoom() && !isGone();
  }

  /**
   * Ends the output. What the client still sends is read and thrown away, for closing on it would
   * reset the connection before the client has read all.
   */
  void end() {
    over = true;
    channel.eventLoop().execute(this::endOutput);
  }

  private void endOutput() {
    queue.clear();
    connection.endOutput();
  }
}
