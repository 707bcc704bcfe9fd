package dev.dockwire.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResolverTest {

  @Test
  void takesTheFirstNameServerThatIsAnAddress() {
    List<String> lines =
        List.of(
            "# nameserver 192.0.2.1",
            "search example.com",
            "nameserver",
            "nameserver elsewhere",
            "nameserver\t127.0.0.53 ",
            "nameserver 192.0.2.2");
    assertThat(Resolver.first(lines)).contains(InetAddress.ofLiteral("127.0.0.53"));
    assertThat(Resolver.first(List.of("nameserver fe80::1"))).isPresent();
    assertThat(Resolver.first(List.of())).isEmpty();
  }
}
