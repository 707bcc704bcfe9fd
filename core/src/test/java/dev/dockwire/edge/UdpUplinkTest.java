package dev.dockwire.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.stack.icmp.IcmpError;
import dev.dockwire.stack.socket.UdpSocket;
import dev.dockwire.stack.udp.UdpBinding;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Virtual clients of a real UDP server. */
@Timeout(20)
class UdpUplinkTest {

  private static final int GATEWAY = Ipv4Address.parse("10.0.2.2").value();
  private static final int BEYOND = Ipv4Address.parse("192.0.2.1").value();

  private final EdgeFixture fixture = new EdgeFixture();
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private DatagramSocket server;
  private int serverPort;
  private Uplink uplink;

  @BeforeEach
  void open() throws Exception {
    server = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    server.setSoTimeout(20_000);
    serverPort = server.getLocalPort();
    uplink = fixture.openUplink(Uplink.Policy.ALL, null);
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
    fixture.stop();
  }

  private UdpSocket client() throws Exception {
    return fixture.call(
        () ->
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
                    boolean fromServer = sourcePort == serverPort;
                    heard.add(Ipv4Address.toString(source) + " " + length + " " + fromServer);
                    return true;
                  }

                  @Override
                  public void onError(IcmpError error, long now) {
                    heard.add(Ipv4Address.toString(error.reporter()) + " says " + error.code());
                  }
                }));
  }

  private void send(UdpSocket client, int to, int octets) throws Exception {
    fixture.call(
        () -> client.sendTo(to, serverPort, new byte[octets], 0, octets, fixture.world.now()));
  }

  /** Takes one datagram, sends back one that is an octet longer, and says where it came from. */
  private InetSocketAddress answer() throws Exception {
    DatagramPacket packet = new DatagramPacket(new byte[20_000], 20_000);
    server.receive(packet);
    InetSocketAddress from = (InetSocketAddress) packet.getSocketAddress();
    byte[] longer = Arrays.copyOf(packet.getData(), packet.getLength() + 1);
    server.send(new DatagramPacket(longer, longer.length, from));
    return from;
  }

  private String next() throws Exception {
    return heard.poll(20, TimeUnit.SECONDS);
  }

  @Test
  void answersComeFromWhereTheDatagramsWent() throws Exception {
    UdpSocket client = client();
    send(client, BEYOND, 10);
    InetSocketAddress first = answer();
    assertThat(next()).isEqualTo("192.0.2.1 11 true");
    send(client, BEYOND, 10_000);
    assertThat(answer()).as("one flow, one socket").isEqualTo(first);
    assertThat(next()).isEqualTo("192.0.2.1 10001 true");
    send(client, GATEWAY, 1);
    assertThat(answer()).isNotEqualTo(first);
    assertThat(next()).isEqualTo("10.0.2.2 2 true");
    assertThat(fixture.call(uplink::size)).isEqualTo(2);
    fixture.call(
        () -> {
          uplink.close();
          return null;
        });
    assertThat(fixture.call(uplink::size)).isZero();
  }

  @Test
  void twoClientsOfOneServerAreTwoFlows() throws Exception {
    send(client(), BEYOND, 1);
    InetSocketAddress first = answer();
    send(client(), BEYOND, 1);
    assertThat(answer()).isNotEqualTo(first);
  }

  @Test
  void aClosedRealPortIsReported() throws Exception {
    UdpSocket client = client();
    server.close();
    send(client, BEYOND, 10);
    assertThat(next()).isEqualTo("192.0.2.1 says 3");
  }

  @Test
  void thereAreNoMoreFlowsThanTheTableHolds() throws Exception {
    for (int i = 0; i < FlowTable.MAX_FLOWS + 10; i++) {
      UdpSocket client = client();
      send(client, BEYOND, 1);
      fixture.call(
          () -> {
            client.close();
            return null;
          });
    }
    while (fixture.call(uplink::size) < FlowTable.MAX_FLOWS) {
      Thread.onSpinWait();
    }
    assertThat(fixture.call(uplink::size)).isEqualTo(FlowTable.MAX_FLOWS);
  }
}
