package dev.dockwire.capture.text;

import dev.dockwire.frame.InternetChecksum;

/** Whether a checksum in a capture is right, and what it should be. */
final class Checksums {

  private Checksums() {}

  /**
   * What a checksum field should hold.
   *
   * @param written what it holds
   * @param sum the checksum over all that it covers, itself included; 0 if it is right
   */
  static int shouldBe(int written, int sum) {
    int right = written + sum;
    return (right & 0xffff) + (right >>> 16);
  }

  /** The checksum over a TCP segment or UDP datagram and its pseudo-header; 0 if it is right. */
  static int ofTransport(Octets packet, Octets payload, int length) {
    return InternetChecksum.compute(
        payload.bytes(),
        payload.start(),
        length,
        InternetChecksum.pseudoHeader(
            Ipv4Text.source(packet), Ipv4Text.destination(packet), packet.octet(9), length));
  }
}
