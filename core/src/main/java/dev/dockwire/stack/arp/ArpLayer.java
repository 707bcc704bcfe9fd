package dev.dockwire.stack.arp;

import dev.dockwire.frame.ArpView;
import dev.dockwire.frame.DropReason;
import dev.dockwire.frame.EthernetView;
import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.frame.MacAddress;
import dev.dockwire.link.FrameSlot;
import dev.dockwire.stack.HostStack;
import dev.dockwire.stack.StackInterface;

/**
 * Takes ARP messages from the wire (RFC 826), answers those that ask for an address of the
 * interface they came in by, and tells the {@link NeighbourCache} what they say.
 *
 * <p>Only a request to this host makes a new entry; all else at most updates one. A sender that is
 * not on the interface's own network is never believed. Somebody else's claim to our address is
 * counted and, once in ten seconds, contradicted (RFC 5227, section 2.4).
 */
public final class ArpLayer {

  private static final int FRAME_LENGTH = EthernetView.HEADER_LENGTH + ArpView.LENGTH;

  private final HostStack stack;
  private final NeighbourCache neighbours;
  private final LinkOutput output;
  private final ArpView message = new ArpView();

  public ArpLayer(HostStack stack) {
    this.stack = stack;
    this.neighbours = new NeighbourCache(stack, this);
    this.output = new LinkOutput(neighbours);
  }

  /**
   * Takes one message.
   *
   * @param frameSource the source of the frame it came in
   * @param unicast whether the frame was for this host alone
   */
  public void receive(
      StackInterface in,
      long frameSource,
      boolean unicast,
      byte[] bytes,
      int offset,
      int length,
      long now) {
    if (!message.wrap(bytes, offset, length)) {
      stack.drop(message.problem());
      return;
    }
    long sender = message.senderHardware();
    int senderAddress = message.senderProtocol();
    boolean forUs = in.hasAddress(message.targetProtocol());
    boolean request = message.operation() == ArpView.REQUEST;
    if (sender != frameSource
        || sender == 0
        || MacAddress.isGroup(sender)
        || sender == in.nic().mac().value()) {
      stack.drop(DropReason.ARP_BAD_SHA);
    } else if (in.addressValue() == 0) {
      stack.drop(DropReason.ARP_NOT_MINE);
    } else if (senderAddress == 0 && request) {
      receiveProbe(in, sender, forUs, now);
    } else if (isNoHost(in, senderAddress)) {
      stack.drop(DropReason.ARP_BAD_SPA);
    } else if (in.hasAddress(senderAddress)) {
      stack.drop(DropReason.ARP_CONFLICT);
      defend(in, now);
    } else if (!in.isOnLink(senderAddress)) {
      stack.drop(DropReason.ARP_OFF_NET);
    } else if (request && forUs) {
      receiveRequest(in, sender, senderAddress, now);
    } else {
      overhear(in, sender, senderAddress, !request && forUs && unicast, now);
    }
  }

  /**
   * Somebody wants to know whether the address is free (RFC 5227, section 2.1.1): say it is not.
   */
  private void receiveProbe(StackInterface in, long sender, boolean forUs, long now) {
    if (forUs) {
      reply(in, sender, 0, now);
    } else {
      stack.drop(DropReason.ARP_NOT_MINE);
    }
  }

  private void receiveRequest(StackInterface in, long sender, int senderAddress, long now) {
    if (!neighbours.learn(in, senderAddress, sender, now)) {
      stack.drop(DropReason.ARP_CONFLICT);
      return;
    }
    reply(in, sender, senderAddress, now);
  }

  private void overhear(
      StackInterface in, long sender, int senderAddress, boolean answer, long now) {
    if (!neighbours.knows(in, senderAddress)) {
      stack.drop(DropReason.ARP_NOT_MINE);
    } else if (!neighbours.hear(in, senderAddress, sender, answer, now)) {
      stack.drop(DropReason.ARP_CONFLICT);
    }
  }

  private void defend(StackInterface in, long now) {
    if (in.mayDefend(now)) {
      announce(in, now);
    }
  }

  /** Tells everybody on the wire who has the interface's address. */
  public void announce(StackInterface via, long now) {
    int own = via.addressValue();
    transmit(via, MacAddress.BROADCAST.value(), ArpView.REQUEST, 0, own, now);
  }

  /** Asks who has an address: everybody, or only {@code mac} if it is not 0. */
  void request(StackInterface via, int address, long mac, long now) {
    long destination = mac == 0 ? MacAddress.BROADCAST.value() : mac;
    transmit(via, destination, ArpView.REQUEST, 0, address, now);
  }

  private void reply(StackInterface via, long mac, int address, long now) {
    transmit(via, mac, ArpView.REPLY, mac, address, now);
  }

  private void transmit(
      StackInterface via, long destination, int operation, long targetMac, int target, long now) {
    FrameSlot slot = via.nic().claim(FRAME_LENGTH);
    byte[] bytes = slot.bytes();
    int offset = slot.offset();
    long own = via.nic().mac().value();
    int header = EthernetView.emitHeader(bytes, offset, destination, own, EthernetView.TYPE_ARP);
    ArpView.emit(bytes, offset + header, operation, own, via.addressValue(), targetMac, target);
    via.nic().publish(slot, FRAME_LENGTH, now);
  }

  public NeighbourCache neighbours() {
    return neighbours;
  }

  /** How packets leave. */
  public LinkOutput output() {
    return output;
  }

  private static boolean isNoHost(StackInterface in, int address) {
    return Ipv4Address.isThisNetwork(address)
        || Ipv4Address.isLoopback(address)
        || Ipv4Address.isMulticast(address)
        || Ipv4Address.isReserved(address)
        || in.isBroadcast(address);
  }
}
