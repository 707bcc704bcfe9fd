package dev.dockwire.program.mysql.server;

import dev.dockwire.program.mysql.PayloadWriter;
import java.util.concurrent.TimeUnit;

/**
 * The port of the X protocol, 33060: whatever a client says first, it is told, in the X protocol's
 * own form, that this server does not speak it, and the connection ends.
 */
final class XConnection implements ClientSocket.Conversation {

  private static final long CONNECT_TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final int HEADER = 5;
  private static final int ERROR_MESSAGE = 1;
  private static final int FATAL = 1;
  private static final int NOT_SUPPORTED = 1235;
  private static final String TEXT =
      "The X protocol is not emulated; the classic protocol is, at port 3306";

  private final ClientSocket socket;
  private final long deadline;
  private int received;

  XConnection(ClientSocket socket, long now) {
    this.socket = socket;
    this.deadline = now + CONNECT_TIMEOUT_NANOS;
  }

  @Override
  public int room() {
    return HEADER - received;
  }

  @Override
  public void receive(byte[] bytes, int offset, int length) {
    received += length;
    if (received == HEADER) {
      socket.send(error());
      socket.finish();
    }
  }

  /** Mysqlx.Error as protocol buffers encode it: severity, code, SQL state, text. */
  private static byte[] error() {
    byte[] message =
        new PayloadWriter()
            .int1(1 << 3)
            .int1(FATAL)
            .int1(2 << 3)
            .int1(NOT_SUPPORTED & 0x7f | 0x80)
            .int1(NOT_SUPPORTED >> 7)
            .int1(4 << 3 | 2)
            .lengthEncoded("HY000")
            .int1(3 << 3 | 2)
            .lengthEncoded(TEXT)
            .toBytes();
    return new PayloadWriter()
        .int4(message.length + 1)
        .int1(ERROR_MESSAGE)
        .bytes(message)
        .toBytes();
  }

  @Override
  public void resume() {
    // There is nothing but the first message.
  }

  @Override
  public long deadline() {
    return deadline;
  }

  @Override
  public void expire(long now) {
    socket.close();
  }

  @Override
  public boolean isWaiting() {
    return false;
  }

  @Override
  public void ended() {
    // It holds nothing.
  }
}
