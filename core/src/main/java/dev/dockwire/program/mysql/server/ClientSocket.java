package dev.dockwire.program.mysql.server;

import dev.dockwire.stack.socket.TcpListener;
import dev.dockwire.stack.socket.TcpSocket;
import dev.dockwire.stack.tcp.TcpState;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.IntFunction;

/**
 * A client's socket: bytes in as far as the conversation takes them, bytes out as far as there is
 * room; while something has still to go out nothing more is read.
 */
final class ClientSocket implements TcpSocket.Handler {

  /** What is spoken with a client. */
  interface Conversation {

    /** How many octets it can take now; 0 while it has others to work on. */
    int room();

    void receive(byte[] bytes, int offset, int length);

    /** Goes on with what it has. */
    void resume();

    /** When it gives up if nothing happens. */
    long deadline();

    void expire(long now);

    /** Whether it waits for another client's transaction to end. */
    boolean isWaiting();

    /** The connection is gone. */
    void ended();
  }

  private final MysqlService service;
  private final Deque<byte[]> unsent = new ArrayDeque<>(2);
  private TcpSocket socket;
  private Conversation conversation;
  private int sentOfFirst;
  private boolean closing;
  private boolean closed;
  private boolean lost;

  ClientSocket(MysqlService service) {
    this.service = service;
  }

  /** Takes the connection that has waited longest and begins to speak. */
  void open(TcpListener listener, IntFunction<Conversation> speaker) {
    socket = listener.accept(this);
    socket.noDelay(true);
    service.add(this);
    conversation = speaker.apply(socket.remoteAddress());
    if (socket.state() == TcpState.CLOSED) {
      lost = true;
    }
    service.wake(this);
  }

  @Override
  public void onReadable(TcpSocket readable, long now) {
    service.wake(this);
  }

  @Override
  public void onWritable(TcpSocket writable, long now) {
    service.wake(this);
  }

  @Override
  public void onClosed(TcpSocket ended, IOException cause, long now) {
    lost = true;
    service.wake(this);
  }

  /** Does all that can be done for this client now. */
  void resume() {
    if (lost) {
      close();
      return;
    }
    flush();
    byte[] buffer = service.buffer();
    while (isIdle()) {
      conversation.resume();
      int room = isIdle() ? conversation.room() : 0;
      if (room == 0) {
        return;
      }
      int count = socket.read(buffer, 0, Math.min(room, buffer.length), service.now());
      if (count < 0) {
        close();
      } else if (count == 0) {
        return;
      } else {
        conversation.receive(buffer, 0, count);
      }
    }
  }

  /** Whether everything is sent and more may be worked on. */
  boolean isIdle() {
    return !closed && !closing && unsent.isEmpty();
  }

  void send(byte[] bytes) {
    if (!closed) {
      unsent.add(bytes);
      flush();
    }
  }

  private void flush() {
    while (!unsent.isEmpty()) {
      byte[] first = unsent.getFirst();
      sentOfFirst += socket.write(first, sentOfFirst, first.length - sentOfFirst, service.now());
      if (sentOfFirst < first.length) {
        return;
      }
      unsent.removeFirst();
      sentOfFirst = 0;
    }
    if (closing) {
      close();
    }
  }

  /** Closes as soon as everything is sent. */
  void finish() {
    closing = true;
    flush();
  }

  void close() {
    if (!closed) {
      closed = true;
      service.remove(this);
      if (conversation != null) {
        conversation.ended();
      }
      socket.close(service.now());
    }
  }

  long deadline() {
    return conversation.deadline();
  }

  boolean isWaiting() {
    return conversation.isWaiting();
  }

  void expire(long now) {
    if (now >= deadline()) {
      conversation.expire(now);
    }
  }
}
