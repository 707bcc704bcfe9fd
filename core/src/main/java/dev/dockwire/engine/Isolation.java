package dev.dockwire.engine;

import dev.dockwire.dns.DnsServer;
import dev.dockwire.frame.Ipv4View;
import dev.dockwire.frame.NetworkOrder;
import dev.dockwire.frame.UdpView;
import dev.dockwire.stack.StackInterface;
import dev.dockwire.stack.ip.ForwardFilter;
import dev.dockwire.stack.ip.InboundPacket;

/**
 * What the Docker host passes on between its interfaces: from a bridge to the outside unless the
 * network is internal, and nothing from one bridge to another or from outside to a bridge. The rest
 * is dropped in silence, as by Docker's isolation chains.
 */
final class Isolation implements ForwardFilter {

  private final Networks networks;

  Isolation(Networks networks) {
    this.networks = networks;
  }

  /**
   * Without a memory of connections, answers are known by where they come from: the uplink's DNS
   * server, which containers on the default bridge ask themselves.
   */
  @Override
  public boolean allows(InboundPacket packet, StackInterface out) {
    return allows(packet.in(), out) || isDnsAnswer(packet) && leadsOutside(out);
  }

  private static boolean isDnsAnswer(InboundPacket packet) {
    Ipv4View header = packet.header();
    return header.source() == DockerHost.NAMESERVER.address().value()
        && header.protocol() == Ipv4View.PROTOCOL_UDP
        && header.fragmentOffset() == 0
        && header.payloadLength() >= UdpView.HEADER_LENGTH
        && NetworkOrder.short16(packet.bytes(), header.payloadOffset()) == DnsServer.SERVER_PORT;
  }

  private boolean leadsOutside(StackInterface bridge) {
    return networks.behind(bridge).filter(network -> !network.spec().internal()).isPresent();
  }

  @Override
  public boolean allows(StackInterface in, StackInterface out) {
    return networks
        .behind(in)
        .map(from -> in == out || networks.behind(out).isEmpty() && !from.spec().internal())
        .orElseGet(() -> networks.behind(out).isEmpty());
  }
}
