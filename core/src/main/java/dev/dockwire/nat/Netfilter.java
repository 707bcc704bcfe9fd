package dev.dockwire.nat;

import dev.dockwire.bridge.FrameTranslator;
import dev.dockwire.frame.DropReason;
import dev.dockwire.frame.Ipv4View;
import dev.dockwire.nat.Conntrack.State;
import dev.dockwire.nat.rule.Packet;
import dev.dockwire.nat.rule.RuleSet;
import dev.dockwire.nat.rule.Target;
import dev.dockwire.stack.HostStack;
import dev.dockwire.stack.StackInterface;
import dev.dockwire.stack.ip.InboundPacket;
import dev.dockwire.stack.ip.PacketFilter;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What a host does with packets besides routing them: remembers flows, asks the rules about their
 * first packets, and translates addresses.
 *
 * <p>The rules' decision about a flow is kept with it as long as the rules stay the same, so that
 * packets of established flows cost a lookup and no walk. What is damaged or belongs to no flow is
 * not passed on, so that nothing leaves untranslated.
 */
public final class Netfilter implements PacketFilter {

  private final HostStack stack;
  private final RuleSet rules = new RuleSet();
  private final Proxies proxies = new Proxies();
  private final SourceMappings mappings;
  private final Conntrack conntrack;
  private final Packet shown;

  /** The packet from the wire. */
  private final Passage transit = new Passage();

  /** The packet of the host's own. */
  private final Passage own = new Passage();

  private final Ipv4View ownHeader = new Ipv4View();
  private byte[] copy = {};

  /** One packet on its way through the points. */
  private static final class Passage {
    State state;
    FlowSide side;
    int destination;

    boolean isTranslated() {
      return side != null && side.isTranslated;
    }
  }

  public Netfilter(HostStack stack, RandomGenerator random) {
    this(stack, random, Conntrack.MAX_FLOWS);
  }

  Netfilter(HostStack stack, RandomGenerator random, int maxFlows) {
    this.stack = stack;
    this.mappings = new SourceMappings(random);
    this.conntrack = new Conntrack(maxFlows, stack.timers(), random, this::forgotten);
    this.shown = new Packet(stack::isLocal);
  }

  /** That of a host that has one. */
  public static Optional<Netfilter> of(HostStack stack) {
    return stack.packetFilter() instanceof Netfilter netfilter
        ? Optional.of(netfilter)
        : Optional.empty();
  }

  private void forgotten(Flow flow) {
    if (flow.mapping != null) {
      mappings.release(flow.mapping);
      flow.mapping = null;
    }
  }

  @Override
  public boolean prerouting(InboundPacket packet, long now) {
    Ipv4View header = packet.header();
    enter(transit, header, packet.bytes(), packet.isVerified(), now);
    packet.verified(transit.state != State.INVALID);
    if (isFirst(transit)) {
      Flow flow = transit.side.flow;
      show(transit, header, packet.in().name(), "");
      if (rules.raw().decide("PREROUTING", shown).is("DROP")) {
        stack.drop(DropReason.IP_FILTERED);
        return false;
      }
      translateDestination(flow, "PREROUTING");
      transit.destination = flow.target();
    }
    return true;
  }

  private void enter(Passage passage, Ipv4View header, byte[] bytes, boolean verified, long now) {
    passage.state = conntrack.track(header, bytes, verified, now);
    passage.side = conntrack.side();
    passage.destination =
        passage.side == null ? header.destination() : passage.side.newDestination();
  }

  private static boolean isFirst(Passage passage) {
    return passage.state == State.NEW && !passage.side.flow.isKnown;
  }

  /** The rules, or a proxy that listens where the packet goes, may send the flow elsewhere. */
  private void translateDestination(Flow flow, String chain) {
    Target target = rules.nat().decide(chain, shown);
    if (target.is("DNAT")) {
      int port = target.port() != 0 ? target.port() : flow.original.destinationPort();
      int address = target.address() != 0 ? target.address() : flow.original.destination;
      flow.translateDestination(address, port);
    } else if (stack.isLocal(flow.original.destination)) {
      Proxies.Proxy proxy = proxies.find(flow.original);
      if (proxy != null) {
        flow.translateDestination(proxy.container(), proxy.containerPort());
        flow.isProxied = true;
      }
    }
  }

  @Override
  public int destination() {
    return transit.destination;
  }

  @Override
  public boolean input(InboundPacket packet, long now) {
    if (isFirst(transit)) {
      // A full table is no reason to refuse what is for the host itself.
      remember(transit.side.flow, now);
    }
    if (transit.isTranslated()) {
      int length = packet.header().totalLength();
      if (copy.length < length) {
        copy = new byte[length];
      }
      System.arraycopy(packet.bytes(), packet.offset(), copy, 0, length);
      translate(copy, 0);
      packet.replaceWith(copy, 0, length);
    }
    return true;
  }

  @Override
  public boolean forward(InboundPacket packet, StackInterface out, long now) {
    if (transit.state == State.INVALID) {
      stack.drop(DropReason.NAT_INVALID);
      return false;
    }
    FlowSide side = transit.side;
    if (!side.flow.isProxied && side.acceptedAt != rules.version()) {
      show(transit, packet.header(), packet.in().name(), out.name());
      if (rules.filter().decide("FORWARD", shown).is("DROP")) {
        stack.drop(DropReason.IP_FILTERED);
        return false;
      }
      side.acceptedAt = transit.state == State.RELATED ? 0 : rules.version();
    }
    if (isFirst(transit)) {
      show(transit, packet.header(), "", out.name());
      DropReason problem = complete(side.flow, out, now);
      if (problem != null) {
        stack.drop(problem);
        return false;
      }
    }
    return true;
  }

  @Override
  public void translate(byte[] bytes, int offset) {
    translate(transit, bytes, offset);
  }

  private static void translate(Passage passage, byte[] bytes, int offset) {
    if (!passage.isTranslated()) {
      return;
    }
    if (passage.state == State.RELATED) {
      Rewriter.rewriteError(bytes, offset, passage.side);
    } else {
      Rewriter.rewrite(bytes, offset, passage.side);
    }
  }

  @Override
  public boolean output(byte[] packet, int length, long now) {
    if (!ownHeader.wrap(packet, 0, length)) {
      throw new IllegalStateException("own packet is not valid: " + ownHeader.problem());
    }
    enter(own, ownHeader, packet, true, now);
    if (isFirst(own)) {
      show(own, ownHeader, "", "");
      translateDestination(own.side.flow, "OUTPUT");
      own.destination = own.side.flow.target();
    }
    return true;
  }

  @Override
  public int ownDestination() {
    return own.destination;
  }

  @Override
  public boolean postrouting(byte[] packet, StackInterface out, long now) {
    if (isFirst(own)) {
      show(own, ownHeader, "", out.name());
      DropReason problem = complete(own.side.flow, out, now);
      boolean mayGoUntranslated =
          problem == DropReason.NAT_TABLE_FULL && own.destination == ownHeader.destination();
      if (problem != null && !mayGoUntranslated) {
        stack.lose(problem);
        return false;
      }
    }
    translate(own, packet, 0);
    return true;
  }

  /** Decides where a new flow seems to come from, and remembers it; null if all went well. */
  private DropReason complete(Flow flow, StackInterface out, long now) {
    Target target = rules.nat().decide("POSTROUTING", shown);
    boolean fits = true;
    if (flow.isProxied || target.is("MASQUERADE")) {
      fits = translateSource(flow, out.addressValue());
    } else if (target.is("SNAT")) {
      fits = translateSource(flow, target.address());
    } else if (!conntrack.isFree(flow.reply)) {
      fits = translateSource(flow, flow.original.source);
    }
    if (!fits) {
      return DropReason.NAT_NO_PORT;
    }
    if (!remember(flow, now)) {
      forgotten(flow);
      return DropReason.NAT_TABLE_FULL;
    }
    return null;
  }

  private boolean translateSource(Flow flow, int outside) {
    FlowSide original = flow.original;
    if (!flow.hasPorts() && original.protocol != Ipv4View.PROTOCOL_ICMP) {
      flow.translateSource(outside, 0);
      return conntrack.isFree(flow.reply);
    }
    SourceMapping mapping =
        mappings.take(
            original.protocol,
            original.source,
            original.sourcePort(),
            outside,
            port -> isFree(flow, outside, port));
    if (mapping == null) {
      return false;
    }
    flow.mapping = mapping;
    if (isFree(flow, outside, mapping.port())) {
      return true;
    }
    forgotten(flow);
    return false;
  }

  private boolean isFree(Flow flow, int outside, int port) {
    flow.translateSource(outside, port);
    return conntrack.isFree(flow.reply);
  }

  private boolean remember(Flow flow, long now) {
    if (!conntrack.isFree(flow.reply) || !conntrack.remember(flow, now)) {
      return false;
    }
    flow.original.settle();
    flow.reply.settle();
    return true;
  }

  /** Shows the rules a packet as it is after DNAT and before SNAT. */
  private void show(Passage passage, Ipv4View header, String in, String out) {
    FlowSide side = passage.side;
    boolean related = passage.state == State.RELATED;
    shown.set(
        header.source(),
        related ? passage.destination : side.newDestination(),
        header.protocol(),
        related ? 0 : side.sourcePort(),
        related ? 0 : side.newDestinationPort(),
        header.totalLength());
    shown.way(in, out, passage.state.name());
  }

  /** The rules, to be changed and to be listed. */
  public RuleSet rules() {
    return rules;
  }

  /** What has to be done about answers that pass a bridge of the host's, and not the host. */
  public FrameTranslator bridged() {
    return new BridgedFrames(conntrack);
  }

  /** Who listens for others on the host. */
  public Proxies proxies() {
    return proxies;
  }

  /** Forgets what was sent to a container's port; the rest of it belongs to no flow then. */
  public void forgetFlowsTo(int address, int protocol, int port) {
    conntrack.forget(
        flow ->
            flow.reply.source == address
                && flow.reply.protocol == protocol
                && flow.reply.sourcePort() == port
                && flow.reply.source != flow.original.destination);
  }

  /** What is remembered, in the words of {@code conntrack -L}, without a line's end. */
  public List<String> list(long now) {
    return conntrack.flows().stream().map(flow -> FlowText.line(flow, now)).toList();
  }

  /** How many flows are remembered. */
  public int flows() {
    return conntrack.size();
  }

  /** How many flows have given way to others. */
  public long evicted() {
    return conntrack.evicted();
  }

  Conntrack conntrack() {
    return conntrack;
  }

  SourceMappings mappings() {
    return mappings;
  }
}
