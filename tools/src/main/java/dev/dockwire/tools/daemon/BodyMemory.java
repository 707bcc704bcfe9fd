package dev.dockwire.tools.daemon;

/** How much of all requests' bodies is held at the same time; one limit for all connections. */
final class BodyMemory {

  private final long limit;
  private long held;

  BodyMemory(long limit) {
    this.limit = limit;
  }

  /** Takes so many bytes, or none if there is no room for them. */
  boolean take(int bytes) {
    if (held + bytes > limit) {
      return false;
    }
    held += bytes;
    return true;
  }

  void give(int bytes) {
    held -= bytes;
  }

  long held() {
    return held;
  }
}
