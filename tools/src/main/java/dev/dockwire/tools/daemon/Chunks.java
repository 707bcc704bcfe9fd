package dev.dockwire.tools.daemon;

import dev.dockwire.host.Output;
import dev.dockwire.host.Process;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The body of an answer that is sent as it comes into being. A slow client slows the writer. */
final class Chunks implements Output {

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
    byte[] bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
    write(writer, bytes, 0, bytes.length);
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
