package dev.dockwire.tools.daemon;

import dev.dockwire.host.Output;
import dev.dockwire.host.Process;
import dev.dockwire.tools.template.GoJson;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.Arrays;

/**
 * The body of an answer that is sent as it comes into being. What is kept anyway, as a log, is
 * written as fast as the client reads it; what nothing waits for, as events, is not held back.
 */
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
      send(bytes, offset, length);
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

  /** Sends a value as one line of JSON. */
  void json(Process writer, Object value) {
    if (!isBroken()) {
      send(value);
      connection.awaitRoom(writer);
    }
  }

  /** Sends it without waiting, or drops a client that lets too much wait. */
  void jsonNow(Object value) {
    if (!isBroken() && !connection.dropIfSlow()) {
      send(value);
    }
  }

  private void send(Object value) {
    GoJson json = connection.json().clear().write(value).newLine();
    send(json.bytes(), 0, json.length());
  }

  private void send(byte[] bytes, int offset, int length) {
    byte[] copy = Arrays.copyOfRange(bytes, offset, offset + length);
    channel.writeAndFlush(
        new DefaultHttpContent(Unpooled.wrappedBuffer(copy)), channel.voidPromise());
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
