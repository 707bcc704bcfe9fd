package dev.dockwire.capture;

/** Which way a frame went, seen from the interface it is recorded at. */
public enum Direction {
  /** The file does not say. */
  UNKNOWN,
  INBOUND,
  OUTBOUND;

  private static final Direction[] VALUES = values();

  /** The value of the two low bits of pcapng's epb_flags. */
  int flags() {
    return ordinal();
  }

  static Direction ofFlags(int flags) {
    int direction = flags & 3;
    return direction < VALUES.length ? VALUES[direction] : UNKNOWN;
  }
}
