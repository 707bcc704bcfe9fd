package dev.dockwire.program.dig;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.dns.DnsServer;
import dev.dockwire.dns.Zone;
import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.host.resolver.Resolver;
import dev.dockwire.program.TestHost;
import dev.dockwire.program.TestHost.Result;
import dev.dockwire.program.TestLan;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Questions to a name server on another host; texts as BIND's dig 9.18 prints them. */
class DigTest {

  private final TestLan lan = new TestLan();
  private final TestHost server = lan.host("ns", "172.17.0.2");
  private final TestHost client = lan.host("a2", "172.17.0.3");

  private final Zone zone =
      new Zone() {
        @Override
        public List<Ipv4Address> addresses(String name) {
          int count = name.equals("many") ? 200 : name.equals("web") ? 1 : 0;
          return IntStream.range(0, count).mapToObj(i -> new Ipv4Address(0x0a000001 + i)).toList();
        }

        @Override
        public Optional<String> name(Ipv4Address address) {
          return address.toString().equals("10.0.0.1") ? Optional.of("web.net") : Optional.empty();
        }
      };

  @BeforeEach
  void serve() throws IOException {
    DnsServer.startAlone(server.host().stack(), Ipv4Address.parse("172.17.0.2"), zone);
    client.host().files().install("/usr/bin/dig", new Dig());
    client.host().files().write("/etc/resolv.conf", "nameserver 172.17.0.2\n");
  }

  private Result dig(String arguments) {
    return client.run("dig " + arguments);
  }

  @Test
  void showsAllOfAnAnswer() {
    assertThat(dig("web").out().replaceAll("id: \\d+", "id: N"))
        .isEqualTo(
            """

            ; <<>> DiG 9.18.49 <<>> web
            ;; global options: +cmd
            ;; Got answer:
            ;; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: N
            ;; flags: qr rd ra; QUERY: 1, ANSWER: 1, AUTHORITY: 0, ADDITIONAL: 1

            ;; OPT PSEUDOSECTION:
            ; EDNS: version: 0, flags:; udp: 1232
            ;; QUESTION SECTION:
            ;web.\t\t\t\tIN\tA

            ;; ANSWER SECTION:
            web.\t\t\t600\tIN\tA\t10.0.0.1

            ;; Query time: 0 msec
            ;; SERVER: 172.17.0.2#53(172.17.0.2) (UDP)
            ;; WHEN: Thu Jan 01 00:00:00 UTC 2026
            ;; MSG SIZE  rcvd: 48

            """);
  }

  @Test
  void onlyTheDataOrOnlySomeSections() {
    assertThat(dig("+short web").out()).isEqualTo("10.0.0.1\n");
    assertThat(dig("+short -x 10.0.0.1").out()).isEqualTo("web.net.\n");
    assertThat(dig("+noall +answer -x 10.0.0.1").out())
        .isEqualTo("1.0.0.10.in-addr.arpa.\t600\tIN\tPTR\tweb.net.\n");
    assertThat(dig("nobody").out()).contains("status: NXDOMAIN");
    assertThat(dig("nobody").status()).isZero();
    assertThat(dig("web aaaa").out()).contains("ANSWER: 0").contains(";web.\t\t\t\tIN\tAAAA\n");
  }

  @Test
  void byTcpWhenToldToOrWhenADatagramIsTooSmall() {
    assertThat(dig("+tcp @172.17.0.2 web").out())
        .contains("; (1 server found)\n")
        .contains(";; SERVER: 172.17.0.2#53(172.17.0.2) (TCP)\n");
    assertThat(dig("many").out())
        .startsWith(";; Truncated, retrying in TCP mode.\n\n; <<>> DiG")
        .contains("ANSWER: 200,")
        .contains("(TCP)\n");
    assertThat(dig("+ignore many").out()).contains("flags: qr tc rd ra;").contains("(UDP)\n");
  }

  @Test
  void theResolverAsksByTcpAsWell() {
    client
        .host()
        .files()
        .install(
            "/bin/ask",
            self -> {
              self.print(Resolver.resolve(self, "many").isPresent() ? "found" : "unknown");
              return 0;
            });
    assertThat(client.run("ask").out()).isEqualTo("found");
  }

  @Test
  void nobodyAnswers() {
    assertThat(dig("@172.17.0.3 +tries=1 web"))
        .isEqualTo(
            new Result(
                9,
                """
                ;; communications error to 172.17.0.3#53: connection refused

                ; <<>> DiG 9.18.49 <<>> @172.17.0.3 +tries=1 web
                ; (1 server found)
                ;; global options: +cmd
                ;; no servers could be reached
                """,
                ""));
    assertThat(dig("@172.17.0.3 +tcp web").out())
        .isEqualTo(
            ";; Connection to 172.17.0.3#53(172.17.0.3) for web failed: connection refused.\n"
                + ";; no servers could be reached\n");
    assertThat(dig("-Q").err()).startsWith("Invalid option: -Q\nUsage:  dig [@global-server]");
  }
}
