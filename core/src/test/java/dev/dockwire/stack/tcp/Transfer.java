package dev.dockwire.stack.tcp;

import dev.dockwire.fabric.Fabric;
import dev.dockwire.fabric.FabricShape;
import dev.dockwire.frame.DropReason;
import dev.dockwire.frame.Ipv4Prefix;
import dev.dockwire.frame.MacAddress;
import dev.dockwire.link.Nic;
import dev.dockwire.stack.HostStack;
import dev.dockwire.stack.socket.TcpListener;
import dev.dockwire.stack.socket.TcpSocket;
import dev.dockwire.time.Loop;
import dev.dockwire.time.Seed;
import dev.dockwire.time.Timers;
import dev.dockwire.time.VirtualClock;
import java.io.IOException;
import java.util.List;

/** A client and a server at the two ends of an impaired path, and streams between them. */
final class Transfer {

  /** The buffers that connections have unless told otherwise; they grow. */
  static final int USUAL_BUFFERS = 0;

  private static final int LARGEST_BUFFER = 8 << 20;
  private static final int SERVER = 0x0a00_0002;
  private static final int BACKLOG = 64;
  private static final int TCP_PORT = 80;
  private static final long DEADLINE = 40_000_000_000_000L;
  private static final List<DropReason> CHECKED =
      List.of(
          DropReason.IP_BAD_VERSION,
          DropReason.IP_BAD_IHL,
          DropReason.IP_BAD_LEN,
          DropReason.IP_BAD_CSUM,
          DropReason.TCP_BAD_OFFSET,
          DropReason.TCP_BAD_CSUM);

  final HostStack client;
  final HostStack server;
  private boolean flooded;
  final Loop loop = new Loop(new VirtualClock());

  private final Timers timers = new Timers();
  private final Fabric fabric = new Fabric(FabricShape.DEFAULT);
  private final Seed seed;
  private final ImpairedPath up;
  private final ImpairedPath down;
  private final StreamInvariants invariants;
  private boolean inPieces;

  Transfer(Impairment impairment, int bufferSize, long seedValue) {
    seed = new Seed(seedValue);
    loop.add(timers);
    loop.add(fabric);
    client = host("10.0.0.1/24");
    server = host("10.0.0.2/24");
    if (bufferSize != USUAL_BUFFERS) {
      client.tcp().bufferSize(bufferSize);
      server.tcp().bufferSize(bufferSize);
    }
    up = join(impairment, client, server);
    down = join(impairment, server, client);
    invariants =
        new StreamInvariants(
            client, server, bufferSize == USUAL_BUFFERS ? LARGEST_BUFFER : bufferSize);
  }

  private HostStack host(String address) {
    HostStack stack = new HostStack(address, timers, seed.generator(address));
    Ipv4Prefix prefix = Ipv4Prefix.parse(address);
    Nic nic = new Nic("eth0", MacAddress.fromIpv4(prefix.address()), 1500, fabric);
    stack.attach(nic).address(prefix, 0);
    return stack;
  }

  private ImpairedPath join(Impairment impairment, HostStack from, HostStack to) {
    Nic start = from.interfaces().getFirst().nic();
    Nic end = to.interfaces().getFirst().nic();
    ImpairedPath path =
        new ImpairedPath(impairment, end, seed.generator("to " + end.mac()), timers, fabric);
    start.connect(path);
    // Neighbours are known: address resolution has no part in this.
    to.neighbours()
        .pin(
            from.interfaces().getFirst().address().orElseThrow().address(),
            start.mac(),
            to.interfaces().getFirst(),
            0);
    return path;
  }

  Transfer with(String congestionControl) {
    client.tcp().congestionControl(congestionControl);
    server.tcp().congestionControl(congestionControl);
    return this;
  }

  /** The server has as many handshakes under way as it may: who comes now gets a cookie. */
  Transfer flooded() {
    flooded = true;
    return this;
  }

  /** Has the ends write pieces of any size instead of filling the send buffer. */
  Transfer inPieces() {
    inPieces = true;
    return this;
  }

  /**
   * Sends the octets up and down, at once.
   *
   * @return how long it took, in virtual nanoseconds
   * @throws AssertionError if what arrives is not what was sent
   */
  long run(int octetsUp, int octetsDown) throws IOException {
    StreamEnd here = new StreamEnd(octetsUp, inPieces, seed, "up", "down");
    StreamEnd there = new StreamEnd(octetsDown, inPieces, seed, "down", "up");
    accept(there);
    connect(here);
    boolean[] late = {false};
    timers.timer(now -> late[0] = true).arm(DEADLINE);
    loop.runUntil(
        () -> {
          invariants.check();
          return here.hasEnded() && there.hasEnded()
              || here.failure() != null
              || there.failure() != null
              || late[0];
        });
    long taken = loop.now();
    if (here.failure() != null || there.failure() != null || late[0]) {
      throw new AssertionError("client " + here.failure() + ", server " + there.failure());
    }
    there.mustHaveRead(here, "up");
    here.mustHaveRead(there, "down");
    return taken;
  }

  void accept(StreamEnd end) throws IOException {
    TcpListener.listen(
        server, 0, TCP_PORT, BACKLOG, ready -> end.onWritable(ready.accept(end), loop.now()));
    for (int i = 0; flooded && i <= BACKLOG; i++) {
      server.tcp().listeners().getFirst().started();
    }
  }

  void connect(TcpSocket.Handler end) throws IOException {
    TcpSocket.connect(client, 0, 0, SERVER, TCP_PORT, end, loop.now());
  }

  /** Frames that reached a host with a bit turned over. */
  long corrupted() {
    return up.corrupted() + down.corrupted();
  }

  long marked() {
    return up.marked();
  }

  /** Frames of the stream up for which the queue had no room. */
  long overflowed() {
    return up.overflowed();
  }

  /** Frames that the hosts' checks have refused. */
  long refused() {
    return CHECKED.stream()
        .mapToLong(reason -> client.drops().of(reason) + server.drops().of(reason))
        .sum();
  }
}
