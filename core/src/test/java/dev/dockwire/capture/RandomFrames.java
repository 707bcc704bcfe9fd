package dev.dockwire.capture;

import dev.dockwire.frame.ArpView;
import dev.dockwire.frame.EthernetView;
import dev.dockwire.frame.IcmpView;
import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.frame.Ipv4View;
import dev.dockwire.frame.MacAddress;
import dev.dockwire.frame.NetworkOrder;
import dev.dockwire.frame.TcpView;
import dev.dockwire.frame.UdpView;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;

/**
 * Frames of every kind that one meets on a wire here, out of few addresses and ports, so that what
 * a filter asks for is there. The same seed gives the same frames.
 */
public final class RandomFrames {

  private static final int IP = EthernetView.HEADER_LENGTH;
  private static final int TRANSPORT = IP + Ipv4View.HEADER_LENGTH;
  private static final int[] ADDRESSES =
      Arrays.stream(
              new String[] {
                "10.0.2.15", "172.17.0.1", "172.17.0.2", "172.17.0.3", "172.18.0.2", "192.168.1.9"
              })
          .mapToInt(text -> Ipv4Address.parse(text).value())
          .toArray();
  private static final int[] GROUPS = {0xffff_ffff, 0xac11_ffff, 0xe000_0001};

  /** No port of these has a text of its own, but those of DNS and HTTP. */
  private static final int[] PORTS = {53, 80, 443, 8080, 3306, 40_000, 40_001, 50_000, 60_999};

  private static final int[] TYPES = {0x88b5, 0x9001, 0x86dd};
  private static final String[] TCP_OPTIONS = {
    "",
    "020405b4",
    "020405b4 0402 080a 00000001 00000000 01 030307",
    "0101 080a 7fffffff 80000000",
    "0101 050a 0000040a 00000414",
    "0101 0512 00000001 00000010 00000020 00000030",
    "fd04 1234",
    "02040218 00000000",
  };

  private final SplittableRandom random;
  private final int[] nextSequence = new int[64];

  public RandomFrames(long seed) {
    random = new SplittableRandom(seed);
    for (int i = 0; i < nextSequence.length; i++) {
      nextSequence[i] = random.nextInt();
    }
  }

  /** The next frame, whole and without padding. */
  public byte[] next() {
    byte[] frame =
        switch (random.nextInt(12)) {
          case 0 -> arp();
          case 1, 2 -> icmp();
          case 3, 4 -> udp();
          case 5 -> dns();
          case 6, 7, 8 -> tcp();
          case 9 -> fragment();
          case 10 -> otherProtocol();
          default -> otherType();
        };
    return random.nextInt(12) == 0 ? tagged(frame) : frame;
  }

  private int pick(int[] values) {
    return values[random.nextInt(values.length)];
  }

  private boolean rarely() {
    return random.nextInt(16) == 0;
  }

  private byte[] arp() {
    byte[] frame = new byte[IP + ArpView.LENGTH];
    int from = pick(ADDRESSES);
    int to = pick(ADDRESSES);
    int operation = rarely() ? 13 + random.nextInt(20) : 1 + random.nextInt(2);
    long known = operation == 1 && random.nextBoolean() ? 0 : mac(to);
    long destination = operation == 1 && !rarely() ? MacAddress.BROADCAST.value() : mac(to);
    EthernetView.emitHeader(frame, 0, destination, mac(from), EthernetView.TYPE_ARP);
    ArpView.emit(frame, IP, operation, mac(from), from, known, to);
    return random.nextInt(4) == 0 ? Arrays.copyOf(frame, 60) : frame;
  }

  private byte[] icmp() {
    int type = random.nextInt(3) == 0 ? random.nextInt(20) : random.nextBoolean() ? 8 : 0;
    // Router advertisements have a text that nothing here makes.
    type = type == 9 || type == 10 ? 3 : type;
    int code = type == 3 || type == 5 || type == 11 ? random.nextInt(type == 5 ? 4 : 8) : 0;
    boolean error = type == 3 || type == 4 || type == 5 || type == 11 || type == 12;
    byte[] quoted = random.nextInt(3) == 0 ? tcp() : udp();
    byte[] payload =
        error
            ? Arrays.copyOfRange(quoted, IP, TRANSPORT + 8)
            : new byte[random.nextInt(3) == 0 ? 56 : 12 + random.nextInt(40)];
    int length = IcmpView.HEADER_LENGTH + payload.length;
    byte[] frame = ip(1, length, 0, false);
    System.arraycopy(payload, 0, frame, TRANSPORT + IcmpView.HEADER_LENGTH, payload.length);
    int rest = type == 5 ? pick(ADDRESSES) : error ? random.nextInt(1_501) : random.nextInt();
    IcmpView.emitHeader(frame, TRANSPORT, length, type, code, rest);
    return rarely() ? spoilt(frame, TRANSPORT + 2) : frame;
  }

  private byte[] udp() {
    byte[] data = new byte[random.nextInt(60)];
    int port = pick(PORTS);
    return udp(data, port == 53 ? 5_000 : port, 1_024 + random.nextInt(5) * 10_000);
  }

  private byte[] udp(byte[] data, int oneEnd, int otherEnd) {
    int length = UdpView.HEADER_LENGTH + data.length;
    byte[] frame = ip(17, length, 0, true);
    System.arraycopy(data, 0, frame, TRANSPORT + UdpView.HEADER_LENGTH, data.length);
    boolean back = random.nextBoolean();
    UdpView.emitHeader(
        frame,
        TRANSPORT,
        length,
        NetworkOrder.int32(frame, IP + 12),
        NetworkOrder.int32(frame, IP + 16),
        back ? otherEnd : oneEnd,
        back ? oneEnd : otherEnd);
    if (rarely()) {
      NetworkOrder.short16(frame, TRANSPORT + 6, 0);
    }
    return rarely() ? spoilt(frame, TRANSPORT + 6) : frame;
  }

  private static final String NAME = "03777777 076578616d706c65 03636f6d 00";

  private byte[] dns() {
    String[] queries = {
      "0100 0001 0000 0000 0000" + NAME + "0001 0001",
      "0110 0001 0000 0000 0001" + NAME + "001c 0001" + "00 0029 04d0 00000000 0000",
      "0000 0001 0000 0000 0000 013103313638033139320769 6e2d616464720461727061 00 000c 0001",
      "8180 0001 0002 0000 0000"
          + NAME
          + "0001 0001 c00c 0005 0001 0000003c 0002 c010"
          + "c010 0001 0001 00015180 0004 ac110003",
      "8583 0001 0000 0000 0000" + NAME + "0001 0001",
      "8182 0001 0000 0000 0000" + NAME + "001c 0001",
      "8400 0001 0001 0000 0000" + NAME + "0010 0001 c00c 0010 0001 00000258 0006 0568656c6c6f",
      "8580 0001 0001 0001 0000"
          + NAME
          + "000f 0001 c00c 000f 0001 00000258 0004 000a c010"
          + "c010 0006 0001 0000000a 0018 c00c c010 00000001 00000002 00000003 00000004 00000005",
      "8180 0001 0001 0000 0000"
          + NAME
          + "001c 0001 c00c 001c 0001 0000003c 0010 20010db8000000000000000000000001",
    };
    String body = queries[random.nextInt(queries.length)].replace(" ", "");
    String id = String.format("%04x", random.nextInt(0x10000));
    return udp(HexFormat.of().parseHex(id + body), 53, 1_024 + random.nextInt(5) * 10_000);
  }

  private byte[] tcp() {
    byte[] options = options();
    int flags =
        switch (random.nextInt(6)) {
          case 0 -> TcpView.SYN;
          case 1 -> TcpView.SYN | TcpView.ACK;
          case 2 -> TcpView.FIN | TcpView.ACK;
          case 3 -> random.nextInt(256);
          default -> TcpView.ACK | TcpView.PSH;
        };
    byte[] data = (flags & TcpView.SYN) != 0 ? new byte[0] : data();
    int header = TcpView.HEADER_LENGTH + options.length;
    byte[] frame = ip(6, header + data.length, 0, true);
    System.arraycopy(options, 0, frame, TRANSPORT + TcpView.HEADER_LENGTH, options.length);
    System.arraycopy(data, 0, frame, TRANSPORT + header, data.length);
    int flow = random.nextInt(4);
    boolean back = random.nextBoolean();
    int sequence = nextSequence[2 * flow + (back ? 1 : 0)];
    int acknowledgment = nextSequence[2 * flow + (back ? 0 : 1)];
    nextSequence[2 * flow + (back ? 1 : 0)] += data.length;
    int server = data.length > 0 && data[0] != 0 ? 80 : new int[] {80, 443, 8080, 3306}[flow];
    int client = 40_000 + flow;
    int source = back ? 0xac11_0003 : 0xac11_0002;
    int destination = back ? 0xac11_0002 : 0xac11_0003;
    NetworkOrder.int32(frame, IP + 12, source);
    NetworkOrder.int32(frame, IP + 16, destination);
    checksum(frame);
    TcpView.emitHeader(
        frame,
        TRANSPORT,
        header + data.length,
        source,
        destination,
        back ? server : client,
        back ? client : server,
        sequence,
        acknowledgment,
        header,
        flags,
        random.nextInt(65_536),
        (flags & TcpView.URG) != 0 ? random.nextInt(10) : 0);
    return rarely() ? spoilt(frame, TRANSPORT + 16) : frame;
  }

  private byte[] options() {
    String text = TCP_OPTIONS[random.nextInt(TCP_OPTIONS.length)].replace(" ", "");
    byte[] options = HexFormat.of().parseHex(text);
    return Arrays.copyOf(options, options.length + 3 & ~3);
  }

  private byte[] data() {
    String[] texts = {
      "",
      "",
      "GET / HTTP/1.1\r\nHost: web\r\n\r\n",
      "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi",
    };
    String text = texts[random.nextInt(texts.length)];
    return text.isEmpty() && random.nextBoolean()
        ? new byte[random.nextInt(100)]
        : text.getBytes(StandardCharsets.US_ASCII);
  }

  private byte[] fragment() {
    int protocol = new int[] {1, 6, 17, 253}[random.nextInt(4)];
    int offset = 8 * random.nextInt(200);
    if (offset == 0) {
      return udp();
    }
    byte[] frame = ip(protocol, 8 * (1 + random.nextInt(20)), offset, random.nextBoolean());
    return frame;
  }

  private byte[] otherProtocol() {
    return ip(new int[] {253, 254}[random.nextInt(2)], random.nextInt(64), 0, false);
  }

  private byte[] otherType() {
    int type = pick(TYPES);
    byte[] frame = new byte[60];
    EthernetView.emitHeader(frame, 0, 0x3333_0000_00fbL, mac(pick(ADDRESSES)), type);
    if (type == EthernetView.TYPE_IPV6) {
      ipv6(frame);
    }
    return frame;
  }

  /** A header without a payload, from one unique local address to another. */
  private void ipv6(byte[] frame) {
    NetworkOrder.int32(frame, IP, 0x6000_0000);
    NetworkOrder.short16(frame, IP + 4, 0);
    frame[IP + 6] = (byte) 253;
    frame[IP + 7] = (byte) 255;
    NetworkOrder.int32(frame, IP + 8, 0xfd00_0000);
    NetworkOrder.int32(frame, IP + 20, pick(ADDRESSES));
    NetworkOrder.int32(frame, IP + 24, 0xff02_0000);
    NetworkOrder.int32(frame, IP + 36, 0xfb);
  }

  /** A packet between two of the addresses, or to everybody. */
  private byte[] ip(int protocol, int length, int offset, boolean dontFragment) {
    byte[] frame = new byte[TRANSPORT + length];
    int from = pick(ADDRESSES);
    int to = random.nextInt(6) == 0 ? pick(GROUPS) : pick(ADDRESSES);
    long destination =
        to == 0xe000_0001
            ? 0x0100_5e00_0001L
            : Ipv4Address.isMulticast(to) || to == 0xffff_ffff || to == 0xac11_ffff
                ? MacAddress.BROADCAST.value()
                : mac(to);
    EthernetView.emitHeader(frame, 0, destination, mac(from), EthernetView.TYPE_IPV4);
    Ipv4View.emitHeader(
        frame,
        IP,
        Ipv4View.HEADER_LENGTH + length,
        random.nextInt(0x10000),
        dontFragment && offset == 0,
        offset > 0 && dontFragment,
        offset,
        1 + random.nextInt(255),
        protocol,
        from,
        to);
    frame[IP + 1] = (byte) (random.nextInt(8) == 0 ? random.nextInt(256) : 0);
    checksum(frame);
    return rarely() ? spoilt(frame, IP + 10) : frame;
  }

  private static void checksum(byte[] frame) {
    Ipv4View view = new Ipv4View();
    view.wrapQuoted(frame, IP, frame.length - IP);
    view.updateChecksum();
  }

  private byte[] spoilt(byte[] frame, int at) {
    frame[at] ^= (byte) (1 + random.nextInt(255));
    return frame;
  }

  private byte[] tagged(byte[] frame) {
    byte[] tagged = new byte[frame.length + EthernetView.TAG_LENGTH];
    System.arraycopy(frame, 0, tagged, 0, 12);
    NetworkOrder.short16(tagged, 12, EthernetView.TYPE_VLAN);
    NetworkOrder.short16(tagged, 14, random.nextInt(8) << 13 | 1 + random.nextInt(7));
    System.arraycopy(frame, 12, tagged, 16, frame.length - 12);
    return tagged;
  }

  private static long mac(int address) {
    return MacAddress.fromIpv4(new Ipv4Address(address)).value();
  }
}
