package dev.dockwire.stack.ip;

import static dev.dockwire.frame.NetworkOrder.int32;
import static dev.dockwire.frame.NetworkOrder.octet;
import static dev.dockwire.frame.NetworkOrder.short16;

import dev.dockwire.frame.InternetChecksum;
import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.frame.Ipv4View;
import dev.dockwire.stack.HostStack;
import dev.dockwire.stack.SendResult;
import dev.dockwire.stack.StackInterface;
import dev.dockwire.stack.arp.LinkOutput;

/**
 * How the protocols send: {@code open} finds the way and makes room, the caller writes the payload
 * in place, {@code send} writes the header and lets the packet go, in fragments if it is larger
 * than its link or, as far as is known, its path.
 *
 * <p>Packets to the host's own addresses take the loopback.
 */
public final class Ipv4Output {

  private static final int MAX_PACKET = 65_535;
  private static final int TYPE_OF_SERVICE = 1;
  private static final int IDENTIFICATION = 4;
  private static final int FRAGMENT = 6;
  private static final int CHECKSUM = 10;
  private static final int DESTINATION = 16;
  private static final int FILTER_BUFFER = 2_048;

  private final HostStack stack;
  private final LinkOutput link;
  private final Fragmenter fragmenter;
  private final IpIdentification identification;
  private final PathMtuCache pathMtus;

  private StackInterface via;
  private int nextHop;
  private boolean wayFound;
  private int wayFrom;
  private int addressVersion;
  private int routeVersion;
  private int source;
  private int destination;
  private int headerLength;
  private int totalLength;
  private int mtu;
  private boolean inFragments;
  private boolean dontFragment;
  private DontFragment flag;
  private boolean filtered;
  private byte[] filterBuffer = {};
  private byte[] bytes;
  private int offset;

  Ipv4Output(HostStack stack, Fragmenter fragmenter, PathMtuCache pathMtus) {
    this.stack = stack;
    this.pathMtus = pathMtus;
    this.link = stack.arp().output();
    this.fragmenter = fragmenter;
    this.identification = new IpIdentification(stack.random());
  }

  /** As the full form, without options. */
  public SendResult open(
      int destination,
      int source,
      StackInterface boundTo,
      int payloadLength,
      DontFragment flag,
      long now) {
    return open(destination, source, boundTo, 0, payloadLength, flag, now);
  }

  /**
   * Makes room for a packet.
   *
   * @param source this host's address to send from; 0 for the route's
   * @param boundTo the only interface the packet may leave by; null for any
   * @param optionsLength octets of options, a multiple of four, to be written at {@link
   *     #optionsOffset}
   * @return {@link SendResult#SENT} if there is room, and then {@code send} must follow
   */
  public SendResult open(
      int destination,
      int source,
      StackInterface boundTo,
      int optionsLength,
      int payloadLength,
      DontFragment flag,
      long now) {
    headerLength = Ipv4View.HEADER_LENGTH + optionsLength;
    totalLength = headerLength + payloadLength;
    if (totalLength > MAX_PACKET) {
      return SendResult.MESSAGE_TOO_LONG;
    }
    if (!findWay(destination, source, boundTo)) {
      return SendResult.NETWORK_UNREACHABLE;
    }
    this.flag = flag;
    filtered =
        stack.packetFilter() != null
            && !stack.isBroadcast(destination)
            && !Ipv4Address.isMulticast(destination);
    mtu = pathMtus.mtuTo(destination, via.nic().mtu(), now);
    inFragments = totalLength > mtu;
    if (inFragments && flag == DontFragment.ALWAYS) {
      return SendResult.MESSAGE_TOO_LONG;
    }
    dontFragment =
        flag == DontFragment.ALWAYS
            || flag == DontFragment.WHEN_IT_FITS
                && !inFragments
                && !pathMtus.isBelowFloor(destination, now);
    if (filtered) {
      if (filterBuffer.length < totalLength) {
        filterBuffer = new byte[Math.max(totalLength, FILTER_BUFFER)];
      }
      bytes = filterBuffer;
      offset = 0;
      return SendResult.SENT;
    }
    if (inFragments) {
      bytes = fragmenter.packet(totalLength);
      offset = 0;
      return SendResult.SENT;
    }
    SendResult opened = link.open(via, nextHop, totalLength, now);
    bytes = link.bytes();
    offset = link.offset();
    return opened;
  }

  /** The address that packets there leave from; 0 without a route. */
  public int sourceTo(int to) {
    return findWay(to, 0, null) ? source : 0;
  }

  /** The largest packet that the path there is known to take; 0 without a route. */
  public int mtuTo(int to, long now) {
    return findWay(to, 0, null) ? pathMtus.mtuTo(to, via.nic().mtu(), now) : 0;
  }

  private boolean findWay(int to, int from, StackInterface boundTo) {
    if (isLastWay(to, from, boundTo)) {
      return true;
    }
    wayFrom = from;
    wayFound = false;
    boolean local = stack.isLocal(to);
    Route route = local ? stack.loopbackRoute() : lookup(to, boundTo);
    if (!route.exists()) {
      return false;
    }
    via = route.via();
    boolean group = Ipv4Address.isMulticast(to) || to == Ipv4Address.BROADCAST.value();
    nextHop = group ? to : route.nextHop(to);
    destination = to;
    if (from != 0) {
      source = from;
    } else {
      source = local && !Ipv4Address.isLoopback(to) ? to : route.source().value();
    }
    wayFound = !local && boundTo == null;
    addressVersion = stack.addressVersion();
    routeVersion = stack.routes().version();
    return true;
  }

  /** Packets leave in trains: whether this one goes the way of the last one. */
  private boolean isLastWay(int to, int from, StackInterface boundTo) {
    return wayFound
        && to == destination
        && from == wayFrom
        && boundTo == null
        && addressVersion == stack.addressVersion()
        && routeVersion == stack.routes().version();
  }

  private Route lookup(int to, StackInterface boundTo) {
    return boundTo == null ? stack.routes().lookup(to) : stack.routes().lookup(to, boundTo);
  }

  /** The array to write options and payload into. */
  public byte[] bytes() {
    return bytes;
  }

  public int optionsOffset() {
    return offset + Ipv4View.HEADER_LENGTH;
  }

  public int payloadOffset() {
    return offset + headerLength;
  }

  /** The address the packet is sent from, for checksums that cover it. */
  public int source() {
    return source;
  }

  /** Writes the header and lets the packet go. */
  public SendResult send(int protocol, int timeToLive, int typeOfService, long now) {
    int id = dontFragment ? 0 : identification.next(destination, protocol);
    Ipv4View.emitHeader(
        bytes, offset, totalLength, id, dontFragment, timeToLive, protocol, source, destination);
    if (typeOfService != 0 || headerLength != Ipv4View.HEADER_LENGTH) {
      octet(bytes, offset, 0x40 | headerLength >>> 2);
      octet(bytes, offset + TYPE_OF_SERVICE, typeOfService);
      short16(bytes, offset + CHECKSUM, 0);
      short16(bytes, offset + CHECKSUM, InternetChecksum.compute(bytes, offset, headerLength));
    }
    if (filtered) {
      return sendFiltered(protocol, now);
    }
    return inFragments ? fragmenter.send(via, nextHop, mtu, now) : link.send(false, now);
  }

  /**
   * The filter may send the packet elsewhere, so its way is found twice; what it leaves by may be
   * smaller than what it was made for.
   */
  private SendResult sendFiltered(int protocol, long now) {
    PacketFilter filter = stack.packetFilter();
    byte[] packet = bytes;
    if (!filter.output(packet, totalLength, now)) {
      return SendResult.SENT;
    }
    if (filter.ownDestination() != destination && !findWay(filter.ownDestination(), source, null)) {
      return SendResult.NETWORK_UNREACHABLE;
    }
    if (!filter.postrouting(packet, via, now)) {
      return SendResult.SENT;
    }
    mtu = Math.min(mtu, via.nic().mtu());
    if (totalLength > mtu) {
      if (flag == DontFragment.ALWAYS) {
        return SendResult.MESSAGE_TOO_LONG;
      }
      allowFragments(packet, protocol);
      System.arraycopy(packet, 0, fragmenter.packet(totalLength), 0, totalLength);
      return fragmenter.send(via, nextHop, mtu, now);
    }
    SendResult opened = link.open(via, nextHop, totalLength, now);
    if (opened != SendResult.SENT) {
      return opened;
    }
    System.arraycopy(packet, 0, link.bytes(), link.offset(), totalLength);
    return link.send(false, now);
  }

  private void allowFragments(byte[] packet, int protocol) {
    if (dontFragment) {
      int to = int32(packet, DESTINATION);
      short16(packet, IDENTIFICATION, identification.next(to, protocol));
      short16(packet, FRAGMENT, 0);
      short16(packet, CHECKSUM, 0);
      short16(packet, CHECKSUM, InternetChecksum.compute(packet, 0, headerLength));
    }
  }
}
