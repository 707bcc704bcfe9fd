package dev.dockwire.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.bridge.Bridge;
import dev.dockwire.bridge.BridgePort;
import dev.dockwire.fabric.Fabric;
import dev.dockwire.fabric.FabricShape;
import dev.dockwire.frame.ArpView;
import dev.dockwire.frame.EthernetView;
import dev.dockwire.frame.IcmpView;
import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.frame.Ipv4View;
import dev.dockwire.frame.MacAddress;
import dev.dockwire.link.Nic;
import dev.dockwire.time.Loop;
import dev.dockwire.time.VirtualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Wireshark's own reader on captures of an ARP exchange, a ping and a spoofed frame. */
class TsharkTest {

  private static final Ipv4Address A1 = Ipv4Address.parse("172.17.0.2");
  private static final Ipv4Address A2 = Ipv4Address.parse("172.17.0.3");

  @TempDir Path folder;

  private final VirtualClock clock = new VirtualClock();
  private final Loop loop = new Loop(clock);
  private final Fabric fabric = new Fabric(FabricShape.DEFAULT.withWireNanos(30_000));
  private final Nic a1 = nic("a1/eth0", A1);
  private final Nic a2 = nic("a2/eth0", A2);
  private BridgePort port2;

  @BeforeAll
  static void tsharkIsHere() {
    Tshark.assumeInstalled();
  }

  @BeforeEach
  void plugIn() {
    Bridge bridge = new Bridge("docker0");
    bridge.attach("veth1", a1);
    port2 = bridge.attach("veth2", a2);
    loop.add(fabric);
  }

  private Nic nic(String label, Ipv4Address address) {
    Nic nic = new Nic("eth0", MacAddress.fromIpv4(address), 1_500, fabric);
    nic.label(label);
    return nic;
  }

  private void arp(Nic from, int operation, Ipv4Address sender, Nic to, Ipv4Address target) {
    byte[] frame = new byte[42];
    long destination = operation == 1 ? MacAddress.BROADCAST.value() : to.mac().value();
    long known = operation == 1 ? 0 : to.mac().value();
    EthernetView.emitHeader(frame, 0, destination, from.mac().value(), EthernetView.TYPE_ARP);
    ArpView.emit(frame, 14, operation, from.mac().value(), sender.value(), known, target.value());
    transmit(from, frame);
  }

  private void echo(Nic from, int type, Ipv4Address source, Nic to, Ipv4Address destination) {
    byte[] frame = new byte[98];
    EthernetView.emitHeader(frame, 0, to.mac().value(), from.mac().value(), EthernetView.TYPE_IPV4);
    Ipv4View.emitHeader(frame, 14, 84, 1, true, 64, 1, source.value(), destination.value());
    IcmpView.emitHeader(frame, 34, 64, type, 0, 0x0001_0000);
    transmit(from, frame);
  }

  private void transmit(Nic from, byte[] frame) {
    from.transmit(frame, 0, frame.length, clock.now());
    loop.runUntil(clock.now() + 1_000_000);
  }

  private Path ping(String fileName, CaptureFilter filter) throws IOException {
    Path file = folder.resolve(fileName);
    try (Capture capture = Capture.start(fabric, file, filter, clock.epochNanos())) {
      capture.name(A1, "a1");
      capture.name(A2, "a2", "web");
      arp(a1, 1, A1, a2, A2);
      arp(a2, 2, A2, a1, A1);
      echo(a1, 8, A1, a2, A2);
      echo(a2, 0, A2, a1, A1);
      port2.allowOnlySource(a1.mac().value());
      echo(a2, 8, A2, a1, A1);
    }
    return file;
  }

  @Test
  void seesNamesDirectionsTimesAndVerdicts() throws IOException {
    Path file = ping("all.pcapng", CaptureFilter.all());
    Tshark.Result result =
        Tshark.read(
            file,
            "-T",
            "fields",
            "-E",
            "separator=|",
            "-e",
            "frame.interface_name",
            "-e",
            "frame.interface_description",
            "-e",
            "frame.time_epoch",
            "-e",
            "frame.packet_flags_direction",
            "-e",
            "_ws.col.Protocol",
            "-e",
            "frame.comment");
    assertThat(result.exitCode()).isZero();
    assertThat(result.lines())
        .containsExactly(
            "a1/eth0|wire to docker0/veth1|1767225600.000000000|0x00000002|ARP|",
            "a2/eth0|wire to docker0/veth2|1767225600.001000000|0x00000002|ARP|",
            "a1/eth0|wire to docker0/veth1|1767225600.002000000|0x00000002|ICMP|",
            "a2/eth0|wire to docker0/veth2|1767225600.003000000|0x00000002|ICMP|",
            "a2/eth0|wire to docker0/veth2|1767225600.004000000|0x00000002|ICMP|"
                + "dropped: port.spoof");
  }

  @Test
  void seesBothDirectionsOfOneLink() throws IOException {
    Path file = ping("one.pcapng", CaptureFilter.labels("a1/eth0"));
    Tshark.Result result = Tshark.read(file, "-T", "fields", "-e", "frame.packet_flags_direction");
    assertThat(result.lines())
        .containsExactly("0x00000002", "0x00000001", "0x00000002", "0x00000001");
  }

  @Test
  void resolvesNames() throws IOException {
    Path file = ping("names.pcapng", CaptureFilter.all());
    Tshark.Result result =
        Tshark.read(file, "-N", "n", "-Y", "icmp", "-T", "fields", "-e", "ip.dst_host");
    assertThat(result.lines()).containsExactly("a2", "a1", "a1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x.pcapng", "x.pcap"})
  void findsNothingToComplainOf(String name) throws IOException {
    Path file = ping(name, CaptureFilter.all());
    Tshark.Result all = Tshark.read(file, "-T", "fields", "-e", "frame.number");
    assertThat(all.exitCode()).isZero();
    assertThat(all.lines()).hasSize(5);
    Tshark.Result complaints =
        Tshark.read(
            file,
            "-o",
            "ip.check_checksum:TRUE",
            "-Y",
            "_ws.malformed || _ws.expert.severity >= \"Warning\""
                + " || icmp.checksum.status == 0 || ip.checksum.status == 0");
    assertThat(complaints.exitCode()).isZero();
    assertThat(complaints.lines()).isEmpty();
  }

  @Test
  void readsNanosecondsOfClassicPcap() throws IOException {
    Path file = ping("x.pcap", CaptureFilter.labels("a2/eth0"));
    Tshark.Result result = Tshark.read(file, "-T", "fields", "-e", "frame.time_epoch");
    assertThat(result.lines()).first().isEqualTo("1767225600.000000000");
    assertThat(result.lines()).hasSize(5);
  }

  @Test
  void readsTheWholeBlocksOfACutFile() throws IOException {
    Path file = ping("cut.pcapng", CaptureFilter.all());
    byte[] content = Files.readAllBytes(file);
    for (int missing : List.of(1, 50, 200, 300)) {
      Files.write(file, Arrays.copyOf(content, content.length - missing));
      Tshark.Result result = Tshark.read(file, "-T", "fields", "-e", "frame.number");
      assertThat(result.lines().size())
          .isEqualTo(framesRead(Arrays.copyOf(content, content.length - missing)));
    }
  }

  private static int framesRead(byte[] content) {
    return Content.rest(Content.reader(content)).size();
  }
}
