package dev.dockwire.host.resolver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.dns.DnsServer;
import dev.dockwire.dns.Upstream;
import dev.dockwire.dns.Zone;
import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.frame.Ipv4Prefix;
import dev.dockwire.frame.MacAddress;
import dev.dockwire.host.Host;
import dev.dockwire.host.TestProcesses;
import dev.dockwire.link.Loopback;
import dev.dockwire.link.Nic;
import dev.dockwire.stack.socket.UdpSocket;
import dev.dockwire.stack.udp.UdpBinding;
import java.net.BindException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What names mean to programs on a host with a name server of its own. */
class ResolverTest {

  private final TestProcesses processes = new TestProcesses();
  private final Host host = processes.host;
  private final List<String> asked = new ArrayList<>();

  @BeforeEach
  void loopback() {
    Nic lo = new Nic("lo", MacAddress.ZERO, Loopback.MTU, processes.world.loopback());
    lo.connect(lo);
    lo.txQueueLength(1_000);
    host.stack().attach(lo).address(Ipv4Prefix.parse("127.0.0.1/8"), 0);
    host.files().makeDirectories("/etc");
    host.files().write("/etc/hosts", "192.0.2.9\tlocal\n");
    configure("");
  }

  private void configure(String lines) {
    host.files().write("/etc/resolv.conf", "nameserver 127.0.0.1\n" + lines);
  }

  /** Starts a server that knows these names, {@code name=address}, and no others. */
  private void serve(Map<String, String> names) throws BindException {
    Zone zone =
        new Zone() {
          @Override
          public List<Ipv4Address> addresses(String name) {
            asked.add(name);
            String found = names.get(name);
            return found == null ? List.of() : List.of(Ipv4Address.parse(found));
          }

          @Override
          public Optional<String> name(Ipv4Address address) {
            return Optional.empty();
          }
        };
    DnsServer.startAlone(host.stack(), Ipv4Address.LOOPBACK, zone);
  }

  private String resolve(String name) {
    String[] found = new String[1];
    processes.finish(
        processes.start(
            self -> {
              found[0] = Resolver.resolve(self, name).map(Ipv4Address::toString).orElse("unknown");
              return 0;
            }));
    return found[0];
  }

  @Test
  void addressesAndTheHostsFileNeedNoServer() throws BindException {
    serve(Map.of());
    assertThat(resolve("192.0.2.77")).isEqualTo("192.0.2.77");
    assertThat(resolve("LOCAL")).isEqualTo("192.0.2.9");
    assertThat(asked).isEmpty();
  }

  @Test
  void theServerIsAskedForBothKindsOfAddress() throws BindException {
    serve(Map.of("a1", "192.0.2.1"));
    assertThat(resolve("a1")).isEqualTo("192.0.2.1");
    assertThat(asked).containsExactly("a1", "a1");
    assertThat(resolve("a1.")).isEqualTo("192.0.2.1");
    assertThat(resolve("a2")).isEqualTo("unknown");
  }

  @Test
  void domainsAreSearchedUntilOneKnowsTheName() throws BindException {
    configure("search one.org two.org three.org\n");
    serve(Map.of("a1.two.org", "192.0.2.2", "a2", "192.0.2.3", "a.b", "192.0.2.4"));
    assertThat(resolve("a1")).isEqualTo("192.0.2.2");
    assertThat(asked.stream().distinct()).containsExactly("a1.one.org", "a1.two.org");
    asked.clear();
    assertThat(resolve("a2")).isEqualTo("192.0.2.3");
    assertThat(asked.stream().distinct())
        .containsExactly("a2.one.org", "a2.two.org", "a2.three.org", "a2");
    asked.clear();
    assertThat(resolve("a.b")).isEqualTo("192.0.2.4");
    assertThat(asked.stream().distinct()).containsExactly("a.b");
  }

  @Test
  void ndotsSaysWhichNamesAreSearchedFor() throws BindException {
    configure("search one.org\noptions ndots:0\n");
    serve(Map.of("a1.one.org", "192.0.2.2"));
    assertThat(resolve("a1")).isEqualTo("unknown");
    configure("search one.org\noptions ndots:2\n");
    assertThat(resolve("x.a1")).isEqualTo("unknown");
    assertThat(asked.stream().distinct()).containsExactly("a1", "x.a1.one.org", "x.a1");
  }

  @Test
  void silenceIsAskedTwiceInFiveSeconds() throws BindException {
    int[] datagrams = new int[1];
    UdpSocket silent =
        UdpSocket.open(
            host.stack(),
            new UdpBinding.Receiver() {
              @Override
              public boolean onDatagram(
                  int source,
                  int sourcePort,
                  int destination,
                  byte[] bytes,
                  int offset,
                  int length,
                  long now) {
                datagrams[0]++;
                return true;
              }
            });
    silent.bind(Ipv4Address.LOOPBACK.value(), 53);
    long before = processes.world.now();
    assertThat(resolve("a1")).isEqualTo("unknown");
    assertThat(datagrams[0]).isEqualTo(4);
    assertThat(processes.world.now() - before).isEqualTo(5 * TestProcesses.SECOND);
    assertThat(host.stack().udp().table().size()).as("the silent one's").isOne();
  }

  @Test
  void serversThatFailAreNoProof() throws BindException {
    DnsServer.start(
        host.stack(),
        Ipv4Address.LOOPBACK,
        Zone.EMPTY,
        new Upstream(host.stack(), () -> List.of()));
    assertThat(resolve("a1")).isEqualTo("unknown");
  }

  @Test
  void namesThatCannotBeAskedFor() throws BindException {
    serve(Map.of());
    for (String name : List.of("", ".", "a..b", "x".repeat(64))) {
      assertThat(resolve(name)).isEqualTo("unknown");
    }
    assertThat(asked).isEmpty();
  }

  @Test
  void theFileHasDefaultsAndLimits() {
    ResolvConf empty = ResolvConf.parse("");
    assertThat(empty.nameservers()).containsExactly(Ipv4Address.LOOPBACK);
    assertThat(empty.ndots()).isOne();
    assertThat(empty.attempts()).isEqualTo(2);
    assertThat(empty.timeoutNanos()).isEqualTo(5 * TestProcesses.SECOND);
    ResolvConf odd =
        ResolvConf.parse(
            "# nameserver 9.9.9.9\nnameserver ::1\nnameserver 1.1.1.1\nnameserver 1.1.1.2\n"
                + "nameserver 1.1.1.3\nnameserver 1.1.1.4\n"
                + "options ndots:99 timeout:0 attempts:x\n");
    assertThat(odd.nameservers())
        .extracting(Object::toString)
        .containsExactly("1.1.1.1", "1.1.1.2", "1.1.1.3");
    assertThat(odd.ndots()).isEqualTo(15);
    assertThat(odd.timeoutNanos()).isEqualTo(TestProcesses.SECOND);
    assertThat(odd.attempts()).isEqualTo(2);
  }
}
