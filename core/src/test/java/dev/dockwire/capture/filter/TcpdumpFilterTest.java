package dev.dockwire.capture.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dockwire.capture.CaptureFormat;
import dev.dockwire.capture.CaptureWriter;
import dev.dockwire.capture.Direction;
import dev.dockwire.capture.RandomFrames;
import dev.dockwire.capture.Tcpdump;
import dev.dockwire.frame.MacAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random frames of a seed: the real tcpdump selects the same ones, and refuses the same texts. */
class TcpdumpFilterTest {

  private static final int FRAMES = 1_500;

  private static final List<String> EXPRESSIONS =
      """
      ip
      arp
      ip6
      rarp
      icmp
      tcp
      udp
      sctp
      igmp
      icmp6
      not ip
      !arp
      not not tcp
      tcp or udp
      tcp || icmp
      ip and not tcp and not udp
      ip && !tcp
      arp or icmp or udp
      tcp and udp or icmp
      icmp or tcp and udp
      (tcp or udp) and host 172.17.0.2
      not (tcp or udp)
      host 172.17.0.2
      src host 172.17.0.2
      dst host 172.17.0.3
      src 172.17.0.2
      dst 172.17.0.3
      src or dst 172.17.0.1
      dst or src host 172.17.0.1
      src and dst 172.17.0.3
      dst and src host 172.17.0.3
      src 172.17.0.2 and dst 172.17.0.3
      host 172.17.0.2 and 172.17.0.3
      host 172.17.0.2 or 10.0.2.15
      host 172.17.0.2 and not 172.17.0.3
      host (172.17.0.2 or 10.0.2.15)
      host 172.17.0.2 and (172.17.0.3 or 10.0.2.15)
      not host 172.17.0.2
      host 172.17
      host 10
      ip host 172.17.0.2
      arp host 172.17.0.2
      arp src host 172.17.0.2
      rarp host 172.17.0.2
      ip src 172.17.0.1
      arp and host 10.0.2.15
      net 172.17.0.0/16
      net 172.17
      net 172
      net 10
      src net 172.17.0.0/16
      dst net 172.18.0.0/16 or 10.0.0.0/8
      net 172.17.0.0 mask 255.255.0.0
      net 0.0.0.0/0
      net 172.17.0.2/31
      ip net 192.168.0.0/16
      arp net 192.168.0.0/16
      not net 172.17.0.0/16 and not net 10.0.0.0/8
      port 80
      port 0x50
      port http
      port domain
      tcp port 80
      udp port 53
      tcp port http
      src port 80
      dst port 80
      src or dst port 443
      src and dst port 80
      tcp src port 80
      udp dst port 53
      port 80 or 443
      port 80 or port 443
      port (80 or 443 or 53)
      not port 80
      not port 80 and not 443
      tcp and not port 80
      port 80 and host 172.17.0.3
      tcp dst port 80 and src host 172.17.0.2
      portrange 1-1024
      tcp portrange 400-500
      udp dst portrange 40000-60000
      src portrange 80-80
      portrange 60999-40000
      portrange http-443
      portrange 80
      proto 6
      proto \\tcp
      ip proto 17
      ip proto \\icmp
      ip proto 253
      ip proto 300
      ip6 proto 253
      ip proto 6 or 17
      ether proto 0x0806
      ether proto \\arp
      ether proto \\ip
      ether proto 0x88b5
      ether host 02:42:ac:11:00:02
      ether src 02:42:ac:11:00:02
      ether dst 02:42:ac:11:00:03
      ether src or dst 02:42:ac:11:0:3
      ether src and dst 02:42:ac:11:00:03
      ether host 02-42-ac-11-00-02
      not ether host 02:42:ac:11:00:02
      broadcast
      ether broadcast
      multicast
      ether multicast
      ip broadcast
      ip multicast
      not broadcast and not multicast
      multicast and not broadcast
      less 60
      greater 100
      less 60 or greater 100
      len = 42
      len > 70
      length >= 70 and length <= 90
      len != 60
      tcp[tcpflags] & (tcp-syn|tcp-fin) != 0
      tcp[tcpflags] & tcp-syn != 0 and tcp[tcpflags] & tcp-ack == 0
      tcp[tcpflags] == tcp-syn
      tcp[13] & 2 != 0
      tcp[tcpflags] & (tcp-rst | tcp-urg | tcp-ece | tcp-cwr) != 0
      not tcp[tcpflags] & tcp-push != 0
      not (tcp[13] = 18)
      icmp[icmptype] = icmp-echo
      icmp[icmptype] = icmp-echo or icmp[icmptype] = icmp-echoreply
      icmp[icmptype] != icmp-echo and icmp[icmptype] != icmp-echoreply
      icmp[0] = 3 and icmp[1] = 3
      icmp[icmptype] == icmp-unreach and icmp[icmpcode] >= 2
      udp[4:2] > 40
      udp[2:2] = 53
      tcp[2:2] = 80 or tcp[0:2] = 80
      tcp[12] >> 4 > 5
      (tcp[12] & 0xf0) >> 2 > 20
      ip[0] & 0xf = 5
      ip[8] < 64
      ip[2:2] + 14 = len
      ip[2:2] - ((ip[0] & 0xf) << 2) - ((tcp[12] & 0xf0) >> 2) != 0
      ip[6:2] & 0x1fff = 0
      ip[6:2] & 0x3fff != 0
      ip[6] & 0x40 != 0
      ip[16] >= 224
      ip[12:4] = ip[16:4]
      ip[12:4] = 0xac110002
      arp[6:2] = 1
      arp[6:2] = 2 and arp[14:4] = 0xac110003
      ether[0] & 1 = 0 and ip[16] >= 224
      ether[12:2] = 0x0800
      ether[6:4] = 0x0242ac11
      ether[len - 1] = 0
      ip[10:2] % 3 = 1
      ip[10:2] * 2 / 3 > 20000
      ip[4:2] ^ 0xff > 0x8000
      len / ip[8] > 1
      1 = 1
      2 > 1 + 0 and tcp
      vlan
      vlan 5
      vlan and ip
      vlan and tcp port 80
      vlan and host 172.17.0.2
      not vlan
      vlan and arp
      tcp port 80 or vlan
      tcp port 80 or vlan and udp
      ip[100] = 0
      ip[60] = 0 or udp
      not ip[60] = 0
      tcp port 80 and (tcp[20:4] = 0x01010402 or tcp[24:2] = 0)
      udp port 53 and udp[10] & 0x80 != 0
      tcp port 80 and tcp[((tcp[12] & 0xf0) >> 2):4] = 0x47455420
      icmp or (udp and (port 53 or 80) and not (src net 10.0.0.0/8))
      (((tcp)))
      tcp and (not port 80 or (src 172.17.0.2 and dst 172.17.0.3))
      """
          .lines()
          .toList();

  private static final FilterNames NAMES =
      new FilterNames() {
        @Override
        public OptionalInt tcpPort(String service) {
          return switch (service) {
            case "http" -> OptionalInt.of(80);
            case "domain" -> OptionalInt.of(53);
            default -> OptionalInt.empty();
          };
        }

        @Override
        public OptionalInt udpPort(String service) {
          return service.equals("domain") ? OptionalInt.of(53) : OptionalInt.empty();
        }
      };

  @TempDir Path folder;

  @BeforeAll
  static void tcpdumpIsHere() {
    Tcpdump.assumeInstalled();
  }

  private static List<byte[]> frames() {
    RandomFrames random = new RandomFrames(5);
    List<byte[]> frames = new ArrayList<>(FRAMES);
    for (int i = 0; i < FRAMES; i++) {
      frames.add(random.next());
    }
    return frames;
  }

  /** A frame's time says which one it is. */
  private Path file(List<byte[]> frames, int snapLength) throws IOException {
    Path file = folder.resolve("frames.pcap");
    try (CaptureWriter writer = CaptureFormat.PCAP.create(file, snapLength)) {
      writer.addInterface("eth0", MacAddress.ZERO, "");
      for (int i = 0; i < frames.size(); i++) {
        byte[] frame = frames.get(i);
        long time = i * 1_000_000_000L;
        writer.frame(0, time, frame, 0, frame.length, Direction.UNKNOWN, 0, "");
      }
    }
    return file;
  }

  @ParameterizedTest
  @ValueSource(ints = {CaptureWriter.WHOLE_FRAMES, 60, 48, 42})
  void theSameFramesAreSelected(int snapLength) throws Exception {
    List<byte[]> frames = frames();
    Path file = file(frames, snapLength);
    List<String> differences = new ArrayList<>();
    for (String expression : EXPRESSIONS) {
      String real = Tcpdump.read(file, List.of("-n", "-tt", "-q", "-x", expression));
      TreeSet<Integer> theirs = new TreeSet<>();
      real.lines()
          .filter(line -> line.matches("[0-9]+\\.0{6}.*"))
          .forEach(line -> theirs.add(Integer.parseInt(line.substring(0, line.indexOf('.')))));
      assertThat(theirs.isEmpty() && !real.isEmpty() && !real.contains("rejects all packets"))
          .as("%s: %s", expression, real)
          .isFalse();
      TreeSet<Integer> ours = new TreeSet<>();
      FrameFilter filter = FrameFilter.compile(expression, NAMES);
      for (int i = 0; i < FRAMES; i++) {
        byte[] frame = frames.get(i);
        int captured = Math.min(frame.length, snapLength);
        if (filter.selects(frame, 0, captured, frame.length, Direction.UNKNOWN)) {
          ours.add(i);
        }
      }
      if (!ours.equals(theirs)) {
        differences.add(expression + ": ours " + ours.size() + ", theirs " + theirs.size());
      }
    }
    assertThat(differences).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "foo",
        "foo bar",
        "host",
        "port 80 and",
        "and tcp",
        "udp and and",
        "tcp or or icmp",
        "tcp)",
        "(tcp",
        "tcp and not",
        "1.2.3.4",
        "10.0.0.0/8",
        "src port",
        "ip src",
        "src dst port 80",
        "host 1.2.3.4 80",
        "tcp[tcpflags",
        "tcp[13]",
        "tcp[0:3] = 1",
        "ip proto tcp",
        "port 80 or (443 and udp)",
        "@",
        "len",
        "port 80 = 1",
        "host 300.1.1.1",
        "host nosuch.invalid",
        "net nosuch",
        "proto nosuch",
        "ether host zz",
        "ether host 1.2.3.4",
        "host 02:42:ac:11:00:02",
        "host 10.0.0.0/8",
        "net 10.0.0.1/8",
        "net 10.0.0.0/33",
        "net 10.0.0.1 mask 255.0.0.0",
        "port nosuch",
        "port 80-90",
        "portrange 1-nosuch",
        "tcp port 70000",
        "udp port http",
        "arp port 80",
        "icmp portrange 1-2",
        "icmp host 1.2.3.4",
        "tcp net 10.0.0.0/8",
        "ip6 host 1.2.3.4",
        "gateway 1.2.3.4",
        "gateway foo",
        "len / 0 = 1",
        "len % 0 = 1",
        "tcp and 80",
        "ether",
        "vlan 5000",
        "arp proto 5",
        "tcp proto 5",
        "src proto 5",
        "tcp broadcast",
      })
  void theSameTextsAreRefused(String expression) throws IOException {
    String real = Tcpdump.read(file(List.of(), 0), List.of("-n", expression)).strip();
    assertThatThrownBy(() -> FrameFilter.compile(expression, NAMES))
        .isInstanceOf(FilterException.class)
        .extracting(problem -> "tcpdump: " + problem.getMessage())
        .isEqualTo(real);
  }

  @Test
  void wayOfAFrame() throws FilterException {
    FrameFilter inbound = FrameFilter.compile("inbound", NAMES);
    assertThat(inbound.selects(new byte[14], 0, 14, 14, Direction.INBOUND)).isTrue();
    assertThat(inbound.selects(new byte[14], 0, 14, 14, Direction.OUTBOUND)).isFalse();
  }
}
