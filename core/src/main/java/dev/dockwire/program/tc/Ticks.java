package dev.dockwire.program.tc;

/**
 * The scheduler's unit of time, 64 nanoseconds, in which tc tells the kernel times and gets them
 * back: 15.625 of them are a microsecond, and what is left over is lost both ways.
 */
final class Ticks {

  private static final int NANOS = 64;
  private static final double PER_MICROSECOND = 15.625;

  private Ticks() {}

  /** Nanoseconds for microseconds, in whole ticks. */
  static long nanos(long micros) {
    return (long) (micros * PER_MICROSECOND) * NANOS;
  }

  /** Whole microseconds of so many nanoseconds. */
  static long micros(long nanos) {
    return (long) (nanos / NANOS / PER_MICROSECOND);
  }

  /** Whole microseconds of so many nanoseconds, as the kernel tells them in 32 bits of ticks. */
  static long toldMicros(long nanos) {
    return (long) ((nanos / NANOS & 0xffff_ffffL) / PER_MICROSECOND);
  }

  /** Whether a time takes more ticks than fit 32 bits: 274.87 seconds. */
  static boolean isTooLong(long micros) {
    return (long) (micros * PER_MICROSECOND) >>> Integer.SIZE != 0;
  }
}
