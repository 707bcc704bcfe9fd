package dev.dockwire.dns;

import dev.dockwire.frame.NetworkOrder;
import dev.dockwire.stack.HostStack;
import dev.dockwire.stack.socket.TcpListener;
import dev.dockwire.stack.socket.TcpSocket;
import dev.dockwire.time.Timer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.BindException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Takes questions by TCP (RFC 1035, section 4.2.2; RFC 7766): each message stands after its length
 * in two octets. A client may ask again before it has its answer, and has answers in the order in
 * which they are found.
 *
 * <p>128 clients are served at once, others wait in the listener's queue. A client that has asked
 * nothing whole for 10 seconds is left, and so is one that sends less than a header or does not
 * fetch its answers.
 */
final class TcpQueries {

  /** Finds answers. */
  @FunctionalInterface
  interface Service {

    /** Answers a message, of at least a header, now or later; or not at all. */
    void serve(byte[] message, Reply reply, long now);
  }

  /** Where an answer goes. */
  @FunctionalInterface
  interface Reply {
    void send(DnsMessage answer, long now);
  }

  private static final int MAX_CLIENTS = 128;
  private static final int BACKLOG = 128;
  private static final int LENGTH_SIZE = 2;
  private static final int MAX_MESSAGE = 65_535;
  private static final int MAX_UNSENT = 4 * MAX_MESSAGE;
  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final HostStack stack;
  private final Service service;
  private final Set<Client> clients = new LinkedHashSet<>();
  private final byte[] buffer = new byte[4_096];
  private final Timer accepting;
  private TcpListener listener;
  private boolean closed;

  private TcpQueries(HostStack stack, Service service) {
    this.stack = stack;
    this.service = service;
    this.accepting = stack.timers().timer(this::acceptAll);
  }

  static TcpQueries listen(HostStack stack, int address, int tcpPort, Service service)
      throws BindException {
    TcpQueries queries = new TcpQueries(stack, service);
    queries.listener =
        TcpListener.listen(stack, address, tcpPort, BACKLOG, _ -> queries.accepting.arm(0));
    return queries;
  }

  private void acceptAll(long now) {
    while (!closed && clients.size() < MAX_CLIENTS && listener.isAcceptable()) {
      Client client = new Client();
      clients.add(client);
      client.socket = listener.accept(client);
      client.onReadable(client.socket, now);
    }
  }

  void close(long now) {
    closed = true;
    accepting.cancel();
    listener.close(now);
    List.copyOf(clients).forEach(client -> client.leave(now));
  }

  /** One client: what has come of its next message, and what it has not been sent yet. */
  private final class Client implements TcpSocket.Handler {

    private final Timer idle = stack.timers().timer(this::expire);
    private final byte[] length = new byte[LENGTH_SIZE];
    private TcpSocket socket;
    private byte[] message = length;
    private int filled;
    private byte[] unsent = new byte[0];
    private int unanswered;
    private boolean askedAll;
    private boolean gone;

    @Override
    public void onReadable(TcpSocket readable, long now) {
      if (!idle.isArmed()) {
        idle.arm(now + IDLE_NANOS);
      }
      while (!gone && !askedAll && unsent.length < MAX_UNSENT) {
        int count = socket.read(buffer, 0, buffer.length, now);
        if (count == 0) {
          return;
        }
        if (count < 0) {
          askedAll = true;
          leaveIfDone(now);
          return;
        }
        take(count, now);
      }
    }

    private void take(int count, long now) {
      int at = 0;
      while (at < count && !gone) {
        int part = Math.min(count - at, message.length - filled);
        System.arraycopy(buffer, at, message, filled, part);
        at += part;
        filled += part;
        if (filled == message.length) {
          finishPart(now);
        }
      }
    }

    /** A length, or the message that it announced, is there. */
    private void finishPart(long now) {
      byte[] whole = message;
      filled = 0;
      if (whole == length) {
        int announced = NetworkOrder.short16(length, 0);
        if (announced < DnsMessage.HEADER_LENGTH) {
          leave(now);
        } else {
          message = new byte[announced];
        }
        return;
      }
      message = length;
      unanswered++;
      idle.arm(now + IDLE_NANOS);
      service.serve(whole, this::answer, now);
    }

    private void answer(DnsMessage answer, long now) {
      if (gone) {
        return;
      }
      unanswered--;
      byte[] bytes = answer.bytes();
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      all.writeBytes(unsent);
      all.write(bytes.length >>> 8);
      all.write(bytes.length);
      all.writeBytes(bytes);
      unsent = all.toByteArray();
      idle.arm(now + IDLE_NANOS);
      flush(now);
    }

    @Override
    public void onWritable(TcpSocket writable, long now) {
      flush(now);
      onReadable(writable, now);
    }

    private void flush(long now) {
      int sent = gone ? 0 : socket.write(unsent, 0, unsent.length, now);
      if (sent > 0) {
        byte[] rest = new byte[unsent.length - sent];
        System.arraycopy(unsent, sent, rest, 0, rest.length);
        unsent = rest;
      }
      leaveIfDone(now);
    }

    private void leaveIfDone(long now) {
      if (askedAll && unanswered == 0 && unsent.length == 0) {
        leave(now);
      }
    }

    private void expire(long now) {
      if (unanswered > 0) {
        idle.arm(now + IDLE_NANOS);
      } else {
        leave(now);
      }
    }

    void leave(long now) {
      if (!gone) {
        forget();
        socket.close(now);
        acceptAll(now);
      }
    }

    @Override
    public void onClosed(TcpSocket ended, IOException cause, long now) {
      if (!gone) {
        forget();
        acceptAll(now);
      }
    }

    private void forget() {
      gone = true;
      idle.cancel();
      clients.remove(this);
    }
  }
}
