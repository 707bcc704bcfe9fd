package dev.dockwire.capture.text;

import dev.dockwire.frame.NetworkOrder;

/**
 * A header and what follows it, as far as it was captured. Reading behind the last captured octet
 * ends the text: {@link CutShort}.
 */
final class Octets {

  private final byte[] bytes;
  private final int start;
  private final int end;

  Octets(byte[] bytes, int start, int end) {
    this.bytes = bytes;
    this.start = start;
    this.end = end;
  }

  /** How many are there. */
  int captured() {
    return end - start;
  }

  /** What comes behind the first {@code length} octets; nothing if there are not that many. */
  Octets from(int length) {
    return new Octets(bytes, Math.min(start + length, end), end);
  }

  /** No more than the first {@code length} octets. */
  Octets upTo(int length) {
    return new Octets(bytes, start, Math.min(start + length, end));
  }

  /** Ends the text if fewer than {@code length} octets are there. */
  void require(int length) {
    if (length > captured()) {
      throw CutShort.HERE;
    }
  }

  int octet(int index) {
    require(index + 1);
    return NetworkOrder.octet(bytes, start + index);
  }

  int short16(int index) {
    require(index + 2);
    return NetworkOrder.short16(bytes, start + index);
  }

  int int32(int index) {
    require(index + 4);
    return NetworkOrder.int32(bytes, start + index);
  }

  /** A 32-bit field that is a number. */
  long unsigned32(int index) {
    return int32(index) & 0xffff_ffffL;
  }

  long mac48(int index) {
    require(index + 6);
    return NetworkOrder.mac48(bytes, start + index);
  }

  /** The array, for checksums; the octets begin at {@link #start}. */
  byte[] bytes() {
    return bytes;
  }

  int start() {
    return start;
  }
}
