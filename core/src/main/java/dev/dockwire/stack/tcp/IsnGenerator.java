package dev.dockwire.stack.tcp;

import java.util.random.RandomGenerator;

/**
 * Initial sequence numbers (RFC 6528) and where timestamps begin (RFC 7323, section 5.4): by a hash
 * of the four numbers that name the connection, under a key that nobody knows.
 */
final class IsnGenerator {

  private static final long TICK_NANOS = 4000;

  private final SipHash hash;

  /**
   * @param random the source of the key
   */
  IsnGenerator(RandomGenerator random) {
    hash = new SipHash(random.nextLong(), random.nextLong());
  }

  /** The hash and a clock of 4 microseconds. */
  int next(int localAddress, int localPort, int remoteAddress, int remotePort, long now) {
    long addresses = addresses(localAddress, remoteAddress);
    return (int) (hash.hash(addresses, ports(localPort, remotePort)) + now / TICK_NANOS);
  }

  /** The same each time, and telling nothing of the host or of the sequence numbers. */
  int timestampOffset(int localAddress, int localPort, int remoteAddress, int remotePort) {
    long addresses = ~addresses(localAddress, remoteAddress);
    return (int) (hash.hash(addresses, ports(localPort, remotePort)) >>> 32);
  }

  private static long addresses(int local, int remote) {
    return (long) local << 32 | remote & 0xffff_ffffL;
  }

  private static long ports(int local, int remote) {
    return (long) local << 16 | remote;
  }
}
