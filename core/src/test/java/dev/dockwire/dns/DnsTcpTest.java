package dev.dockwire.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.frame.Ipv4Prefix;
import dev.dockwire.frame.MacAddress;
import dev.dockwire.frame.NetworkOrder;
import dev.dockwire.host.World;
import dev.dockwire.link.Loopback;
import dev.dockwire.link.Nic;
import dev.dockwire.stack.HostStack;
import dev.dockwire.stack.socket.TcpSocket;
import dev.dockwire.stack.tcp.TcpState;
import dev.dockwire.time.Seed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Questions by TCP (RFC 7766), on the loopback of one host. */
class DnsTcpTest {

  private static final Ipv4Address SERVER = Ipv4Address.parse("127.0.0.11");

  private final World world = World.inVirtualTime(new Seed(1));
  private final HostStack stack = stack();
  private final Zone zone =
      new Zone() {
        @Override
        public List<Ipv4Address> addresses(String name) {
          int count = name.equals("many") ? 200 : name.equals("a1") ? 1 : 0;
          return IntStream.range(0, count).mapToObj(Ipv4Address::new).toList();
        }

        @Override
        public Optional<String> name(Ipv4Address address) {
          return Optional.empty();
        }
      };

  private HostStack stack() {
    HostStack made = new HostStack("h", world.timers(), world.seed().generator("h"));
    Nic lo = new Nic("lo", MacAddress.ZERO, Loopback.MTU, world.loopback());
    lo.txQueueLength(10_000);
    lo.connect(lo);
    made.attach(lo).address(Ipv4Prefix.parse("127.0.0.1/8"), 0);
    return made;
  }

  @BeforeEach
  void serve() throws IOException {
    DnsServer.startAlone(stack, SERVER, zone);
  }

  private void runFor(long millis) {
    world.loop().runUntil(world.now() + TimeUnit.MILLISECONDS.toNanos(millis));
  }

  /** Somebody who sends octets and keeps those that come back. */
  private final class Client implements TcpSocket.Handler {

    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final TcpSocket socket;
    private boolean ended;

    Client() throws IOException {
      socket = TcpSocket.connect(stack, 0, 0, SERVER.value(), 53, this, world.now());
      runFor(1);
    }

    void send(byte[] octets) {
      assertThat(socket.write(octets, 0, octets.length, world.now())).isEqualTo(octets.length);
    }

    @Override
    public void onReadable(TcpSocket readable, long now) {
      byte[] buffer = new byte[9_999];
      int count;
      while ((count = readable.read(buffer, 0, buffer.length, now)) > 0) {
        received.write(buffer, 0, count);
      }
      ended |= count < 0;
    }

    @Override
    public void onClosed(TcpSocket closed, IOException cause, long now) {
      ended = true;
    }

    List<DnsMessage> answers() {
      byte[] all = received.toByteArray();
      List<DnsMessage> answers = new ArrayList<>();
      int at = 0;
      while (at < all.length) {
        int length = NetworkOrder.short16(all, at);
        answers.add(DnsMessage.parse(all, at + 2, length).orElseThrow());
        at += 2 + length;
      }
      return answers;
    }
  }

  private static byte[] framed(int id, String name) {
    byte[] message = DnsMessage.query(id, Question.of(name, RecordType.A)).bytes();
    byte[] framed = new byte[message.length + 2];
    NetworkOrder.short16(framed, 0, message.length);
    System.arraycopy(message, 0, framed, 2, message.length);
    return framed;
  }

  @Test
  void anAnswerIsWholeHoweverLong() throws IOException {
    Client client = new Client();
    client.send(framed(7, "many"));
    runFor(100);
    assertThat(client.answers()).hasSize(1);
    assertThat(client.answers().getFirst().isTruncated()).isFalse();
    assertThat(client.answers().getFirst().answers()).hasSize(200);
    assertThat(client.ended).as("it may ask again").isFalse();
  }

  @Test
  void questionsMayFollowEachOtherWithoutWaiting() throws IOException {
    Client client = new Client();
    ByteArrayOutputStream three = new ByteArrayOutputStream();
    three.writeBytes(framed(1, "a1"));
    three.writeBytes(framed(2, "nobody"));
    three.writeBytes(framed(3, "a1"));
    client.send(three.toByteArray());
    client.socket.shutdownOutput(world.now());
    runFor(100);
    assertThat(client.answers()).extracting(DnsMessage::id).containsExactly(1, 2, 3);
    assertThat(client.answers()).extracting(DnsMessage::rcode).containsExactly(0, 3, 0);
    assertThat(client.ended).as("all is said").isTrue();
  }

  @Test
  void octetsMayComeOneAtATimeButNotForEver() throws IOException {
    Client client = new Client();
    client.socket.noDelay(true);
    for (byte octet : framed(9, "a1")) {
      client.send(new byte[] {octet});
      runFor(100);
    }
    assertThat(client.answers()).hasSize(1);
    for (int i = 0; i < 11 && !client.ended; i++) {
      client.send(new byte[] {0});
      runFor(1_000);
    }
    assertThat(client.ended).isTrue();
  }

  @Test
  void whoSaysNothingIsLeftAfterTenSeconds() throws IOException {
    Client client = new Client();
    runFor(9_900);
    assertThat(client.ended).isFalse();
    runFor(200);
    assertThat(client.ended).isTrue();
  }

  @Test
  void aLengthWithoutRoomForAHeaderEndsIt() throws IOException {
    Client client = new Client();
    client.send(new byte[] {0, 0});
    runFor(100);
    assertThat(client.ended).isTrue();
    Client longest = new Client();
    longest.send(new byte[] {-1, -1, 0, 7});
    runFor(100);
    assertThat(longest.ended).as("65,535 octets may come").isFalse();
  }

  @Test
  void nonsenseIsAFormatErrorAndAResponseNothing() throws IOException {
    Client client = new Client();
    byte[] nonsense = framed(7, "a1");
    nonsense[7] = 9;
    client.send(nonsense);
    byte[] response = framed(8, "a1");
    response[4] |= (byte) 0x80;
    client.send(response);
    runFor(100);
    assertThat(client.answers())
        .extracting(DnsMessage::rcode)
        .containsExactly(ResponseCode.FORMERR);
  }

  @Test
  void manyIdleClientsKeepNobodyOutForLong() throws IOException {
    List<Client> idle = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      idle.add(new Client());
    }
    Client late = new Client();
    late.send(framed(7, "a1"));
    runFor(12_000);
    assertThat(late.answers()).hasSize(1);
    assertThat(idle.getFirst().socket.state()).isNotEqualTo(TcpState.ESTABLISHED);
  }
}
