package dev.dockwire.link.netem;

/**
 * What a {@link Netem} does to the frames of its NIC: the options of {@code tc qdisc ... netem}.
 *
 * @param limit frames that it may hold, an unsigned number; more are dropped
 * @param reorder of those frames that are sent at once, before others that are held
 * @param gap only each {@code gap}-th frame may be reordered, an unsigned number; 0 without
 *     reordering
 * @param corrupt of those frames in which one bit is flipped
 */
public record NetemOptions(
    int limit,
    Delay delay,
    Loss loss,
    Chance duplicate,
    Chance reorder,
    int gap,
    Chance corrupt,
    LineRate rate) {

  /** Linux's limit, and no impairment. */
  public static final NetemOptions NONE =
      new NetemOptions(
          1_000,
          Delay.NONE,
          Loss.NONE,
          Chance.NEVER,
          Chance.NEVER,
          0,
          Chance.NEVER,
          LineRate.UNLIMITED);

  public NetemOptions withLimit(int frames) {
    return new NetemOptions(frames, delay, loss, duplicate, reorder, gap, corrupt, rate);
  }

  public NetemOptions withDelay(Delay newDelay) {
    return new NetemOptions(limit, newDelay, loss, duplicate, reorder, gap, corrupt, rate);
  }

  public NetemOptions withLoss(Loss newLoss) {
    return new NetemOptions(limit, delay, newLoss, duplicate, reorder, gap, corrupt, rate);
  }

  public NetemOptions withDuplicate(Chance chance) {
    return new NetemOptions(limit, delay, loss, chance, reorder, gap, corrupt, rate);
  }

  public NetemOptions withReorder(Chance chance, int newGap) {
    return new NetemOptions(limit, delay, loss, duplicate, chance, newGap, corrupt, rate);
  }

  public NetemOptions withCorrupt(Chance chance) {
    return new NetemOptions(limit, delay, loss, duplicate, reorder, gap, chance, rate);
  }

  public NetemOptions withRate(LineRate newRate) {
    return new NetemOptions(limit, delay, loss, duplicate, reorder, gap, corrupt, newRate);
  }
}
