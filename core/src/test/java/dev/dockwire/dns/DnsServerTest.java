package dev.dockwire.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.frame.Ipv4Prefix;
import dev.dockwire.frame.MacAddress;
import dev.dockwire.host.World;
import dev.dockwire.link.Loopback;
import dev.dockwire.link.Nic;
import dev.dockwire.stack.HostStack;
import dev.dockwire.stack.socket.UdpSocket;
import dev.dockwire.stack.udp.UdpBinding;
import dev.dockwire.time.Seed;
import java.net.BindException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** A server, and those it asks, on the loopback of one host. */
class DnsServerTest {

  private static final Ipv4Address SERVER = Ipv4Address.parse("127.0.0.11");
  private static final Ipv4Address FIRST = Ipv4Address.parse("127.0.0.1");
  private static final Ipv4Address SECOND = Ipv4Address.parse("127.0.0.2");

  private final World world = World.inVirtualTime(new Seed(1));
  private final HostStack stack = stack();
  private final Client client = new Client();

  private HostStack stack() {
    HostStack made = new HostStack("h", world.timers(), world.seed().generator("h"));
    Nic lo = new Nic("lo", MacAddress.ZERO, Loopback.MTU, world.loopback());
    lo.txQueueLength(10_000);
    lo.connect(lo);
    made.attach(lo).address(Ipv4Prefix.parse("127.0.0.1/8"), 0);
    return made;
  }

  private DnsServer server(Ipv4Address... upstream) throws BindException {
    return DnsServer.start(stack, SERVER, Zone.EMPTY, new Upstream(stack, () -> List.of(upstream)));
  }

  /** Asks, and keeps what comes back. */
  private final class Client implements UdpBinding.Receiver {

    private final UdpSocket socket = UdpSocket.open(stack, this);
    private final List<DnsMessage> answers = new ArrayList<>();

    void send(byte[] query) {
      socket.sendTo(SERVER.value(), 53, query, 0, query.length, world.now());
    }

    void ask(int id, String name) {
      send(DnsMessage.query(id, Question.of(name, RecordType.A)).bytes());
    }

    @Override
    public boolean onDatagram(
        int source,
        int sourcePort,
        int destination,
        byte[] bytes,
        int offset,
        int length,
        long now) {
      assertThat(Ipv4Address.toString(source)).isEqualTo("127.0.0.11");
      answers.add(DnsMessage.parse(bytes, offset, length).orElseThrow());
      return true;
    }
  }

  /** A server elsewhere: {@code behaviour} makes a response, or none, of a query. */
  private final class Elsewhere implements UdpBinding.Receiver {

    private final UdpSocket socket = UdpSocket.open(stack, this);
    private final Function<DnsMessage, Optional<DnsMessage>> behaviour;
    private int asked;

    Elsewhere(Ipv4Address address, Function<DnsMessage, Optional<DnsMessage>> behaviour)
        throws BindException {
      this.behaviour = behaviour;
      socket.bind(address.value(), 53);
    }

    @Override
    public boolean onDatagram(
        int source,
        int sourcePort,
        int destination,
        byte[] bytes,
        int offset,
        int length,
        long now) {
      asked++;
      behaviour
          .apply(DnsMessage.parse(bytes, offset, length).orElseThrow())
          .map(DnsMessage::bytes)
          .ifPresent(
              answer ->
                  socket.sendFrom(destination, source, sourcePort, answer, 0, answer.length, now));
      return true;
    }
  }

  private static DnsMessage found(DnsMessage query) {
    String name = query.questions().getFirst().name();
    return Answerer.respond(
        query, 0, List.of(ResourceRecord.address(name, 60, Ipv4Address.parse("192.0.2.1"))));
  }

  private void runFor(long seconds) {
    world.loop().runUntil(world.now() + TimeUnit.SECONDS.toNanos(seconds));
  }

  private int onlyCode() {
    assertThat(client.answers).hasSize(1);
    return client.answers.getFirst().rcode();
  }

  @Test
  void anotherServersAnswerIsPassedOnWithTheAskersId() throws BindException {
    server(FIRST);
    new Elsewhere(FIRST, query -> Optional.of(found(query)));
    client.ask(7, "Example.com");
    runFor(1);
    assertThat(onlyCode()).isZero();
    assertThat(client.answers.getFirst().id()).isEqualTo(7);
    assertThat(client.answers.getFirst().answers().getFirst().name()).isEqualTo("Example.com");
    assertThat(stack.udp().table().size()).as("client, server, elsewhere").isEqualTo(3);
  }

  @Test
  void aRefusalOrSilenceHasTheNextOneAsked() throws BindException {
    server(FIRST, SECOND);
    Elsewhere first =
        new Elsewhere(FIRST, query -> Optional.of(Answerer.respond(query, 5, List.of())));
    new Elsewhere(SECOND, query -> Optional.of(found(query)));
    client.ask(7, "example.com");
    runFor(1);
    assertThat(onlyCode()).isZero();
    assertThat(first.asked).isOne();
  }

  @Test
  void silenceIsWaitedForFourSeconds() throws BindException {
    server(FIRST, SECOND);
    new Elsewhere(FIRST, query -> Optional.empty());
    new Elsewhere(SECOND, query -> Optional.of(found(query)));
    client.ask(7, "example.com");
    runFor(3);
    assertThat(client.answers).isEmpty();
    runFor(2);
    assertThat(onlyCode()).isZero();
  }

  @Test
  void aClosedPortIsNotWaitedFor() throws BindException {
    server(FIRST);
    client.ask(7, "example.com");
    runFor(1);
    assertThat(onlyCode()).isEqualTo(ResponseCode.SERVFAIL);
  }

  @Test
  void thatThereIsNoSuchNameIsAnAnswer() throws BindException {
    server(FIRST, SECOND);
    new Elsewhere(FIRST, query -> Optional.of(Answerer.respond(query, 3, List.of())));
    Elsewhere second = new Elsewhere(SECOND, query -> Optional.of(found(query)));
    client.ask(7, "example.com");
    runFor(9);
    assertThat(onlyCode()).isEqualTo(ResponseCode.NXDOMAIN);
    assertThat(second.asked).isZero();
  }

  @Test
  void anAnswerToAnotherQuestionIsNone() throws BindException {
    server(FIRST);
    new Elsewhere(
        FIRST,
        query ->
            Optional.of(
                found(DnsMessage.query(query.id(), Question.of("evil.com", RecordType.A)))));
    client.ask(7, "example.com");
    runFor(5);
    assertThat(onlyCode()).isEqualTo(ResponseCode.SERVFAIL);
  }

  @Test
  void nobodyToAsk() throws BindException {
    server();
    client.ask(7, "example.com");
    runFor(1);
    assertThat(onlyCode()).isEqualTo(ResponseCode.SERVFAIL);
    assertThat(client.answers.getFirst().flags()).isEqualTo(0x8182);
  }

  @Test
  void atMost1024QuestionsAreOnTheirWay() throws BindException {
    DnsServer server = server(FIRST);
    Elsewhere silent = new Elsewhere(FIRST, query -> Optional.empty());
    for (int i = 0; i < 1_030; i++) {
      client.ask(i, "n" + i);
      world.loop().runUntil(world.now() + 100_000);
    }
    assertThat(silent.asked).isEqualTo(1_024);
    assertThat(client.answers).hasSize(6).allMatch(answer -> answer.rcode() == 2);
    server.close(world.now());
    assertThat(stack.udp().table().size()).as("client, elsewhere").isEqualTo(2);
    runFor(10);
    assertThat(client.answers).hasSize(6);
  }

  @Test
  void garbageIsRefusedOrIgnored() throws BindException {
    server();
    byte[] query = DnsMessage.query(7, Question.of("example.com", RecordType.A)).bytes();
    client.send(Arrays.copyOf(query, 11));
    client.send(Arrays.copyOf(new byte[0], 0));
    byte[] response = query.clone();
    response[2] |= (byte) 0x80;
    client.send(response);
    runFor(1);
    assertThat(client.answers).isEmpty();
    client.send(Arrays.copyOf(query, query.length - 1));
    runFor(1);
    assertThat(onlyCode()).isEqualTo(ResponseCode.FORMERR);
    assertThat(client.answers.getFirst().questions()).isEmpty();
    assertThat(client.answers.getFirst().id()).isEqualTo(7);
  }

  @Test
  void aServerAloneDeniesAll() throws BindException {
    DnsServer.startAlone(stack, SERVER, Zone.EMPTY);
    client.ask(7, "localhost");
    runFor(1);
    assertThat(onlyCode()).isEqualTo(ResponseCode.NXDOMAIN);
  }
}
