package dev.dockwire.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dockwire.engine.Engine;
import dev.dockwire.engine.RealPorts;
import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.host.World;
import dev.dockwire.time.Seed;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which port of this machine a published one becomes. */
class PublishedPortsTest {

  private final EdgeLoop edge = new EdgeLoop();
  private final World world = World.inRealTime(new Seed(1), edge);
  private final Engine engine = new Engine(world);
  private final List<String> notices = new ArrayList<>();

  private PublishedPorts ports(int offset) {
    PublishedPorts.Settings settings =
        new PublishedPorts.Settings(InetAddress.getLoopbackAddress(), offset);
    return new PublishedPorts(edge, world, engine.dockerHost(), settings, notices::add);
  }

  @ParameterizedTest
  @CsvSource({"-80, 80, 0", "-9000, 80, -8920", "1, 65535, 65536", "2147483647, 1, -2147483648"})
  void anOffsetThatLeadsOutOfAllPortsIsRefusedAsAPortThatCannotBeHad(
      int offset, int hostPort, int real) {
    assertThatThrownBy(() -> ports(offset).open("tcp", Ipv4Address.ANY, hostPort))
        .isInstanceOf(BindException.class)
        .hasMessage("port " + real + " is out of range");
  }

  @Test
  void whoIsGivenAnotherNumberIsToldSo() throws IOException {
    int free;
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = probe.getLocalPort();
    }
    for (String protocol : List.of("tcp", "udp")) {
      RealPorts.Open open = ports(free - 1_000).open(protocol, Ipv4Address.ANY, 1_000);
      open.close();
    }
    assertThat(notices)
        .containsExactly(
            "port 1000/tcp is at 127.0.0.1:" + free + " of this machine",
            "port 1000/udp is at 127.0.0.1:" + free + " of this machine");
  }
}
