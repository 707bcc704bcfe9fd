package dev.dockwire.frame;

import java.util.Arrays;

/**
 * An ICMP message (RFC 792) as a value.
 *
 * @param restOfHeader the second 32 bits: identifier and sequence number in queries
 */
public record IcmpMessage(int type, int code, int restOfHeader, byte[] payload)
    implements WireValue {

  public IcmpMessage {
    payload = payload.clone();
  }

  public static IcmpMessage echoRequest(int identifier, int sequence, byte[] payload) {
    return new IcmpMessage(IcmpView.ECHO_REQUEST, 0, identifier << 16 | sequence, payload);
  }

  public static IcmpMessage echoReply(int identifier, int sequence, byte[] payload) {
    return new IcmpMessage(IcmpView.ECHO_REPLY, 0, identifier << 16 | sequence, payload);
  }

  /**
   * @throws IllegalArgumentException with the reason {@link IcmpView} refuses the bytes for
   */
  public static IcmpMessage parse(byte[] bytes, int offset, int length) {
    IcmpView view = new IcmpView();
    if (!view.wrap(bytes, offset, length)) {
      throw WireValue.refused(view.problem());
    }
    int start = view.payloadOffset();
    return new IcmpMessage(
        view.type(),
        view.code(),
        view.restOfHeader(),
        Arrays.copyOfRange(bytes, start, start + view.payloadLength()));
  }

  public int identifier() {
    return restOfHeader >>> 16;
  }

  public int sequence() {
    return restOfHeader & 0xffff;
  }

  @Override
  public byte[] payload() {
    return payload.clone();
  }

  @Override
  public int length() {
    return IcmpView.HEADER_LENGTH + payload.length;
  }

  @Override
  public int emit(byte[] bytes, int offset) {
    System.arraycopy(payload, 0, bytes, offset + IcmpView.HEADER_LENGTH, payload.length);
    IcmpView.emitHeader(bytes, offset, length(), type, code, restOfHeader);
    return length();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof IcmpMessage message && Arrays.equals(toBytes(), message.toBytes());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(toBytes());
  }

  /** For example {@code ICMP echo request, id 1, seq 2, length 64}. */
  @Override
  public String toString() {
    String text =
        switch (type) {
          case IcmpView.ECHO_REPLY -> "echo reply, id " + identifier() + ", seq " + sequence();
          case IcmpView.ECHO_REQUEST -> "echo request, id " + identifier() + ", seq " + sequence();
          case IcmpView.DESTINATION_UNREACHABLE -> "destination unreachable, code " + code;
          case IcmpView.TIME_EXCEEDED -> "time exceeded, code " + code;
          default -> "type " + type + ", code " + code;
        };
    return "ICMP " + text + ", length " + length();
  }
}
