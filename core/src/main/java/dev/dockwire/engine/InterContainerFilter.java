package dev.dockwire.engine;

import dev.dockwire.bridge.FrameFilter;
import dev.dockwire.frame.EthernetView;
import dev.dockwire.frame.Ipv4View;
import dev.dockwire.frame.NetworkOrder;
import java.util.List;

/**
 * What passes between the containers of a bridge without inter-container communication: ARP, and
 * what legacy links open, which is the target's exposed ports and the answers from them. The Docker
 * host's own frames are none of its business, and nor are those to the Docker host.
 *
 * <p>The rules keep no state, like those that Docker makes: one for each direction of each port.
 */
final class InterContainerFilter implements FrameFilter {

  private static final int PORTS_LENGTH = 4;

  /** One exposed port of a target, and the container that is linked to it. */
  record OpenPort(int client, int server, int protocol, int number) {

    boolean admits(int source, int destination, int itsProtocol, int from, int to) {
      return itsProtocol == protocol
          && (source == client && destination == server && to == number
              || source == server && destination == client && from == number);
    }
  }

  private final EthernetView ethernet = new EthernetView();
  private final Ipv4View packet = new Ipv4View();
  private OpenPort[] openPorts = {};

  /** Replaces all that links open. */
  void open(List<OpenPort> ports) {
    openPorts = ports.toArray(OpenPort[]::new);
  }

  @Override
  public boolean allows(byte[] bytes, int offset, int length) {
    if (!ethernet.wrap(bytes, offset, length)) {
      return false;
    }
    if (ethernet.etherType() != EthernetView.TYPE_IPV4) {
      return true;
    }
    return packet.wrap(bytes, ethernet.payloadOffset(), ethernet.payloadLength())
        && packet.fragmentOffset() == 0
        && packet.payloadLength() >= PORTS_LENGTH
        && isOpen(bytes, packet.payloadOffset());
  }

  private boolean isOpen(byte[] bytes, int at) {
    int from = NetworkOrder.short16(bytes, at);
    int to = NetworkOrder.short16(bytes, at + 2);
    for (OpenPort open : openPorts) {
      if (open.admits(packet.source(), packet.destination(), packet.protocol(), from, to)) {
        return true;
      }
    }
    return false;
  }
}
