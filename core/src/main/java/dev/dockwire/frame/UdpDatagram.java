package dev.dockwire.frame;

import java.util.Arrays;
import java.util.Locale;

/**
 * A UDP datagram (RFC 768) as a value, with the addresses of the packet around it, which its
 * checksum covers. A datagram without checksum gets one when emitted.
 */
public record UdpDatagram(
    Ipv4Address source,
    Ipv4Address destination,
    int sourcePort,
    int destinationPort,
    byte[] payload)
    implements WireValue {

  public UdpDatagram {
    if (UdpView.HEADER_LENGTH + payload.length > 0xffff) {
      throw new IllegalArgumentException("UDP payload of " + payload.length + " octets");
    }
    payload = payload.clone();
  }

  /**
   * @throws IllegalArgumentException with the reason {@link UdpView} refuses the bytes for
   */
  public static UdpDatagram parse(
      byte[] bytes, int offset, int length, Ipv4Address source, Ipv4Address destination) {
    UdpView view = new UdpView();
    if (!view.wrap(bytes, offset, length, source.value(), destination.value())) {
      throw WireValue.refused(view.problem());
    }
    int start = view.payloadOffset();
    return new UdpDatagram(
        source,
        destination,
        view.sourcePort(),
        view.destinationPort(),
        Arrays.copyOfRange(bytes, start, start + view.payloadLength()));
  }

  @Override
  public byte[] payload() {
    return payload.clone();
  }

  @Override
  public int length() {
    return UdpView.HEADER_LENGTH + payload.length;
  }

  @Override
  public int emit(byte[] bytes, int offset) {
    System.arraycopy(payload, 0, bytes, offset + UdpView.HEADER_LENGTH, payload.length);
    UdpView.emitHeader(
        bytes, offset, length(), source.value(), destination.value(), sourcePort, destinationPort);
    return length();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof UdpDatagram datagram
        && source.equals(datagram.source)
        && destination.equals(datagram.destination)
        && Arrays.equals(toBytes(), datagram.toBytes());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(toBytes());
  }

  /** For example {@code IP 172.17.0.2.40000 > 172.17.0.3.53: UDP, length 20} (the payload's). */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "IP %s.%d > %s.%d: UDP, length %d",
        source,
        sourcePort,
        destination,
        destinationPort,
        payload.length);
  }
}
