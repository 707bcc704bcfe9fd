package dev.dockwire.frame;

/**
 * What the bytes of a frame say, as an immutable value: for tests, logs and slow paths, where a
 * view would have to be guarded from change. Each has a static {@code parse}, which accepts exactly
 * what the view of the same protocol accepts.
 *
 * <p>{@code parse} then {@code emit} gives the same bytes back, but for reserved bits, which are
 * emitted as zero, and for bytes that {@code parse} ignores as padding. Checksums and lengths are
 * not kept; they are computed when emitting.
 */
public sealed interface WireValue
    permits EthernetFrame, ArpMessage, Ipv4Packet, IcmpMessage, UdpDatagram, TcpSegment {

  /** The octets that {@link #emit} writes. */
  int length();

  /**
   * Writes everything from the first header octet to the last payload octet; returns the length.
   */
  int emit(byte[] bytes, int offset);

  default byte[] toBytes() {
    byte[] bytes = new byte[length()];
    emit(bytes, 0);
    return bytes;
  }

  /** What {@code parse} throws for bytes that a view refused; the message is the counter's name. */
  static IllegalArgumentException refused(DropReason reason) {
    return new IllegalArgumentException(reason.counterName());
  }
}
