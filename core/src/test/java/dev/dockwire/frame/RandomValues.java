package dev.dockwire.frame;

import java.util.SplittableRandom;

/** Seeded values of every protocol, corners included as often as everything else. */
final class RandomValues {

  private static final int[] CORNERS = {0, 1, 0x7fff, 0x8000, 0xfffe, 0xffff};

  /** What every parser of options reads without complaint: no-operations and the end. */
  private static final byte[] NO_OPERATIONS = GoldenFrames.hex("01010100");

  private final SplittableRandom random;

  RandomValues(long seed) {
    random = new SplittableRandom(seed);
  }

  int word() {
    return random.nextBoolean() ? CORNERS[random.nextInt(CORNERS.length)] : random.nextInt(0x10000);
  }

  int octet() {
    return word() & 0xff;
  }

  MacAddress mac() {
    return new MacAddress((long) word() << 32 | (long) word() << 16 | word());
  }

  Ipv4Address address() {
    return new Ipv4Address(word() << 16 | word());
  }

  byte[] payload(int most) {
    byte[] payload = new byte[random.nextInt(most + 1)];
    if (random.nextInt(4) != 0) {
      random.nextBytes(payload);
    }
    return payload;
  }

  byte[] options() {
    byte[] options = new byte[4 * random.nextInt(11)];
    for (int i = 0; i < options.length; i += 4) {
      // Only the last option may be the end.
      System.arraycopy(NO_OPERATIONS, 0, options, i, i + 4 == options.length ? 4 : 3);
      options[i + 3] = i + 4 == options.length ? (byte) 0 : 1;
    }
    return options;
  }

  EthernetFrame frame(int etherType, byte[] payload) {
    int tag = random.nextInt(4) == 0 ? word() : EthernetFrame.UNTAGGED;
    return new EthernetFrame(mac(), mac(), tag, etherType, payload);
  }

  ArpMessage arp() {
    return new ArpMessage(1 + random.nextInt(2), mac(), address(), mac(), address());
  }

  Ipv4Packet packet(int protocol, Ipv4Address source, Ipv4Address destination, byte[] payload) {
    return new Ipv4Packet(
        octet(),
        word(),
        random.nextBoolean(),
        false,
        0,
        octet(),
        protocol,
        source,
        destination,
        options(),
        payload);
  }

  Ipv4Packet fragment() {
    return new Ipv4Packet(
        octet(),
        word(),
        random.nextBoolean(),
        random.nextBoolean(),
        8 * (word() & 0x1fff),
        octet(),
        octet(),
        address(),
        address(),
        options(),
        payload(1_400));
  }

  IcmpMessage echo() {
    byte[] payload = payload(1_400);
    return random.nextBoolean()
        ? IcmpMessage.echoRequest(word(), word(), payload)
        : IcmpMessage.echoReply(word(), word(), payload);
  }

  IcmpMessage icmp() {
    return new IcmpMessage(octet(), octet(), word() << 16 | word(), payload(1_400));
  }

  UdpDatagram datagram() {
    return new UdpDatagram(address(), address(), word(), word(), payload(1_400));
  }

  TcpSegment segment() {
    return new TcpSegment(
        address(),
        address(),
        word(),
        word(),
        word() << 16 | word(),
        word() << 16 | word(),
        octet(),
        word(),
        word(),
        options(),
        payload(1_400));
  }
}
