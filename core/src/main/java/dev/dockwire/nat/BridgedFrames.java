package dev.dockwire.nat;

import dev.dockwire.bridge.FrameTranslator;
import dev.dockwire.frame.EthernetView;
import dev.dockwire.frame.Ipv4View;

/**
 * Answers that pass a host's bridge without passing the host: where a container has reached its
 * neighbour by an address of the host's, the neighbour answers directly, and the answer has to seem
 * to come from that address. Fragments are not put together here, and stay as they are.
 */
final class BridgedFrames implements FrameTranslator {

  private final Conntrack conntrack;
  private final EthernetView ethernet = new EthernetView();
  private final Ipv4View header = new Ipv4View();
  private Conntrack.State state;
  private FlowSide side;

  BridgedFrames(Conntrack conntrack) {
    this.conntrack = conntrack;
  }

  @Override
  public boolean concerns(byte[] bytes, int offset, int length, long now) {
    int start = offset + EthernetView.HEADER_LENGTH;
    if (!ethernet.wrap(bytes, offset, length)
        || ethernet.etherType() != EthernetView.TYPE_IPV4
        || !header.wrap(bytes, start, offset + length - start)
        || header.isFragment()) {
      return false;
    }
    state = conntrack.trackKnown(header, bytes, now);
    side = conntrack.side();
    return side != null && side.isTranslated;
  }

  @Override
  public void translate(byte[] bytes, int offset) {
    int start = offset + EthernetView.HEADER_LENGTH;
    if (state == Conntrack.State.RELATED) {
      Rewriter.rewriteError(bytes, start, side);
    } else {
      Rewriter.rewrite(bytes, start, side);
    }
  }
}
