package dev.dockwire.stack.ip;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.dockwire.frame.DropReason;
import dev.dockwire.frame.IcmpView;
import dev.dockwire.frame.Ipv4View;
import dev.dockwire.stack.HostStack;
import dev.dockwire.stack.icmp.ErrorSender;
import dev.dockwire.time.Timer;

/**
 * Puts packets together from their fragments (RFC 791, section 3.2; RFC 1122, section 3.3.2). One
 * host's unfinished packets are bounded in number, for each source too, and in memory; the oldest
 * gives way. After 30 s one is given up, and its sender told if its first fragment had arrived.
 */
final class Reassembler {

  static final long TIMEOUT_NANOS = SECONDS.toNanos(30);
  static final int MAX_PACKETS = 256;
  static final int MAX_PACKETS_PER_SOURCE = 64;
  static final int MAX_BYTES = 4 * 1024 * 1024;

  private static final int BUCKETS = 64;

  private final HostStack stack;
  private PartialPacket[] buckets;
  private Timer timer;
  private InboundPacket expired;
  private int hashKey;

  private PartialPacket oldest;
  private PartialPacket newest;
  private int size;
  private int bytes;

  Reassembler(HostStack stack) {
    this.stack = stack;
  }

  /**
   * Takes a fragment. True if that made a packet whole: {@code fragment} is that packet then.
   * Fragments that cannot be of use are dropped, with the packet they were said to belong to.
   */
  boolean add(InboundPacket fragment, long now) {
    if (buckets == null) {
      buckets = new PartialPacket[BUCKETS];
      hashKey = stack.random().nextInt();
    }
    Ipv4View header = fragment.header();
    PartialPacket partial = find(header);
    if (!isSane(header)) {
      kill(partial, DropReason.IP_FRAG_SIZE);
      return false;
    }
    if (partial == null) {
      partial = start(fragment, now);
    }
    int before = partial.bytes();
    PartialPacket.Verdict verdict = partial.add(fragment);
    bytes += partial.bytes() - before;
    switch (verdict) {
      case OVERLAP -> {
        kill(partial, DropReason.IP_FRAG_OVERLAP);
        return false;
      }
      case CONTRADICTION -> {
        kill(partial, DropReason.IP_FRAG_SIZE);
        return false;
      }
      case COMPLETE -> {
        remove(partial);
        partial.deliverTo(fragment);
        return true;
      }
      case WAITING -> {
        while (bytes > MAX_BYTES) {
          evict(oldest == partial ? partial.newer : oldest);
        }
        return false;
      }
    }
    throw new IllegalStateException("no such verdict: " + verdict);
  }

  /** Whether a fragment may be part of any packet: of some length, in eights, and not too long. */
  private static boolean isSane(Ipv4View header) {
    int length = header.payloadLength();
    int end = header.fragmentOffset() + length;
    return length > 0
        && (!header.moreFragments() || (length & 7) == 0)
        && header.headerLength() + end <= PartialPacket.MAX_PACKET;
  }

  private PartialPacket find(Ipv4View header) {
    PartialPacket partial = buckets[bucket(header)];
    while (partial != null && !partial.isOf(header)) {
      partial = partial.nextInBucket;
    }
    return partial;
  }

  private PartialPacket start(InboundPacket fragment, long now) {
    makeRoomFor(fragment.header().source());
    PartialPacket partial = new PartialPacket(fragment, now + TIMEOUT_NANOS);
    int bucket = bucket(fragment.header());
    partial.bucket = bucket;
    partial.nextInBucket = buckets[bucket];
    buckets[bucket] = partial;
    partial.older = newest;
    if (newest == null) {
      oldest = partial;
      arm();
    } else {
      newest.newer = partial;
    }
    newest = partial;
    size++;
    bytes += partial.bytes();
    return partial;
  }

  private void makeRoomFor(int source) {
    PartialPacket oldestOfSource = null;
    int ofSource = 0;
    for (PartialPacket partial = newest; partial != null; partial = partial.older) {
      if (partial.source() == source) {
        oldestOfSource = partial;
        ofSource++;
      }
    }
    if (ofSource >= MAX_PACKETS_PER_SOURCE) {
      evict(oldestOfSource);
    } else if (size >= MAX_PACKETS) {
      evict(oldest);
    }
  }

  private void evict(PartialPacket partial) {
    remove(partial);
    stack.lose(DropReason.IP_FRAG_MEM);
  }

  private void kill(PartialPacket partial, DropReason reason) {
    if (partial != null) {
      remove(partial);
    }
    stack.drop(reason);
  }

  private void remove(PartialPacket partial) {
    if (buckets[partial.bucket] == partial) {
      buckets[partial.bucket] = partial.nextInBucket;
    } else {
      PartialPacket before = buckets[partial.bucket];
      while (before.nextInBucket != partial) {
        before = before.nextInBucket;
      }
      before.nextInBucket = partial.nextInBucket;
    }
    if (partial.newer == null) {
      newest = partial.older;
    } else {
      partial.newer.older = partial.older;
    }
    if (partial.older == null) {
      oldest = partial.newer;
      arm();
    } else {
      partial.older.newer = partial.newer;
    }
    size--;
    bytes -= partial.bytes();
  }

  /** Packets expire in the order they were started, so one timer for the oldest is enough. */
  private void arm() {
    if (timer == null) {
      timer = stack.timers().timer(this::expire);
    }
    if (oldest == null) {
      timer.cancel();
    } else {
      timer.arm(oldest.deadline());
    }
  }

  private void expire(long now) {
    while (oldest != null && oldest.deadline() <= now) {
      PartialPacket partial = oldest;
      remove(partial);
      stack.lose(DropReason.IP_FRAG_TIMEOUT);
      if (partial.hasFirst()) {
        if (expired == null) {
          expired = new InboundPacket();
        }
        partial.showFirst(expired);
        expired.toGroup(stack.isBroadcast(expired.header().destination()));
        int code = ErrorSender.REASSEMBLY_TIMEOUT;
        stack.icmp().errors().send(expired, IcmpView.TIME_EXCEEDED, code, 0, now);
      }
    }
  }

  private int bucket(Ipv4View header) {
    int hash = header.source() * 31 + header.destination() ^ hashKey;
    hash = (hash * 31 + header.identification()) * 31 + header.protocol();
    hash *= 0x9e37_79b1;
    return hash >>> 26;
  }

  int size() {
    return size;
  }

  int bytes() {
    return bytes;
  }
}
