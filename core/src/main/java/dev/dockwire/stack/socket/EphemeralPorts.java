package dev.dockwire.stack.socket;

import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;

/**
 * Chooses local ports for those who do not ask for one: the double-hash selection of RFC 6056,
 * section 3.3.4. Ports towards one peer follow each other, so that none is used again soon; where
 * they begin, and how fast they go on, is secret.
 */
public final class EphemeralPorts {

  public static final int FIRST = 32_768;
  public static final int LAST = 60_999;

  /** Stands for "none is free". */
  public static final int NONE = 0;

  private static final int COUNT = LAST - FIRST + 1;

  /** A power of two; the RFC recommends at least ten. */
  private static final int TABLE_SIZE = 16;

  private final long offsetSecret;
  private final long indexSecret;
  private final int[] steps = new int[TABLE_SIZE];

  public EphemeralPorts(RandomGenerator random) {
    offsetSecret = random.nextLong();
    indexSecret = random.nextLong();
    for (int i = 0; i < TABLE_SIZE; i++) {
      steps[i] = random.nextInt() & 0xffff;
    }
  }

  /** A port that is free, for talk with this peer; 0 where one is not known. */
  public int choose(int localAddress, int remoteAddress, int remotePort, IntPredicate isFree) {
    long peer = ((long) localAddress << 32 | remoteAddress & 0xffff_ffffL) + remotePort * 0x9e37L;
    int offset = (int) (mix(peer ^ offsetSecret) >>> 33);
    int index = (int) mix(peer ^ indexSecret) & TABLE_SIZE - 1;
    for (int tried = 0; tried < COUNT; tried++) {
      int candidate = FIRST + (int) ((offset + Integer.toUnsignedLong(steps[index]++)) % COUNT);
      if (isFree.test(candidate)) {
        return candidate;
      }
    }
    return NONE;
  }

  /** The finalizer of MurmurHash3. */
  private static long mix(long value) {
    long mixed = (value ^ value >>> 33) * 0xff51_afd7_ed55_8ccdL;
    mixed = (mixed ^ mixed >>> 33) * 0xc4ce_b9fe_1a85_ec53L;
    return mixed ^ mixed >>> 33;
  }
}
