package dev.dockwire.frame;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Frames that a Linux kernel sent out of a TAP device as 172.17.0.2, and the reply it got to its
 * first one. The tagged frame is the ARP request with a tag put in by hand.
 */
final class GoldenFrames {

  static final MacAddress MAC_A = MacAddress.parse("02:42:ac:11:00:02");
  static final MacAddress MAC_B = MacAddress.parse("02:42:ac:11:00:03");
  static final Ipv4Address IP_A = Ipv4Address.parse("172.17.0.2");
  static final Ipv4Address IP_B = Ipv4Address.parse("172.17.0.3");

  private static final String B_FROM_A = "0242ac110003 0242ac110002 0800 ";

  static final byte[] ARP_REQUEST =
      hex(
          "ffffffffffff 0242ac110002 0806"
              + "0001 0800 06 04 0001 0242ac110002 ac110002 000000000000 ac110003");

  static final byte[] ARP_REPLY =
      hex(
          "0242ac110003 0242ac110002 0806"
              + "0001 0800 06 04 0002 0242ac110002 ac110002 0242ac110003 ac110003");

  /** VLAN 100, priority 3. */
  static final byte[] TAGGED_ARP_REQUEST =
      hex(
          "ffffffffffff 0242ac110002 8100 6064 0806"
              + "0001 0800 06 04 0001 0242ac110002 ac110002 000000000000 ac110003");

  /** {@code ping -c1 -s8 -p00ff}. */
  static final byte[] ICMP_ECHO =
      hex(
          B_FROM_A
              + "45 00 0024 843e 4000 40 01 5e73 ac110002 ac110003"
              + "08 00 d995 1d6a 0001 00ff000000000000");

  /** "dockwire!" from port 40000 to 53. */
  static final byte[] UDP =
      hex(
          B_FROM_A
              + "45 00 0025 2205 4000 40 11 c09b ac110002 ac110003"
              + "9c40 0035 0011 3885 646f636b7769726521");

  /**
   * The first segment of a connection to port 80: MSS, SACK permitted, timestamps, window scale.
   */
  static final byte[] TCP_SYN =
      hex(
          B_FROM_A
              + "45 00 003c 476c 4000 40 06 9b28 ac110002 ac110003"
              + "bd2a 0050 85214c14 00000000 a0 02 faf0 63d4 0000"
              + "020405b4 0402 080abe1e444100000000 01 03030a");

  static final List<byte[]> ALL =
      List.of(ARP_REQUEST, ARP_REPLY, TAGGED_ARP_REQUEST, ICMP_ECHO, UDP, TCP_SYN);

  /** Where the payload of an untagged frame starts, and that of the IPv4 packet in it. */
  static final int L3 = EthernetView.HEADER_LENGTH;

  static final int L4 = L3 + Ipv4View.HEADER_LENGTH;

  private static final int MARGIN = 5;
  private static final byte DIRT = (byte) 0xa5;

  private GoldenFrames() {}

  static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replace(" ", ""));
  }

  static byte[] from(byte[] frame, int start) {
    return Arrays.copyOfRange(frame, start, frame.length);
  }

  /** The bytes a value emits into a dirty buffer; nothing around them may change. */
  static byte[] emitOnDirt(WireValue value) {
    byte[] buffer = new byte[MARGIN + value.length() + MARGIN];
    Arrays.fill(buffer, DIRT);
    int end = MARGIN + value.emit(buffer, MARGIN);
    for (int i = 0; i < MARGIN; i++) {
      if (buffer[i] != DIRT || buffer[end + i] != DIRT) {
        throw new AssertionError("emitted outside its length: " + value);
      }
    }
    return Arrays.copyOfRange(buffer, MARGIN, end);
  }
}
