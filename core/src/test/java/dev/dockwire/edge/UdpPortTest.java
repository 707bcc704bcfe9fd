package dev.dockwire.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.stack.socket.UdpSocket;
import dev.dockwire.stack.udp.UdpBinding;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class UdpPortTest {

  private final EdgeFixture fixture = new EdgeFixture();

  @AfterEach
  void stop() throws InterruptedException {
    fixture.stop();
  }

  /** Answers each datagram with the port it came from, and its own octets. */
  private void answer() throws Exception {
    fixture.call(
        () -> {
          UdpSocket[] socket = new UdpSocket[1];
          socket[0] =
              UdpSocket.open(
                  fixture.host,
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
                      String text = new String(bytes, offset, length, StandardCharsets.UTF_8);
                      byte[] answer = (sourcePort + " " + text).getBytes(StandardCharsets.UTF_8);
                      socket[0].sendTo(source, sourcePort, answer, 0, answer.length, now);
                      return true;
                    }
                  });
          socket[0].bind(0, 53);
          return null;
        });
  }

  private UdpPort open() throws Exception {
    int host = Ipv4Address.parse("10.0.2.15").value();
    return fixture.call(
        () ->
            UdpPort.open(
                fixture.edge,
                fixture.world.loop(),
                fixture.world.timers(),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                new UdpPort.Target(fixture.gateway, host, 53)));
  }

  private static String ask(DatagramSocket client, UdpPort port, String text) throws Exception {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    client.send(new DatagramPacket(bytes, bytes.length, port.address()));
    DatagramPacket answer = new DatagramPacket(new byte[100], 100);
    client.receive(answer);
    return new String(answer.getData(), 0, answer.getLength(), StandardCharsets.UTF_8);
  }

  private static DatagramSocket client() throws Exception {
    DatagramSocket client = new DatagramSocket();
    client.setSoTimeout(20_000);
    return client;
  }

  @Test
  void eachClientHasAVirtualSocketOfItsOwn() throws Exception {
    answer();
    try (DatagramSocket one = client();
        DatagramSocket other = client()) {
      UdpPort port = open();
      String first = ask(one, port, "a");
      assertThat(first).endsWith(" a");
      assertThat(ask(one, port, "b")).isEqualTo(first.replace(" a", " b"));
      assertThat(ask(other, port, "a")).endsWith(" a").isNotEqualTo(first);
      fixture.call(
          () -> {
            port.close();
            return null;
          });
    }
  }
}
