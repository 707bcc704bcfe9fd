package dev.dockwire.stack.ip;

import dev.dockwire.stack.icmp.IcmpError;
import java.util.Arrays;

/**
 * What this host knows of paths that are narrower than the link they begin with (RFC 1191): an ICMP
 * "fragmentation needed" that a transport has found to be about its own packet narrows the path to
 * that destination for ten minutes, for all that goes there. No message ever widens a path.
 *
 * <p>A router that does not say what it can take (an old one, next-hop MTU 0) gets the next lower
 * of the common sizes. No path is taken for narrower than {@link #FLOOR}, whatever is said, because
 * an attacker could make everybody send crumbs; as in Linux, packets of that size may then be
 * fragmented on their way.
 *
 * <p>Limit: {@link #MAX_PATHS} destinations, in sets of four; a fifth takes the place of the one
 * that is to be forgotten first.
 */
public final class PathMtuCache {

  static final int FLOOR = 552;
  static final int MAX_PATHS = 256;
  static final long LIFE_NANOS = 600_000_000_000L;

  private static final int WAYS = 4;

  /** RFC 1191, section 7.1. */
  private static final int[] PLATEAUS = {
    65_535, 32_000, 17_914, 8_166, 4_352, 2_002, 1_492, 1_006, 508, 296, 68
  };

  private int[] destinations = {};
  private int[] mtus;
  private boolean[] belowFloor;
  private long[] ends;
  private int version;

  /** The largest packet for a destination, at most what the link takes. */
  int mtuTo(int destination, int linkMtu, long now) {
    int place = find(destination, now);
    return place < 0 ? linkMtu : Math.min(mtus[place], linkMtu);
  }

  /** Whether a router there takes less than {@link #FLOOR}, so that it must fragment. */
  boolean isBelowFloor(int destination, long now) {
    int place = find(destination, now);
    return place >= 0 && belowFloor[place];
  }

  private int find(int destination, long now) {
    if (destinations.length == 0) {
      return -1;
    }
    int first = firstOfSet(destination);
    for (int place = first; place < first + WAYS; place++) {
      if (destinations[place] == destination && mtus[place] != 0) {
        if (now - ends[place] < 0) {
          return place;
        }
        mtus[place] = 0;
        version++;
      }
    }
    return -1;
  }

  private static int firstOfSet(int destination) {
    return (destination * 0x9e37_79b1 >>> 16) % (MAX_PATHS / WAYS) * WAYS;
  }

  /** A router could not forward a packet: takes what it says. */
  public void narrow(IcmpError error, long now) {
    narrow(error.destination(), error.nextHopMtu(), error.quotedLength(), now);
  }

  /**
   * A router could not forward a packet to a destination.
   *
   * @param nextHopMtu what the ICMP message says, 0 for nothing
   * @param packetLength the total length of the packet that it quotes
   * @return whether the path is narrower now than what was known
   */
  boolean narrow(int destination, int nextHopMtu, int packetLength, long now) {
    int known = mtuTo(destination, packetLength, now);
    int said = nextHopMtu == 0 ? plateauBelow(known) : nextHopMtu;
    if (said >= known) {
      return false;
    }
    int place = placeFor(destination, now);
    destinations[place] = destination;
    mtus[place] = Math.max(said, FLOOR);
    belowFloor[place] = said < FLOOR;
    ends[place] = now + LIFE_NANOS;
    version++;
    return true;
  }

  private static int plateauBelow(int length) {
    for (int plateau : PLATEAUS) {
      if (plateau < length) {
        return plateau;
      }
    }
    return FLOOR;
  }

  private int placeFor(int destination, long now) {
    if (destinations.length == 0) {
      destinations = new int[MAX_PATHS];
      mtus = new int[MAX_PATHS];
      belowFloor = new boolean[MAX_PATHS];
      ends = new long[MAX_PATHS];
    }
    int there = find(destination, now);
    if (there >= 0) {
      return there;
    }
    int best = firstOfSet(destination);
    for (int place = best; place < firstOfSet(destination) + WAYS; place++) {
      if (mtus[place] == 0) {
        return place;
      }
      if (ends[place] - ends[best] < 0) {
        best = place;
      }
    }
    return best;
  }

  /** Another number whenever something has changed, so that others need not look each time. */
  public int version() {
    return version;
  }

  int size() {
    return mtus == null ? 0 : (int) Arrays.stream(mtus).filter(mtu -> mtu != 0).count();
  }
}
