package dev.dockwire.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.engine.spec.Attachment;
import dev.dockwire.engine.spec.ContainerSpec;
import dev.dockwire.engine.spec.NetworkSpec;
import dev.dockwire.host.Process;
import dev.dockwire.host.Stdio;
import dev.dockwire.host.World;
import dev.dockwire.stack.HostStack;
import dev.dockwire.time.Seed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Containers that ask their DNS server at 127.0.0.11, or the one of the machine. */
class EmbeddedDnsTest {

  private static final String HEAD = "Server:\t\t127.0.0.11\nAddress:\t127.0.0.11:53\n\n";
  private static final String NOTHING = "Non-authoritative answer:\n\n";

  private final World world = World.inVirtualTime(new Seed(1));
  private final Engine engine = new Engine(world);

  @BeforeEach
  void network() {
    engine.networks().create(NetworkSpec.bridge("n1"));
  }

  @AfterEach
  void close() {
    engine.close();
  }

  private Container run(String name, String network) {
    return run(ContainerSpec.of("alpine"), name, Attachment.to(network));
  }

  private Container run(ContainerSpec spec, String name, Attachment network) {
    Container container =
        engine.create(spec.withName(name).withNetworks(List.of(network)).withTerminal(true, true));
    engine.start(container);
    return container;
  }

  private record Result(int status, String out) {}

  private Result exec(Container container, String... words) {
    StringBuilder out = new StringBuilder();
    Stdio stdio =
        new Stdio(
            Stdio.NULL.in(),
            (_, bytes, offset, length) ->
                out.append(new String(bytes, offset, length, StandardCharsets.UTF_8)),
            (_, bytes, offset, length) ->
                out.append(new String(bytes, offset, length, StandardCharsets.UTF_8)));
    Process process = engine.exec(container, List.of(words), List.of(), Optional.empty(), stdio);
    world.loop().runUntil(process::hasEnded);
    return new Result(process.exitStatus(), out.toString());
  }

  private static String address(String name, String... addresses) {
    StringBuilder text = new StringBuilder("Non-authoritative answer:\n");
    for (String each : addresses) {
      text.append("Name:\t" + name + "\nAddress: " + each + "\n");
    }
    return text + "\n";
  }

  @Test
  void aNameAnAliasAndAnAddress() {
    Container a1 = run("a1", "n1");
    Container a2 = run("a2", "n1");
    assertThat(exec(a2, "nslookup", "a1"))
        .isEqualTo(new Result(0, HEAD + address("a1", "172.18.0.2") + NOTHING));
    assertThat(exec(a2, "nslookup", "-type=a", "A1.N1"))
        .isEqualTo(new Result(0, HEAD + address("A1.N1", "172.18.0.2")));
    assertThat(exec(a2, "nslookup", "-type=a", a1.shortId()).status()).isZero();
    assertThat(exec(a2, "nslookup", "172.18.0.2"))
        .isEqualTo(
            new Result(
                0, HEAD + "Non-authoritative answer:\n2.0.18.172.in-addr.arpa\tname = a1.n1\n\n"));
  }

  @Test
  void severalAddressesComeInAnyOrder() {
    for (String name : List.of("x1", "x2", "x3")) {
      Attachment aliased = Attachment.to("n1").withAliases(List.of("x"));
      run(ContainerSpec.of("alpine"), name, aliased);
    }
    Container asker = run("asker", "n1");
    List<String> outputs = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      outputs.add(exec(asker, "nslookup", "-type=a", "x").out());
    }
    assertThat(outputs).allMatch(out -> out.contains("Address: 172.18.0.4\n"));
    assertThat(outputs.stream().distinct().count()).isEqualTo(6);
  }

  @Test
  void whatNobodyKnowsIsUnknownAtOnce() {
    Container a1 = run("a1", "n1");
    long before = world.now();
    assertThat(exec(a1, "nslookup", "nosuch"))
        .isEqualTo(
            new Result(
                1,
                HEAD
                    + "** server can't find nosuch: NXDOMAIN\n\n"
                    + "** server can't find nosuch: NXDOMAIN\n\n"));
    assertThat(exec(a1, "ping", "-c1", "nosuch"))
        .isEqualTo(new Result(1, "ping: bad address 'nosuch'\n"));
    assertThat(exec(a1, "nslookup", "172.18.0.1").out()).contains("NXDOMAIN");
    assertThat(world.now() - before).isLessThan(TimeUnit.SECONDS.toNanos(1));
  }

  @Test
  void theMachinesServerCanBeAskedFromAnyNetwork() {
    Container a1 = run("a1", "bridge");
    Container a2 = run("a2", "n1");
    String answer =
        "Server:\t\t10.0.2.3\nAddress:\t10.0.2.3:53\n\n"
            + "** server can't find a2: NXDOMAIN\n\n** server can't find a2: NXDOMAIN\n\n";
    assertThat(exec(a1, "nslookup", "a2")).isEqualTo(new Result(1, answer));
    assertThat(exec(a2, "nslookup", "a2", "10.0.2.3")).isEqualTo(new Result(1, answer));
  }

  @Test
  void internalNetworksLeadNowhere() {
    engine
        .networks()
        .create(new NetworkSpec("inner", "bridge", List.of(), true, false, Map.of(), Map.of()));
    Container a1 = run("a1", "inner");
    run("a2", "inner");
    assertThat(exec(a1, "nslookup", "-type=a", "nosuch"))
        .isEqualTo(new Result(1, HEAD + "** server can't find nosuch: SERVFAIL\n\n"));
    assertThat(exec(a1, "nslookup", "-type=a", "a2").status()).isZero();
    engine.connect(engine.networks().find("n1"), a1, Attachment.to("n1"));
    assertThat(exec(a1, "nslookup", "nosuch").out()).contains("NXDOMAIN");
  }

  @Test
  void aServerThatDoesNotAnswer() {
    ContainerSpec silent = ContainerSpec.of("alpine").withDnsServers(List.of("10.0.2.77"));
    Container a1 = run(silent, "a1", Attachment.to("bridge"));
    assertThat(exec(a1, "nslookup", "a2"))
        .isEqualTo(new Result(1, ";; connection timed out; no servers could be reached\n\n"));
    assertThat(exec(a1, "ping", "-c1", "a2")).isEqualTo(new Result(1, "ping: bad address 'a2'\n"));
    Container b1 = run(silent, "b1", Attachment.to("n1"));
    assertThat(exec(b1, "nslookup", "-timeout=60", "-type=a", "a2").out())
        .as("after 4 seconds, and each of two repetitions")
        .isEqualTo(HEAD + "** server can't find a2: SERVFAIL\n\n");
  }

  @Test
  void theServerStartsWithTheFirstNetworkOfTheUsers() {
    Container a1 = run("a1", "bridge");
    HostStack stack = a1.host().orElseThrow().stack();
    assertThat(stack.udp().table().size()).isZero();
    engine.connect(engine.networks().find("n1"), a1, Attachment.to("n1"));
    assertThat(exec(a1, "nslookup", "-type=a", "a1").out())
        .isEqualTo(HEAD + address("a1", "172.18.0.2"));
    engine.disconnect(engine.networks().find("n1"), a1);
    assertThat(stack.udp().table().size()).isOne();
    engine.remove(a1, true);
    world.loop().runUntil(world.now() + 1_000_000);
    assertThat(stack.udp().table().size()).isZero();
  }

  @Test
  void namesComeAndGoAtOnce() {
    Container a1 = run("a1", "n1");
    Container a2 = run("a2", "n1");
    engine.rename(a2, "b2");
    assertThat(exec(a1, "nslookup", "b2").status()).isZero();
    assertThat(exec(a1, "nslookup", "a2").status()).isOne();
    engine.remove(a2, true);
    world.loop().runUntil(world.now() + 1);
    assertThat(exec(a1, "nslookup", "b2").status()).isOne();
  }

  @Test
  void commandLinesThatMakeNoSense() {
    Container a1 = run("a1", "n1");
    assertThat(exec(a1, "nslookup", "-type=bad", "a1"))
        .isEqualTo(new Result(1, "nslookup: invalid query type \"bad\"\n"));
    assertThat(exec(a1, "nslookup", "-port=0", "a1"))
        .isEqualTo(new Result(1, "nslookup: number 0 is not in 1..65535 range\n"));
    assertThat(exec(a1, "nslookup", "a1", "nosuch"))
        .isEqualTo(new Result(1, "nslookup: bad address 'nosuch'\n"));
    assertThat(exec(a1, "nslookup").out())
        .contains("Usage: nslookup [-type=QUERY_TYPE] [-debug] HOST [DNS_SERVER]\n");
    assertThat(exec(a1, "nslookup", "-foo", "a1").status()).isOne();
  }

  @Test
  void knownNamesHaveNothingOfOtherTypes() {
    Container a1 = run("a1", "n1");
    assertThat(exec(a1, "nslookup", "-type=mx", "a1")).isEqualTo(new Result(0, HEAD + NOTHING));
    assertThat(exec(a1, "nslookup", "-type=txt", "a1").out()).contains("NXDOMAIN");
  }
}
