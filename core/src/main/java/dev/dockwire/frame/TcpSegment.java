package dev.dockwire.frame;

import java.util.Arrays;
import java.util.Locale;

/**
 * A TCP segment (RFC 9293, section 3.1) as a value, with the addresses of the packet around it,
 * which its checksum covers.
 *
 * @param flags the bits of {@link TcpView#SYN} and its like
 * @param window as it stands in the header, not scaled
 * @param options with their padding: a multiple of four octets, at most 40
 */
public record TcpSegment(
    Ipv4Address source,
    Ipv4Address destination,
    int sourcePort,
    int destinationPort,
    int sequenceNumber,
    int acknowledgmentNumber,
    int flags,
    int window,
    int urgentPointer,
    byte[] options,
    byte[] payload)
    implements WireValue {

  /** tcpdump's letters for the control bits, the lowest first. */
  private static final String FLAG_LETTERS = "FSRP.UEW";

  public TcpSegment {
    if (options.length % 4 != 0 || options.length > 40) {
      throw new IllegalArgumentException("TCP options of " + options.length + " octets");
    }
    options = options.clone();
    payload = payload.clone();
  }

  /**
   * @throws IllegalArgumentException with the reason {@link TcpView} refuses the bytes for
   */
  public static TcpSegment parse(
      byte[] bytes, int offset, int length, Ipv4Address source, Ipv4Address destination) {
    TcpView view = new TcpView();
    if (!view.wrap(bytes, offset, length, source.value(), destination.value())) {
      throw WireValue.refused(view.problem());
    }
    int start = view.payloadOffset();
    return new TcpSegment(
        source,
        destination,
        view.sourcePort(),
        view.destinationPort(),
        view.sequenceNumber(),
        view.acknowledgmentNumber(),
        view.flags(),
        view.window(),
        view.urgentPointer(),
        Arrays.copyOfRange(bytes, view.optionsOffset(), start),
        Arrays.copyOfRange(bytes, start, start + view.payloadLength()));
  }

  @Override
  public byte[] options() {
    return options.clone();
  }

  @Override
  public byte[] payload() {
    return payload.clone();
  }

  private int dataOffset() {
    return TcpView.HEADER_LENGTH + options.length;
  }

  @Override
  public int length() {
    return dataOffset() + payload.length;
  }

  @Override
  public int emit(byte[] bytes, int offset) {
    System.arraycopy(options, 0, bytes, offset + TcpView.HEADER_LENGTH, options.length);
    System.arraycopy(payload, 0, bytes, offset + dataOffset(), payload.length);
    TcpView.emitHeader(
        bytes,
        offset,
        length(),
        source.value(),
        destination.value(),
        sourcePort,
        destinationPort,
        sequenceNumber,
        acknowledgmentNumber,
        dataOffset(),
        flags,
        window,
        urgentPointer);
    return length();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TcpSegment segment
        && source.equals(segment.source)
        && destination.equals(segment.destination)
        && Arrays.equals(toBytes(), segment.toBytes());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(toBytes());
  }

  /** For example {@code IP 10.0.0.1.40000 > 10.0.0.2.80: Flags [S], seq 1, win 64240, length 0}. */
  @Override
  public String toString() {
    StringBuilder letters = new StringBuilder();
    for (int bit = 0; bit < FLAG_LETTERS.length(); bit++) {
      if ((flags >>> bit & 1) != 0) {
        letters.append(FLAG_LETTERS.charAt(bit));
      }
    }
    String ack =
        (flags & TcpView.ACK) == 0 ? "" : ", ack " + Integer.toUnsignedString(acknowledgmentNumber);
    return String.format(
        Locale.ROOT,
        "IP %s.%d > %s.%d: Flags [%s], seq %s%s, win %d, length %d",
        source,
        sourcePort,
        destination,
        destinationPort,
        letters.isEmpty() ? "none" : letters,
        Integer.toUnsignedString(sequenceNumber),
        ack,
        window,
        payload.length);
  }
}
