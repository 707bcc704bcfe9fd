package dev.dockwire.bench;

import dev.dockwire.frame.Ipv4Prefix;
import dev.dockwire.stack.HostStack;
import dev.dockwire.stack.socket.TcpListener;
import dev.dockwire.stack.socket.TcpSocket;
import dev.dockwire.time.Clock;
import dev.dockwire.time.Seed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * More and more TCP connections between pairs of hosts on one bridge, 25,000 each; each can send an
 * octet and have it sent back.
 */
final class ConnectedPairs implements Load {

  static final int PER_PAIR = 25_000;
  private static final int BACKLOG = 128;
  private static final int PORT = 80;
  private static final int BURST = 64;

  private final Clock clock;
  private final BridgedHosts hosts = new BridgedHosts();
  private final List<HostStack> stacks = new ArrayList<>();
  private final List<TcpSocket> clients = new ArrayList<>();
  private final RandomGenerator random = new Seed(1).generator("order");
  private final byte[] octet = new byte[1];

  private int next;
  private long echoed;

  ConnectedPairs(Clock clock) {
    this.clock = clock;
  }

  /** Connects until there are this many, and shuffles the order in which they are used. */
  @Override
  public void grow(int size) throws IOException {
    while (clients.size() < size) {
      if (clients.size() % PER_PAIR == 0) {
        addPair(clients.size() / PER_PAIR);
      }
      connect();
    }
    Collections.shuffle(clients, random);
  }

  private void addPair(int pair) throws IOException {
    HostStack server = hosts.host("s" + pair, Ipv4Prefix.parse(address(2 * pair)));
    TcpListener.listen(server, 0, PORT, BACKLOG, listener -> listener.accept(new Echo()));
    stacks.add(server);
    stacks.add(hosts.host("c" + pair, Ipv4Prefix.parse(address(2 * pair + 1))));
  }

  private static String address(int host) {
    return "172.17.0." + (2 + host) + "/16";
  }

  private void connect() throws IOException {
    int server = Ipv4Prefix.parse(address(stacks.size() - 2)).address().value();
    long goal = echoed + 1;
    clients.add(TcpSocket.connect(stacks.getLast(), 0, 0, server, PORT, new Asking(), clock.now()));
    turnUntilEchoed(goal);
  }

  private void turnUntilEchoed(long goal) {
    while (echoed < goal) {
      hosts.turn(clock.now());
    }
  }

  /** Until nothing is under way at this moment. */
  void turnUntilIdle() {
    long now = clock.now();
    while (hosts.turn(now) > 0) {
      // Until then.
    }
  }

  @Override
  public int size() {
    return clients.size();
  }

  @Override
  public int burst(int taking) {
    int all = Math.min(taking, clients.size());
    int count = Math.min(BURST, all);
    long goal = echoed + count;
    long now = clock.now();
    for (int i = 0; i < count; i++) {
      next = (next + 1) % all;
      clients.get(next).write(octet, 0, 1, now);
    }
    turnUntilEchoed(goal);
    return count;
  }

  @Override
  public long frames() {
    return hosts.frames();
  }

  @Override
  public void close() {
    // Nothing outside the heap.
  }

  private final class Asking implements TcpSocket.Handler {
    @Override
    public void onConnected(TcpSocket socket, long now) {
      socket.noDelay(true);
      socket.write(octet, 0, 1, now);
    }

    @Override
    public void onReadable(TcpSocket socket, long now) {
      echoed += Math.max(0, socket.read(octet, 0, 1, now));
    }
  }

  private final class Echo implements TcpSocket.Handler {
    @Override
    public void onReadable(TcpSocket socket, long now) {
      if (socket.read(octet, 0, 1, now) > 0) {
        socket.write(octet, 0, 1, now);
      }
    }
  }
}
