package dev.dockwire.tools.dump;

import static dev.dockwire.tools.dump.Frames.A;
import static dev.dockwire.tools.dump.Frames.B;
import static dev.dockwire.tools.dump.Frames.hex;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.capture.CapturedFrame;
import dev.dockwire.capture.Direction;
import dev.dockwire.frame.MacAddress;
import dev.dockwire.frame.TcpView;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The lines that tcpdump -nn prints for the same frames. */
class FrameLineTest {

  private static final String TIME = "00:00:00.000000000 ";

  private final FrameLine plain = new FrameLine(false);
  private final FrameLine withHeader = new FrameLine(true);

  private static CapturedFrame captured(byte[] frame) {
    return new CapturedFrame("", 0, frame, frame.length, Direction.UNKNOWN, "");
  }

  private void expect(byte[] frame, String line) {
    assertThat(plain.of(captured(frame))).isEqualTo(TIME + line);
  }

  @Test
  void whenWhereAndWhichWay() {
    byte[] frame = Frames.icmp(8, 0, 0x0001_0000, new byte[56]);
    long time = 1_767_225_600_000_000_000L + 3_723_000_000_042L;
    String what = "IP 172.17.0.2 > 172.17.0.3: ICMP echo request, id 1, seq 0, length 64";
    assertThat(plain.of(new CapturedFrame("a1/eth0", time, frame, 98, Direction.OUTBOUND, "")))
        .isEqualTo("01:02:03.000000042 a1/eth0 Out " + what);
    assertThat(plain.of(new CapturedFrame("lo", time, frame, 98, Direction.INBOUND, "")))
        .isEqualTo("01:02:03.000000042 lo    In  " + what);
    assertThat(
            plain.of(
                new CapturedFrame("", time, frame, 98, Direction.UNKNOWN, "dropped: port.spoof")))
        .isEqualTo("01:02:03.000000042 " + what + " [dropped: port.spoof]");
  }

  @Test
  void arp() {
    expect(Frames.arp(1, A, 0, B), "ARP, Request who-has 172.17.0.3 tell 172.17.0.2, length 28");
    expect(
        Frames.arp(1, A, 0x0242_ac11_0003L, B),
        "ARP, Request who-has 172.17.0.3 (02:42:ac:11:00:03) tell 172.17.0.2, length 28");
    expect(
        Frames.arp(2, B, MacAddress.fromIpv4(A).value(), A),
        "ARP, Reply 172.17.0.3 is-at 02:42:ac:11:00:03, length 28");
    expect(
        Arrays.copyOf(Frames.arp(1, A, 0, B), 60),
        "ARP, Request who-has 172.17.0.3 tell 172.17.0.2, length 46");
  }

  @Test
  void theEthernetHeaderWhenAskedFor() {
    assertThat(withHeader.of(captured(Frames.arp(1, A, 0, B))))
        .isEqualTo(
            TIME
                + "02:42:ac:11:00:02 > ff:ff:ff:ff:ff:ff, ethertype ARP (0x0806), length 42:"
                + " Request who-has 172.17.0.3 tell 172.17.0.2, length 28");
    assertThat(withHeader.of(captured(Frames.udp(1, 2, 3))))
        .isEqualTo(
            TIME
                + "02:42:ac:11:00:02 > 02:42:ac:11:00:03, ethertype IPv4 (0x0800), length 45:"
                + " 172.17.0.2.1 > 172.17.0.3.2: UDP, length 3");
    assertThat(withHeader.of(captured(Frames.tagged(Frames.udp(1, 2, 3), 5))))
        .isEqualTo(
            TIME
                + "02:42:ac:11:00:02 > 02:42:ac:11:00:03, ethertype 802.1Q (0x8100), length 49:"
                + " vlan 5, p 0, ethertype IPv4 (0x0800),"
                + " 172.17.0.2.1 > 172.17.0.3.2: UDP, length 3");
  }

  @Test
  void aTaggedFrame() {
    expect(Frames.tagged(Frames.udp(1, 2, 3), 5), "IP 172.17.0.2.1 > 172.17.0.3.2: UDP, length 3");
  }

  @Test
  void aFrameOfAnUnknownType() {
    byte[] frame = Arrays.copyOf(hex("0242ac110003 0242ac110002 88b5"), 60);
    expect(frame, "02:42:ac:11:00:02 > 02:42:ac:11:00:03, ethertype Unknown (0x88b5), length 60");
    byte[] spanningTree = Arrays.copyOf(hex("0180c2000000 0242ac110002 0026"), 60);
    expect(spanningTree, "02:42:ac:11:00:02 > 01:80:c2:00:00:00, 802.3, length 60");
  }

  @Test
  void icmpEcho() {
    expect(
        Frames.icmp(0, 0, 0x1234_0007, new byte[56]),
        "IP 172.17.0.2 > 172.17.0.3: ICMP echo reply, id 4660, seq 7, length 64");
  }

  @ParameterizedTest
  @CsvSource({
    "3, 0, 0, net 172.17.0.3 unreachable",
    "3, 1, 0, host 172.17.0.3 unreachable",
    "3, 2, 0, 172.17.0.3 protocol 17 unreachable",
    "3, 3, 0, 172.17.0.3 udp port 53 unreachable",
    "3, 4, 1400, 172.17.0.3 unreachable - need to frag (mtu 1400)",
    "3, 13, 0, host 172.17.0.3 unreachable - admin prohibited filter",
    "4, 0, 0, source quench",
    "5, 1, -1408172031, redirect 172.17.0.3 to host 172.17.0.1",
    "11, 0, 0, time exceeded in-transit",
    "11, 1, 0, ip reassembly time exceeded",
    "12, 0, 0x14000000, parameter problem - octet 20",
    "42, 0, 0, type-#42",
  })
  void icmpErrors(int type, int code, String rest, String text) {
    byte[] quote = Frames.quoted(Frames.udp(4_000, 53, 20));
    expect(
        Frames.icmp(type, code, Long.decode(rest).intValue(), quote),
        "IP 172.17.0.2 > 172.17.0.3: ICMP " + text + ", length 36");
  }

  @Test
  void anIcmpErrorAboutTcpQuotesEightOctets() {
    byte[] quote = Frames.quoted(Frames.tcp(false, TcpView.SYN, 1, 0, "", 0));
    expect(
        Frames.icmp(3, 3, 0, quote),
        "IP 172.17.0.2 > 172.17.0.3: ICMP 172.17.0.3 tcp port 80 unreachable, length 36");
  }

  @Test
  void udp() {
    expect(Frames.udp(4_000, 5_353, 12), "IP 172.17.0.2.4000 > 172.17.0.3.5353: UDP, length 12");
  }

  @Test
  void aTcpConversationCountsFromItsStart() {
    String ab = "IP 172.17.0.2.40000 > 172.17.0.3.80: ";
    String ba = "IP 172.17.0.3.80 > 172.17.0.2.40000: ";
    int syn = TcpView.SYN;
    int ack = TcpView.ACK;
    expect(
        Frames.tcp(false, syn, 1_000, 0, "020405b4 0402 080a 00000001 00000000 01 030307", 0),
        ab
            + "Flags [S], seq 1000, win 64240,"
            + " options [mss 1460,sackOK,TS val 1 ecr 0,nop,wscale 7], length 0");
    expect(
        Frames.tcp(true, syn | ack, -1, 1_001, "", 0),
        ba + "Flags [S.], seq 4294967295, ack 1001, win 64240, length 0");
    expect(Frames.tcp(false, ack, 1_001, 0, "", 0), ab + "Flags [.], ack 1, win 64240, length 0");
    expect(
        Frames.tcp(false, ack | TcpView.PSH, 1_001, 0, "", 73),
        ab + "Flags [P.], seq 1:74, ack 1, win 64240, length 73: HTTP");
    expect(
        Frames.tcp(true, ack, 0, 1_001, "0101 050a 0000040a 00000414", 0),
        ba + "Flags [.], ack 1, win 64240, options [nop,nop,sack 1 {34:44}], length 0");
    expect(
        Frames.tcp(true, ack | TcpView.FIN, 0, 1_074, "", 0),
        ba + "Flags [F.], seq 1, ack 74, win 64240, length 0");
    expect(
        Frames.tcp(false, TcpView.RST, 1_074, 0, "", 0),
        ab + "Flags [R], seq 1074, win 64240, length 0");
  }

  @Test
  void unusualTcpFlags() {
    expect(
        Frames.tcp(false, 0, 5, 0, "", 0),
        "IP 172.17.0.2.40000 > 172.17.0.3.80: Flags [none], win 64240, length 0");
    expect(
        Frames.tcp(false, TcpView.SYN | TcpView.ECE | TcpView.CWR, 5, 0, "", 0),
        "IP 172.17.0.2.40000 > 172.17.0.3.80: Flags [SEW], seq 5, win 64240, length 0");
  }

  @Test
  void fragments() {
    byte[] first = Frames.fragment(1, 1_480, A, B, true, 0);
    System.arraycopy(Frames.icmp(8, 0, 0x0001_0000, new byte[0]), 34, first, 34, 8);
    expect(
        first,
        "IP 172.17.0.2 > 172.17.0.3: ICMP echo request, id 1, seq 0, length 1480"
            + " (frag 7:1480@0+)");
    expect(
        Frames.fragment(1, 548, A, B, false, 1_480),
        "IP 172.17.0.2 > 172.17.0.3: ip-proto-1 (frag 7:548@1480)");
  }

  @Test
  void otherProtocols() {
    expect(Frames.ip(89, 44, A, B), "IP 172.17.0.2 > 172.17.0.3:  ip-proto-89 44");
    byte[] ipv6 =
        hex(
            "3333000000fb 0242ac110002 86dd 60000000 0000 3b ff",
            "fe800000000000000042acfffe110002 ff0200000000000000000000000000fb");
    expect(ipv6, "IP6 fe80::42:acff:fe11:2 > ff02::fb:  ip-proto-59 0");
  }

  @Test
  void headersThatAreNotAllThere() {
    byte[] echo = Frames.icmp(8, 0, 1, new byte[56]);
    expect(Arrays.copyOf(echo, 20), "IP  [|ip]");
    expect(Arrays.copyOf(Frames.arp(1, A, 0, B), 30), " [|arp]");
    expect(Frames.ip(6, 10, A, B), "IP 172.17.0.2.0 > 172.17.0.3.0:  [|tcp]");
    expect(Frames.ip(17, 3, A, B), "IP 172.17.0.2 > 172.17.0.3:  [|udp]");
    expect(Frames.ip(1, 0, A, B), "IP 172.17.0.2 > 172.17.0.3:  [|icmp]");
    expect(new byte[10], " [|ether], length 10");
  }

  @Test
  void aFrameCutByTheSnapLengthKeepsItsLengths() {
    byte[] whole = Frames.udp(1, 2, 1_000);
    CapturedFrame cut =
        new CapturedFrame("", 0, Arrays.copyOf(whole, 64), whole.length, Direction.UNKNOWN, "");
    assertThat(plain.of(cut)).isEqualTo(TIME + "IP 172.17.0.2.1 > 172.17.0.3.2: UDP, length 1000");
  }

  @Test
  void controlCharactersOfAFileDoNotReachTheTerminal() {
    CapturedFrame frame =
        new CapturedFrame("\u001b[2J", 0, new byte[0], 0, Direction.UNKNOWN, "a\nb\u009b");
    assertThat(plain.of(frame)).isEqualTo(TIME + "?[2J   [|ether], length 0 [a?b?]");
  }

  /** Whatever is in a frame, there is one line for it. */
  @Test
  void mutatedFramesNeverDoHarm() {
    SplittableRandom random = new SplittableRandom(1);
    List<byte[]> originals =
        List.of(
            Frames.arp(1, A, 0, B),
            Frames.icmp(3, 3, 0, Frames.quoted(Frames.udp(1, 2, 20))),
            Frames.icmp(5, 1, 0, Frames.quoted(Frames.udp(1, 2, 20))),
            Frames.tagged(Frames.udp(1, 2, 30), 5),
            Frames.tcp(true, TcpView.ACK, 1, 2, "0101 050a 00000001 00000002", 3),
            Frames.tcp(false, TcpView.SYN, 1, 0, "020405b4 0402 080a 0000000100000000", 0));
    for (int run = 0; run < 20_000; run++) {
      byte[] frame = originals.get(random.nextInt(originals.size())).clone();
      for (int change = random.nextInt(4); change >= 0; change--) {
        frame[random.nextInt(frame.length)] = (byte) random.nextInt();
      }
      byte[] cut = Arrays.copyOf(frame, random.nextInt(4) == 0 ? random.nextInt(60) : frame.length);
      assertThat(plain.of(captured(cut))).startsWith(TIME).doesNotContain("\n");
      assertThat(withHeader.of(captured(cut))).startsWith(TIME);
    }
  }
}
