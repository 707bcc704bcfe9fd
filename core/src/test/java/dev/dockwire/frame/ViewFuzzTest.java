package dev.dockwire.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Random and damaged bytes through every view. They end with their array, so that a getter that
 * reads too far throws. Checksums are often repaired after the damage: what they guard is the
 * point.
 */
class ViewFuzzTest {

  private static final int ROUNDS = 200_000;

  private final SplittableRandom random = new SplittableRandom(0xf022);
  private final Map<String, Integer> accepted = new TreeMap<>();
  private final Map<DropReason, Integer> refused = new EnumMap<>(DropReason.class);

  private final EthernetView ethernet = new EthernetView();
  private final ArpView arp = new ArpView();
  private final Ipv4View ipv4 = new Ipv4View();
  private final IcmpView icmp = new IcmpView();
  private final UdpView udp = new UdpView();
  private final TcpView tcp = new TcpView();

  private int start;
  private int end;

  @Test
  void nothingThrowsAndEveryRangeLiesInTheBytes() {
    for (int round = 0; round < ROUNDS; round++) {
      byte[] frame = damagedFrame();
      start = random.nextInt(8);
      byte[] bytes = new byte[start + frame.length];
      System.arraycopy(frame, 0, bytes, start, frame.length);
      end = bytes.length;
      try {
        readFrame(bytes);
        // And as if a lower layer had gone wrong: any bytes are any protocol's.
        readEverything(bytes, random.nextInt(start, end + 1));
      } catch (RuntimeException e) {
        throw new AssertionError("round " + round + ": " + HexFormat.of().formatHex(frame), e);
      }
    }
    assertThat(accepted.keySet())
        .containsExactly("arp", "ethernet", "icmp", "ipv4", "quoted", "tcp", "udp");
    assertThat(accepted.values()).allSatisfy(count -> assertThat(count).isGreaterThan(1_000));
    assertThat(refused.keySet())
        .containsExactlyInAnyOrder(
            DropReason.PORT_RUNT,
            DropReason.ARP_BAD_LEN,
            DropReason.ARP_BAD_HW,
            DropReason.ARP_BAD_PROTO,
            DropReason.ARP_BAD_OP,
            DropReason.IP_BAD_LEN,
            DropReason.IP_BAD_VERSION,
            DropReason.IP_BAD_IHL,
            DropReason.IP_BAD_CSUM,
            DropReason.ICMP_BAD_LEN,
            DropReason.ICMP_BAD_CSUM,
            DropReason.UDP_BAD_LEN,
            DropReason.UDP_BAD_CSUM,
            DropReason.TCP_BAD_OFFSET,
            DropReason.TCP_BAD_CSUM);
  }

  private byte[] damagedFrame() {
    List<byte[]> all = GoldenFrames.ALL;
    byte[] frame = all.get(random.nextInt(all.size())).clone();
    switch (random.nextInt(4)) {
      case 0 -> frame = Arrays.copyOf(frame, random.nextInt(frame.length + 64));
      case 1 -> random.nextBytes(frame);
      default -> {
        for (int damage = random.nextInt(4); damage > 0; damage--) {
          frame[random.nextInt(frame.length)] = (byte) random.nextInt(256);
        }
      }
    }
    if (random.nextBoolean()) {
      repairChecksums(frame);
    }
    return frame;
  }

  private static void repairChecksums(byte[] frame) {
    if (frame.length < GoldenFrames.L4 + TcpView.HEADER_LENGTH) {
      return;
    }
    int l3 = GoldenFrames.L3;
    int header = Math.min((frame[l3] & 0xf) * 4, frame.length - l3);
    repair(frame, l3, header, l3 + 10, 0);
    int source = NetworkOrder.int32(frame, l3 + 12);
    int destination = NetworkOrder.int32(frame, l3 + 16);
    int l4 = GoldenFrames.L4;
    int length = frame.length - l4;
    int protocol = frame[l3 + 9];
    int pseudo = InternetChecksum.pseudoHeader(source, destination, protocol, length);
    switch (protocol) {
      case Ipv4View.PROTOCOL_ICMP -> repair(frame, l4, length, l4 + 2, 0);
      case Ipv4View.PROTOCOL_UDP -> repair(frame, l4, length, l4 + 6, pseudo);
      case Ipv4View.PROTOCOL_TCP -> repair(frame, l4, length, l4 + 16, pseudo);
      default -> {}
    }
  }

  private static void repair(byte[] frame, int offset, int length, int field, int initial) {
    NetworkOrder.short16(frame, field, 0);
    int checksum = InternetChecksum.compute(frame, offset, length, initial);
    NetworkOrder.short16(frame, field, checksum);
  }

  private void readFrame(byte[] bytes) {
    if (!took("ethernet", ethernet.wrap(bytes, start, end - start), ethernet)) {
      return;
    }
    readEthernet();
    int at = ethernet.payloadOffset();
    int length = ethernet.payloadLength();
    if (ethernet.etherType() == EthernetView.TYPE_ARP) {
      if (took("arp", arp.wrap(bytes, at, length), arp)) {
        readArp();
      }
    } else if (took("ipv4", ipv4.wrap(bytes, at, length), ipv4)) {
      readIpv4();
      readTransport(bytes, ipv4.payloadOffset(), ipv4.payloadLength());
    }
  }

  private void readEverything(byte[] bytes, int at) {
    int length = end - at;
    if (took("arp", arp.wrap(bytes, at, length), arp)) {
      readArp();
    }
    if (took("ipv4", ipv4.wrap(bytes, at, length), ipv4)) {
      readIpv4();
    }
    if (took("quoted", ipv4.wrapQuoted(bytes, at, length), ipv4)) {
      readIpv4();
    }
    if (took("icmp", icmp.wrap(bytes, at, length), icmp)) {
      readIcmp();
    }
    if (took("udp", udp.wrap(bytes, at, length, 1, 2), udp)) {
      readUdp();
    }
    if (took("tcp", tcp.wrap(bytes, at, length, 1, 2), tcp)) {
      readTcp();
    }
  }

  private void readTransport(byte[] bytes, int at, int length) {
    switch (ipv4.protocol()) {
      case Ipv4View.PROTOCOL_ICMP -> {
        if (took("icmp", icmp.wrap(bytes, at, length), icmp)) {
          readIcmp();
        }
      }
      case Ipv4View.PROTOCOL_UDP -> {
        if (took("udp", udp.wrap(bytes, at, length, ipv4.source(), ipv4.destination()), udp)) {
          readUdp();
        }
      }
      case Ipv4View.PROTOCOL_TCP -> {
        if (took("tcp", tcp.wrap(bytes, at, length, ipv4.source(), ipv4.destination()), tcp)) {
          readTcp();
        }
      }
      default -> {}
    }
  }

  private boolean took(String protocol, boolean yes, HeaderView view) {
    if (yes) {
      assertThat(view.problem()).isNull();
      accepted.merge(protocol, 1, Integer::sum);
    } else {
      refused.merge(view.problem(), 1, Integer::sum);
    }
    return yes;
  }

  private void readEthernet() {
    inRange(ethernet.payloadOffset(), ethernet.payloadLength());
    field(ethernet.destination(), 0xffff_ffff_ffffL);
    field(ethernet.source(), 0xffff_ffff_ffffL);
    field(ethernet.vlanId(), 0xfff);
    field(ethernet.priority(), 7);
    field(ethernet.tagControl(), 0xffff);
    field(ethernet.etherType(), 0xffff);
  }

  private void readArp() {
    field(arp.operation(), 2);
    field(arp.senderHardware(), 0xffff_ffff_ffffL);
    field(arp.targetHardware(), 0xffff_ffff_ffffL);
    arp.senderProtocol();
    arp.targetProtocol();
  }

  private void readIpv4() {
    inRange(ipv4.payloadOffset(), ipv4.payloadLength());
    inRange(ipv4.optionsOffset(), ipv4.optionsLength());
    field(ipv4.version(), 4);
    field(ipv4.headerLength(), 60);
    field(ipv4.typeOfService(), 0xff);
    field(ipv4.totalLength(), 0xffff);
    field(ipv4.identification(), 0xffff);
    field(ipv4.fragmentOffset(), 0xfff8);
    field(ipv4.timeToLive(), 0xff);
    field(ipv4.protocol(), 0xff);
    field(ipv4.headerChecksum(), 0xffff);
    assertThat(ipv4.isFragment()).isEqualTo(ipv4.moreFragments() || ipv4.fragmentOffset() != 0);
    assertThat(ipv4.hasOptions()).isEqualTo(ipv4.optionsLength() != 0);
    ipv4.dontFragment();
    ipv4.source();
    ipv4.destination();
  }

  private void readIcmp() {
    inRange(icmp.payloadOffset(), icmp.payloadLength());
    field(icmp.type(), 0xff);
    field(icmp.code(), 0xff);
    field(icmp.checksum(), 0xffff);
    assertThat(icmp.restOfHeader()).isEqualTo(icmp.identifier() << 16 | icmp.sequence());
  }

  private void readUdp() {
    inRange(udp.payloadOffset(), udp.payloadLength());
    field(udp.sourcePort(), 0xffff);
    field(udp.destinationPort(), 0xffff);
    field(udp.checksum(), 0xffff);
    field(udp.length(), 0xffff);
  }

  private void readTcp() {
    inRange(tcp.payloadOffset(), tcp.payloadLength());
    inRange(tcp.optionsOffset(), tcp.optionsLength());
    field(tcp.sourcePort(), 0xffff);
    field(tcp.destinationPort(), 0xffff);
    field(tcp.dataOffset(), 60);
    field(tcp.flags(), 0xff);
    field(tcp.window(), 0xffff);
    field(tcp.checksum(), 0xffff);
    field(tcp.urgentPointer(), 0xffff);
    tcp.sequenceNumber();
    tcp.acknowledgmentNumber();
  }

  private void inRange(int offset, int length) {
    if (offset < start || length < 0 || offset + length > end) {
      throw new IllegalStateException(
          "range %d+%d outside %d to %d".formatted(offset, length, start, end));
    }
  }

  private static void field(long value, long most) {
    if (value < 0 || value > most) {
      throw new IllegalStateException("field value " + value + " above " + most);
    }
  }
}
