package dev.dockwire.stack.tcp;

import dev.dockwire.fabric.Fabric;
import dev.dockwire.fabric.FabricShape;
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
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** A client and a server at the two ends of an impaired path, and a stream in each direction. */
final class Transfer {

  private static final int SERVER = 0x0a00_0002;
  private static final int BACKLOG = 5;
  private static final long DEADLINE = 40_000_000_000_000L;

  /** One end: writes its stream, digests what it reads, and closes when both are through. */
  private static final class End implements TcpSocket.Handler {

    private final byte[] pattern = new byte[65_536];
    private final byte[] scratch = new byte[65_536];
    private final MessageDigest written = sha256();
    private final MessageDigest read = sha256();
    private int toWrite;
    private boolean ended;
    private IOException failure;

    End(int octets, RandomGenerator random) {
      toWrite = octets;
      random.nextBytes(pattern);
    }

    @Override
    public void onConnected(TcpSocket socket, long now) {
      onWritable(socket, now);
    }

    @Override
    public void onWritable(TcpSocket socket, long now) {
      int taken = 1;
      while (toWrite > 0 && taken > 0) {
        taken = socket.write(pattern, 0, Math.min(toWrite, pattern.length), now);
        written.update(pattern, 0, taken);
        toWrite -= taken;
      }
      if (toWrite == 0) {
        socket.shutdownOutput(now);
      }
    }

    @Override
    public void onReadable(TcpSocket socket, long now) {
      int count;
      while ((count = socket.read(scratch, 0, scratch.length, now)) > 0) {
        read.update(scratch, 0, count);
      }
      ended |= count < 0;
    }

    @Override
    public void onClosed(TcpSocket socket, IOException cause, long now) {
      failure = cause;
    }
  }

  final HostStack client;
  final HostStack server;
  private boolean flooded;

  private final Loop loop = new Loop(new VirtualClock());
  private final Timers timers = new Timers();
  private final Fabric fabric = new Fabric(FabricShape.DEFAULT);
  private final Seed seed;

  Transfer(ImpairedPath.Impairment impairment, int bufferSize, long seedValue) {
    seed = new Seed(seedValue);
    loop.add(timers);
    loop.add(fabric);
    client = host("10.0.0.1/24");
    server = host("10.0.0.2/24");
    client.tcp().bufferSize(bufferSize);
    server.tcp().bufferSize(bufferSize);
    join(impairment, client, server);
    join(impairment, server, client);
  }

  private HostStack host(String address) {
    HostStack stack = new HostStack(address, timers, seed.generator(address));
    Ipv4Prefix prefix = Ipv4Prefix.parse(address);
    Nic nic = new Nic("eth0", MacAddress.fromIpv4(prefix.address()), 1500, fabric);
    stack.attach(nic).address(prefix, 0);
    return stack;
  }

  private void join(ImpairedPath.Impairment impairment, HostStack from, HostStack to) {
    Nic start = from.interfaces().getFirst().nic();
    Nic end = to.interfaces().getFirst().nic();
    start.connect(
        new ImpairedPath(impairment, end, seed.generator("to " + end.mac()), timers, fabric));
    // Neighbours are known: address resolution has no part in this.
    to.neighbours()
        .pin(
            from.interfaces().getFirst().address().orElseThrow().address(),
            start.mac(),
            to.interfaces().getFirst(),
            0);
  }

  /** The server has as many handshakes under way as it may: who comes now gets a cookie. */
  Transfer flooded() {
    flooded = true;
    return this;
  }

  /**
   * Sends the octets up and down, at once.
   *
   * @return how long it took, in virtual nanoseconds
   * @throws AssertionError if what arrives is not what was sent
   */
  long run(int up, int down) throws IOException {
    End here = new End(up, seed.generator("up"));
    End there = new End(down, seed.generator("down"));
    TcpListener.listen(
        server, 0, 80, BACKLOG, ready -> there.onWritable(ready.accept(there), loop.now()));
    for (int i = 0; flooded && i <= BACKLOG; i++) {
      server.tcp().listeners().getFirst().started();
    }
    TcpSocket.connect(client, 0, 0, SERVER, 80, here, loop.now());
    boolean[] late = {false};
    timers.timer(now -> late[0] = true).arm(DEADLINE);
    loop.runUntil(
        () ->
            here.ended && there.ended || here.failure != null || there.failure != null || late[0]);
    long taken = loop.now();
    if (here.failure != null || there.failure != null || late[0]) {
      throw new AssertionError("client " + here.failure + ", server " + there.failure);
    }
    check(here.written, there.read, "up");
    check(there.written, here.read, "down");
    return taken;
  }

  private static void check(MessageDigest sent, MessageDigest got, String direction) {
    String expected = HexFormat.of().formatHex(sent.digest());
    String actual = HexFormat.of().formatHex(got.digest());
    if (!expected.equals(actual)) {
      throw new AssertionError("the stream " + direction + " is not what was sent");
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
