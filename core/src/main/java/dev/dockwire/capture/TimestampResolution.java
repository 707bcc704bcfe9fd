package dev.dockwire.capture;

import java.math.BigInteger;

/**
 * How the times of a pcapng interface count: {@code if_tsresol}, a negative power of 10 or, with
 * the high bit set, of 2, and {@code if_tsoffset} in seconds.
 */
record TimestampResolution(int code, long offsetSeconds) {

  private static final int POWER_OF_TWO = 0x80;
  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final BigInteger NANOS = BigInteger.valueOf(NANOS_PER_SECOND);

  /** Microseconds, when the file does not say. */
  static final TimestampResolution DEFAULT = new TimestampResolution(6, 0);

  private static final int NANOSECONDS = 9;

  TimestampResolution withCode(int newCode) {
    return new TimestampResolution(newCode, offsetSeconds);
  }

  TimestampResolution withOffset(long newOffsetSeconds) {
    return new TimestampResolution(code, newOffsetSeconds);
  }

  /** Nanoseconds since the Unix epoch, modulo 2^64. */
  long nanos(long ticks) {
    long nanos = code == NANOSECONDS ? ticks : scaled(ticks);
    return nanos + offsetSeconds * NANOS_PER_SECOND;
  }

  private long scaled(long ticks) {
    BigInteger unsigned = new BigInteger(Long.toUnsignedString(ticks)).multiply(NANOS);
    int exponent = code & ~POWER_OF_TWO;
    if ((code & POWER_OF_TWO) != 0) {
      return unsigned.shiftRight(exponent).longValue();
    }
    return unsigned.divide(BigInteger.TEN.pow(exponent)).longValue();
  }
}
