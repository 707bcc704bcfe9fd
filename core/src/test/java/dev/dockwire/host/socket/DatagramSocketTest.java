package dev.dockwire.host.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dockwire.frame.DropReason;
import dev.dockwire.host.FileTree;
import dev.dockwire.host.Host;
import dev.dockwire.host.Process;
import dev.dockwire.host.Signal;
import dev.dockwire.host.World;
import dev.dockwire.stack.Frames;
import dev.dockwire.stack.HostStack;
import dev.dockwire.stack.ip.DontFragment;
import dev.dockwire.stack.ip.Ipv4Output;
import dev.dockwire.time.Clock;
import dev.dockwire.time.Seed;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Programs on one host that talk by datagrams over its loopback. */
class DatagramSocketTest {

  private static final int LOOPBACK = 0x7f00_0001;
  private static final long SECOND = 1_000_000_000L;

  private final World world = World.inVirtualTime(new Seed(1));
  private final HostStack stack = stack();
  private final Host host = new Host(world, "h", "h", stack, new FileTree());

  private HostStack stack() {
    HostStack made = new HostStack("h", world.timers(), world.seed().generator("h"));
    TestPrograms.attachLoopback(made, world);
    return made;
  }

  private Process start(TestPrograms.Body body) {
    return TestPrograms.start(host, body);
  }

  private void finish(Process process) {
    assertThat(world.loop().runUntil(process::hasEnded)).isTrue();
    // The loop's next turn throws what a program has thrown.
    world.loop().runUntil(world.now());
  }

  private static void send(DatagramSocket socket, int udpPort, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    socket.sendTo(LOOPBACK, udpPort, bytes, 0, bytes.length);
  }

  private static String text(Datagram datagram) {
    return new String(datagram.payload(), StandardCharsets.UTF_8);
  }

  @Test
  void aQuestionAndItsAnswer() {
    List<String> heard = new ArrayList<>();
    Process first =
        start(
            self -> {
              DatagramSocket server = DatagramSocket.bind(self, LOOPBACK, 5_000);
              Datagram question = server.receive(Clock.NEVER);
              heard.add(text(question));
              send(server, question.sourcePort(), "pong");
              // All other processes end with process 1.
              self.sleep(SECOND);
            });
    finish(
        start(
            self -> {
              DatagramSocket client = DatagramSocket.open(self);
              send(client, 5_000, "ping");
              Datagram answer = client.receive(self.now() + SECOND);
              heard.add(text(answer));
              assertThat(answer.sourcePort()).isEqualTo(5_000);
              assertThat(answer.destination()).isEqualTo(LOOPBACK);
            }));
    assertThat(heard).containsExactly("ping", "pong");
    finish(first);
    assertThat(stack.udp().table().size()).as("closed with their processes").isZero();
  }

  @Test
  void aWaitEndsAtItsDeadlineOrWithASignal() {
    Process waiting =
        start(
            self -> {
              DatagramSocket socket = DatagramSocket.bind(self, 0, 5_000);
              assertThatThrownBy(() -> socket.receive(self.now() + SECOND))
                  .isInstanceOf(SocketTimeoutException.class)
                  .hasMessage("Receive timed out");
              assertThat(self.now()).isEqualTo(SECOND);
              self.onSignal(Signal.INT, () -> {});
              assertThatThrownBy(() -> socket.receive(Clock.NEVER))
                  .isExactlyInstanceOf(InterruptedIOException.class);
            });
    world.loop().runUntil(2 * SECOND);
    waiting.signal(Signal.INT);
    finish(waiting);
    assertThat(waiting.exitStatus()).isZero();
  }

  @Test
  void onlyAConnectedSocketHearsThatAPortIsClosed() {
    finish(
        start(
            self -> {
              DatagramSocket open = DatagramSocket.open(self);
              send(open, 9, "x");
              assertThatThrownBy(() -> open.receive(self.now() + SECOND))
                  .isInstanceOf(SocketTimeoutException.class);
              DatagramSocket connected = DatagramSocket.open(self);
              connected.connect(LOOPBACK, 9);
              connected.send(new byte[1], 0, 1);
              assertThatThrownBy(() -> connected.receive(self.now() + SECOND))
                  .isInstanceOf(ConnectException.class)
                  .hasMessage("Connection refused");
              assertThatThrownBy(() -> connected.receive(self.now() + SECOND))
                  .as("an error is told once")
                  .isInstanceOf(SocketTimeoutException.class);
            }));
  }

  @Test
  void aConnectedSocketHearsOnceThatADatagramWasTooLargeForItsPath() {
    finish(
        start(
            self -> {
              DatagramSocket socket = DatagramSocket.bind(self, LOOPBACK, 5_000);
              socket.connect(LOOPBACK, 6_000);
              reportTooBig(1_000);
              self.sleep(SECOND);
              assertThatThrownBy(() -> socket.send(new byte[9], 0, 9))
                  .hasMessage("Message too long");
              socket.send(new byte[9], 0, 9);
              assertThat(stack.ip().output().mtuTo(LOOPBACK, self.now())).isEqualTo(1_000);
            }));
  }

  /** What a router would say of a datagram from port 5000 to port 6000. */
  private void reportTooBig(int mtu) {
    String own = "127.0.0.1";
    byte[] quote = Frames.packet(own, own, 17, Frames.udp(own, own, 1_400));
    byte[] message = Frames.icmpError(3, 4, mtu, Arrays.copyOf(quote, 28));
    Ipv4Output output = stack.ip().output();
    output.open(LOOPBACK, LOOPBACK, null, message.length, DontFragment.NEVER, world.now());
    System.arraycopy(message, 0, output.bytes(), output.payloadOffset(), message.length);
    output.send(1, 64, 0, world.now());
  }

  @Test
  void whatCannotBe() {
    finish(
        start(
            self -> {
              DatagramSocket first = DatagramSocket.bind(self, 0, 5_000);
              assertThatThrownBy(() -> DatagramSocket.bind(self, LOOPBACK, 5_000))
                  .isInstanceOf(BindException.class)
                  .hasMessage("Address already in use");
              assertThatThrownBy(() -> first.sendTo(0x0808_0808, 53, new byte[1], 0, 1))
                  .isInstanceOf(SocketException.class)
                  .hasMessage("Network is unreachable");
              assertThatThrownBy(() -> first.sendTo(LOOPBACK, 53, new byte[65_508], 0, 65_508))
                  .hasMessage("Message too long");
              first.close();
              assertThatThrownBy(() -> first.receive(Clock.NEVER)).hasMessage("Socket closed");
              DatagramSocket.bind(self, LOOPBACK, 5_000);
            }));
  }

  @Test
  void whatIsNotReceivedIsKeptUpToALimit() {
    finish(
        start(
            self -> {
              DatagramSocket full = DatagramSocket.bind(self, 0, 5_000);
              full.receiveBuffer(3 * 1_000);
              DatagramSocket sender = DatagramSocket.open(self);
              for (int i = 0; i < 6; i++) {
                send(sender, 5_000, "n" + i);
              }
              self.sleep(SECOND);
              for (int i = 0; i < 3; i++) {
                assertThat(text(full.receive(self.now()))).isEqualTo("n" + i);
              }
              assertThatThrownBy(() -> full.receive(self.now()))
                  .isInstanceOf(SocketTimeoutException.class);
              send(sender, 5_000, "there is room again");
              assertThat(text(full.receive(self.now() + SECOND))).startsWith("there");
            }));
    assertThat(stack.drops().of(DropReason.UDP_QUEUE_FULL)).isEqualTo(3);
  }
}
