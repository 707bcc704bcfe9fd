package dev.dockwire.host.socket;

import static dev.dockwire.host.socket.TestPrograms.start;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.frame.DropReason;
import dev.dockwire.frame.Ipv4Prefix;
import dev.dockwire.frame.MacAddress;
import dev.dockwire.host.FileTree;
import dev.dockwire.host.Host;
import dev.dockwire.host.Process;
import dev.dockwire.host.World;
import dev.dockwire.link.FrameSlot;
import dev.dockwire.link.Nic;
import dev.dockwire.stack.HostStack;
import dev.dockwire.stack.tcp.SocketOptions;
import dev.dockwire.time.Clock;
import dev.dockwire.time.Seed;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Programs on two hosts, 10.0.0.1 and 10.0.0.2, that talk by sockets. */
class StreamSocketTest {

  private static final int SERVER = 0x0a00_0002;

  private final World world = World.inVirtualTime(new Seed(1));
  private final Host client = host("10.0.0.1/24");
  private final Host server = host("10.0.0.2/24");

  private Host host(String address) {
    HostStack stack = new HostStack(address, world.timers(), world.seed().generator(address));
    Ipv4Prefix prefix = Ipv4Prefix.parse(address);
    Nic nic = new Nic("eth0", MacAddress.fromIpv4(prefix.address()), 1500, world.fabric());
    stack.attach(nic).address(prefix, 0);
    TestPrograms.attachLoopback(stack, world);
    return new Host(world, address, address, stack, new FileTree());
  }

  private void join() {
    Nic one = client.stack().interfaces().getFirst().nic();
    Nic two = server.stack().interfaces().getFirst().nic();
    one.connect(two);
    two.connect(one);
  }

  private void joinWithLoss(int oneIn) {
    Nic one = client.stack().interfaces().getFirst().nic();
    Nic two = server.stack().interfaces().getFirst().nic();
    RandomGenerator chance = world.seed().generator("loss");
    one.connect((slot, now) -> lose(two, slot, now, chance, oneIn));
    two.connect((slot, now) -> lose(one, slot, now, chance, oneIn));
  }

  private static void lose(Nic to, FrameSlot slot, long now, RandomGenerator chance, int oneIn) {
    if (chance.nextInt(oneIn) == 0) {
      slot.settleDropped(DropReason.PORT_LINK_DOWN);
    } else {
      to.receive(slot, now);
    }
  }

  private void finish(Process process) {
    assertThat(world.loop().runUntil(process::hasEnded)).isTrue();
    assertThat(process.exitStatus()).isZero();
  }

  private static byte[] octets(int seed) {
    byte[] octets = new byte[3_000_000];
    for (int i = 0; i < octets.length; i++) {
      octets[i] = (byte) (i * 31 + (i >>> 8) * 7 + seed);
    }
    return octets;
  }

  private static byte[] readAll(StreamSocket socket, int length) throws IOException {
    byte[] all = new byte[length];
    int at = 0;
    int count;
    while ((count = socket.read(all, at, Math.max(1, Math.min(9_999, length - at)))) > 0) {
      at += count;
    }
    return Arrays.copyOf(all, at);
  }

  @Test
  void aStreamGoesEachWayWhole() {
    join();
    byte[] request = octets(1);
    byte[] response = octets(2);
    start(
        server,
        self -> {
          StreamSocket socket = ServerSocket.bind(self, 0, 80, 5).accept(Clock.NEVER);
          assertThat(readAll(socket, request.length + 1)).isEqualTo(request);
          socket.write(response, 0, response.length);
          socket.close();
        });
    Process talker =
        start(
            client,
            self -> {
              StreamSocket socket = StreamSocket.connect(self, SERVER, 80, 0);
              socket.write(request, 0, request.length);
              socket.shutdownOutput();
              assertThat(readAll(socket, response.length + 1)).isEqualTo(response);
            });
    finish(talker);
  }

  @Test
  void aStreamGetsThroughThoughOneFrameInTwentyIsLost() {
    joinWithLoss(20);
    byte[] sent = octets(3);
    Process reader =
        start(
            server,
            self -> {
              StreamSocket socket = ServerSocket.bind(self, 0, 80, 5).accept(Clock.NEVER);
              assertThat(readAll(socket, sent.length + 1)).isEqualTo(sent);
            });
    start(
        client,
        self -> {
          StreamSocket socket = StreamSocket.connect(self, SERVER, 80, 0);
          socket.write(sent, 0, sent.length);
          socket.close();
        });
    finish(reader);
  }

  @Test
  void failuresAreTheJdks() {
    join();
    Process talker =
        start(
            client,
            self -> {
              assertThat(failure(self, SERVER)).isEqualTo("ConnectException: Connection refused");
              assertThat(failure(self, SERVER + 1))
                  .isEqualTo("NoRouteToHostException: No route to host");
              assertThat(failure(self, 0x0808_0808))
                  .isEqualTo("SocketException: Network is unreachable");
            });
    finish(talker);
  }

  private static String failure(Process self, int address) {
    try {
      StreamSocket.connect(self, address, 80, 0);
      return "connected";
    } catch (IOException failed) {
      return failed.getClass().getSimpleName() + ": " + failed.getMessage();
    }
  }

  @Test
  void closingLingersUntilThePeerHasEverything() {
    join();
    byte[] sent = octets(4);
    start(
        server,
        self -> {
          StreamSocket socket = ServerSocket.bind(self, 0, 80, 5).accept(Clock.NEVER);
          self.sleep(1_000_000_000L);
          readAll(socket, sent.length + 1);
        });
    Process talker =
        start(
            client,
            self -> {
              StreamSocket socket = connectLingering(self);
              socket.write(sent, 0, sent.length);
              socket.close();
              assertThat(self.now()).isBetween(1_000_000_000L, 2_000_000_000L);
            });
    finish(talker);
  }

  @Test
  void closingLingersNoLongerThanTheOwnerWants() {
    join();
    start(server, self -> ServerSocket.bind(self, 0, 80, 5).accept(Clock.NEVER));
    Process talker =
        start(
            client,
            self -> {
              StreamSocket socket = connectLingering(self);
              server.stack().interfaces().getFirst().up(false, self.now());
              long before = self.now();
              socket.write(new byte[1], 0, 1);
              socket.close();
              assertThat(self.now() - before).isEqualTo(5_000_000_000L);
              assertThat(client.stack().tcp().size()).as("goes on without its owner").isOne();
            });
    finish(talker);
  }

  private static StreamSocket connectLingering(Process self) throws IOException {
    return StreamSocket.connect(
        self, SocketOptions.DEFAULT.withLinger(5_000_000_000L), SERVER, 80, 0);
  }

  @Test
  void theEndOfAProcessDoesNotLinger() {
    join();
    start(server, self -> ServerSocket.bind(self, 0, 80, 5).accept(Clock.NEVER));
    Process talker =
        start(
            client,
            self -> {
              connectLingering(self).write(new byte[1], 0, 1);
              server.stack().interfaces().getFirst().up(false, self.now());
            });
    finish(talker);
    assertThat(world.now()).isLessThan(5_000_000_000L);
  }

  @Test
  void aWriteWaitsNoLongerThanItsTimeout() {
    join();
    start(
        server,
        self -> {
          ServerSocket.bind(self, 0, 80, 5).accept(Clock.NEVER);
          self.sleep(10_000_000_000L);
        });
    Process talker =
        start(
            client,
            self -> {
              SocketOptions small = SocketOptions.DEFAULT.withSendBuffer(4096);
              StreamSocket socket = StreamSocket.connect(self, small, SERVER, 80, 0);
              socket.sendTimeout(2_000_000_000L);
              String outcome = "written";
              try {
                socket.write(new byte[1_000_000], 0, 1_000_000);
              } catch (SocketTimeoutException late) {
                outcome = late.getMessage();
              }
              assertThat(outcome).isEqualTo("Write timed out");
            });
    finish(talker);
  }

  @Test
  void aReadWaitsNoLongerThanItsTimeout() {
    join();
    start(
        server,
        self -> ServerSocket.bind(self, 0, 80, 5).accept(Clock.NEVER).read(new byte[1], 0, 1));
    Process talker =
        start(
            client,
            self -> {
              StreamSocket socket = StreamSocket.connect(self, SERVER, 80, 0);
              socket.soTimeout(2_000_000_000L);
              String outcome = "read";
              try {
                socket.read(new byte[1], 0, 1);
              } catch (SocketTimeoutException late) {
                outcome = late.getMessage();
              }
              assertThat(outcome).isEqualTo("Read timed out");
              assertThat(self.now()).isGreaterThanOrEqualTo(2_000_000_000L);
            });
    finish(talker);
  }

  /** What a call comes to: a number, or the failure's message. */
  private interface Call {
    int run() throws IOException;
  }

  private static String outcome(Call call) {
    try {
      return Integer.toString(call.run());
    } catch (IOException failed) {
      return failed.getMessage();
    }
  }

  private static int write(StreamSocket socket) throws IOException {
    socket.write(new byte[1], 0, 1);
    return 1;
  }

  /** Has the peer reset the connection after a second, having sent its FIN before or not. */
  private Process afterReset(boolean finFirst, TestPrograms.Body talker) {
    join();
    start(
        server,
        self -> {
          SocketOptions abrupt = SocketOptions.DEFAULT.withLinger(0);
          StreamSocket socket = ServerSocket.bind(self, abrupt, 0, 80, 5).accept(Clock.NEVER);
          if (finFirst) {
            socket.shutdownOutput();
          }
          self.sleep(1_000_000_000L);
          socket.close();
        });
    return start(client, talker);
  }

  @Test
  void aResetIsToldOnceAndThenThePipeIsBroken() {
    finish(
        afterReset(
            false,
            self -> {
              StreamSocket socket = StreamSocket.connect(self, SERVER, 80, 0);
              byte[] octet = new byte[1];
              assertThat(outcome(() -> socket.read(octet, 0, 1))).isEqualTo("Connection reset");
              assertThat(outcome(() -> socket.read(octet, 0, 1))).isEqualTo("-1");
              assertThat(outcome(() -> write(socket))).isEqualTo("Broken pipe");
              assertThat(outcome(() -> write(socket))).isEqualTo("Broken pipe");
            }));
  }

  @Test
  void aResetAfterTheEndOfTheStreamBreaksOnlyThePipe() {
    finish(
        afterReset(
            true,
            self -> {
              StreamSocket socket = StreamSocket.connect(self, SERVER, 80, 0);
              byte[] octet = new byte[1];
              assertThat(outcome(() -> socket.read(octet, 0, 1))).isEqualTo("-1");
              self.sleep(2_000_000_000L);
              assertThat(outcome(() -> socket.read(octet, 0, 1))).isEqualTo("-1");
              assertThat(outcome(() -> write(socket))).isEqualTo("Broken pipe");
            }));
  }

  @Test
  void aWriteThatFillsTheBufferExactlyIsToldWhenThereIsRoom() {
    join();
    start(
        server,
        self -> {
          StreamSocket socket = ServerSocket.bind(self, 0, 80, 5).accept(Clock.NEVER);
          readAll(socket, 10_000);
        });
    Process talker =
        start(
            client,
            self -> {
              SocketOptions small = SocketOptions.DEFAULT.withSendBuffer(4096);
              StreamSocket socket = StreamSocket.connect(self, small, SERVER, 80, 0);
              assertThat(socket.writeSome(new byte[4096], 0, 4096)).isEqualTo(4096);
              assertThat(socket.isWritable()).isFalse();
              long late = self.now() + 1_000_000_000L;
              assertThat(self.await(socket.changed(), socket::isWritable, late)).isTrue();
            });
    finish(talker);
  }
}
