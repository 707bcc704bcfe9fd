package dev.dockwire.tools.daemon;

import dev.dockwire.host.Output;
import dev.dockwire.host.Process;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The body of an answer that is sent as it comes into being. What is kept anyway, as a log, is
 * written as fast as the client reads it; what nothing waits for, as events, is not held back: a
 * client that lets more than 1 MiB of it wait is dropped.
 */
final class Chunks implements Output {

  private static final int MAX_UNSENT = 1 << 20;

  private final ApiConnection connection;
  private final Channel channel;

  Chunks(ApiConnection connection) {
    this.connection = connection;
    this.channel = connection.channel();
  }

  @Override
  public void write(Process writer, byte[] bytes, int offset, int length) {
    if (length > 0 && !isBroken()) {
      byte[] copy = Arrays.copyOfRange(bytes, offset, offset + length);
      channel.writeAndFlush(
          new DefaultHttpContent(Unpooled.wrappedBuffer(copy)), channel.voidPromise());
      connection.awaitRoom(writer);
    }
  }

  /**
   * What is written as one stream of a container's.
   *
   * @param stream {@link Frames#STDOUT} or {@link Frames#STDERR}
   */
  Output framed(int stream) {
    return (writer, bytes, offset, length) -> {
      byte[] frame = Frames.frame(stream, bytes, offset, length);
      write(writer, frame, 0, frame.length);
    };
  }

  /** Sends one line. */
  void line(Process writer, String text) {
    byte[] bytes = withEnd(text);
    write(writer, bytes, 0, bytes.length);
  }

  private static byte[] withEnd(String text) {
    return (text + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /** Sends one line without waiting, or drops a client that lets too much wait. */
  void lineNow(String text) {
    if (isBroken()) {
      return;
    }
    if (connection.unsent() > MAX_UNSENT) {
      connection.dropSlow();
      return;
    }
    channel.writeAndFlush(
        new DefaultHttpContent(Unpooled.wrappedBuffer(withEnd(text))), channel.voidPromise());
  }

  @Override
  public boolean isBroken() {
    return connection.isGone();
  }

  /** The answer is complete. */
  void end() {
    channel.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT, channel.voidPromise());
  }
}
