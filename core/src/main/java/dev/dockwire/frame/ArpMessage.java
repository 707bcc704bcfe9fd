package dev.dockwire.frame;

/** An ARP message for IPv4 over Ethernet (RFC 826) as a value. */
public record ArpMessage(
    int operation,
    MacAddress senderHardware,
    Ipv4Address senderProtocol,
    MacAddress targetHardware,
    Ipv4Address targetProtocol)
    implements WireValue {

  /** Who has the target address? The hardware address asked for is all zero (RFC 826). */
  public static ArpMessage request(
      MacAddress senderHardware, Ipv4Address senderProtocol, Ipv4Address targetProtocol) {
    return new ArpMessage(
        ArpView.REQUEST, senderHardware, senderProtocol, MacAddress.ZERO, targetProtocol);
  }

  /**
   * @throws IllegalArgumentException with the reason {@link ArpView} refuses the bytes for
   */
  public static ArpMessage parse(byte[] bytes, int offset, int length) {
    ArpView view = new ArpView();
    if (!view.wrap(bytes, offset, length)) {
      throw WireValue.refused(view.problem());
    }
    return new ArpMessage(
        view.operation(),
        new MacAddress(view.senderHardware()),
        new Ipv4Address(view.senderProtocol()),
        new MacAddress(view.targetHardware()),
        new Ipv4Address(view.targetProtocol()));
  }

  @Override
  public int length() {
    return ArpView.LENGTH;
  }

  @Override
  public int emit(byte[] bytes, int offset) {
    return ArpView.emit(
        bytes,
        offset,
        operation,
        senderHardware.value(),
        senderProtocol.value(),
        targetHardware.value(),
        targetProtocol.value());
  }

  /** For example {@code ARP, Request who-has 172.17.0.3 tell 172.17.0.2, length 28}. */
  @Override
  public String toString() {
    String text =
        operation == ArpView.REQUEST
            ? "Request who-has " + targetProtocol + " tell " + senderProtocol
            : "Reply " + senderProtocol + " is-at " + senderHardware;
    return "ARP, " + text + ", length " + length();
  }
}
