package dev.dockwire.frame;

import java.util.EnumMap;
import java.util.Map;

/**
 * One counter per {@link DropReason}. Most owners never drop anything, so it costs nothing then.
 */
public final class DropCounters {

  private static final DropReason[] REASONS = DropReason.values();

  private long[] counts;
  private long total;

  public void count(DropReason reason) {
    if (counts == null) {
      counts = new long[REASONS.length];
    }
    counts[reason.ordinal()]++;
    total++;
  }

  public long of(DropReason reason) {
    return counts == null ? 0 : counts[reason.ordinal()];
  }

  public long total() {
    return total;
  }

  /** The reasons that occurred, with their counts. */
  public Map<DropReason, Long> toMap() {
    Map<DropReason, Long> map = new EnumMap<>(DropReason.class);
    for (DropReason reason : REASONS) {
      if (of(reason) != 0) {
        map.put(reason, of(reason));
      }
    }
    return map;
  }

  @Override
  public String toString() {
    return toMap().toString();
  }
}
