package dev.dockwire.program.probe;

import dev.dockwire.frame.IcmpView;

/**
 * What came back for a probe of {@link Traceroute}.
 *
 * @param reporter who sent it
 * @param receiver the address it came to
 * @param timeToLive its time to live on arrival
 * @param length octets of the ICMP message
 * @param now when it came
 */
record ProbeAnswer(
    int reporter, int receiver, int type, int code, int timeToLive, int length, int mtu, long now) {

  private static final int PROTOCOL_UNREACHABLE = 2;
  private static final int PORT_UNREACHABLE = 3;
  private static final int FRAGMENTATION_NEEDED = 4;

  /** Whether the probe has reached where it should go: there is no hop behind it. */
  boolean isFromDestination() {
    return type == IcmpView.ECHO_REPLY
        || type == IcmpView.DESTINATION_UNREACHABLE
            && (code == PORT_UNREACHABLE || code == PROTOCOL_UNREACHABLE);
  }

  /** Whether nobody will get any further. */
  boolean isUnreachable() {
    return type == IcmpView.DESTINATION_UNREACHABLE && !isFromDestination();
  }

  /** The mark behind the time that says what is unusual. */
  String mark() {
    if (type == IcmpView.ECHO_REPLY) {
      return timeToLive <= 1 ? " !" : "";
    }
    if (type != IcmpView.DESTINATION_UNREACHABLE) {
      return "";
    }
    return switch (code) {
      case 0 -> " !N";
      case 1 -> " !H";
      case PROTOCOL_UNREACHABLE -> " !P";
      case PORT_UNREACHABLE -> timeToLive <= 1 ? " !" : "";
      case FRAGMENTATION_NEEDED -> " !F-" + mtu;
      case 5 -> " !S";
      case 6, 7 -> " !U";
      case 8 -> " !I";
      case 9, 13 -> " !A";
      case 10, 15 -> " !C";
      case 11, 12 -> " !T";
      case 14 -> " !V";
      default -> " !<" + code + ">";
    };
  }
}
