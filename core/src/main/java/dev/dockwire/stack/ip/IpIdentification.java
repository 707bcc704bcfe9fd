package dev.dockwire.stack.ip;

import java.util.random.RandomGenerator;

/**
 * Chooses the identification of packets that may be fragmented (RFC 6864). Counts up for each
 * destination from a start that only the key tells, so that nobody can infer from the packets it
 * gets how many others get (the idle scan). The counters are few enough that two destinations may
 * share one, by chance that nobody can foresee; never one counter for all.
 */
final class IpIdentification {

  private static final int COUNTERS = 256;

  private final RandomGenerator random;
  private short[] counters;
  private long key;

  IpIdentification(RandomGenerator random) {
    this.random = random;
  }

  int next(int destination, int protocol) {
    if (counters == null) {
      counters = new short[COUNTERS];
      key = random.nextLong();
    }
    long hash = mix(key ^ ((long) protocol << 32 | destination & 0xffff_ffffL));
    int counter = (int) (hash >>> 56);
    return (int) hash + counters[counter]++ & 0xffff;
  }

  /** The finalizer of SplitMix64: each bit of the input changes half of the output's. */
  private static long mix(long value) {
    long mixed = (value ^ value >>> 30) * 0xbf58_476d_1ce4_e5b9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94d0_49bb_1331_11ebL;
    return mixed ^ mixed >>> 31;
  }
}
