package dev.dockwire.stack.tcp;

import java.util.random.RandomGenerator;

/**
 * Initial sequence numbers (RFC 6528): a clock of 4 microseconds plus SipHash-2-4 of the four
 * numbers that name the connection, under a secret key.
 */
final class IsnGenerator {

  private static final long TICK_NANOS = 4000;

  private final long key0;
  private final long key1;

  IsnGenerator(RandomGenerator random) {
    key0 = random.nextLong();
    key1 = random.nextLong();
  }

  int next(int localAddress, int localPort, int remoteAddress, int remotePort, long now) {
    long addresses = (long) localAddress << 32 | remoteAddress & 0xffff_ffffL;
    long ports = (long) localPort << 16 | remotePort;
    return (int) (hash(addresses, ports) + now / TICK_NANOS);
  }

  /** SipHash-2-4 of sixteen octets given as two little-endian words. */
  private long hash(long m0, long m1) {
    long[] v = {
      key0 ^ 0x736f_6d65_7073_6575L,
      key1 ^ 0x646f_7261_6e64_6f6dL,
      key0 ^ 0x6c79_6765_6e65_7261L,
      key1 ^ 0x7465_6462_7974_6573L
    };
    absorb(v, m0);
    absorb(v, m1);
    absorb(v, 16L << 56);
    v[2] ^= 0xff;
    for (int i = 0; i < 4; i++) {
      round(v);
    }
    return v[0] ^ v[1] ^ v[2] ^ v[3];
  }

  private static void absorb(long[] v, long word) {
    v[3] ^= word;
    round(v);
    round(v);
    v[0] ^= word;
  }

  private static void round(long[] v) {
    v[0] += v[1];
    v[2] += v[3];
    v[1] = Long.rotateLeft(v[1], 13) ^ v[0];
    v[3] = Long.rotateLeft(v[3], 16) ^ v[2];
    v[0] = Long.rotateLeft(v[0], 32);
    v[2] += v[1];
    v[0] += v[3];
    v[1] = Long.rotateLeft(v[1], 17) ^ v[2];
    v[3] = Long.rotateLeft(v[3], 21) ^ v[0];
    v[2] = Long.rotateLeft(v[2], 32);
  }
}
