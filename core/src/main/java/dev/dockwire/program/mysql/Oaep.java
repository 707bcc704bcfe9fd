package dev.dockwire.program.mysql;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * OAEP padding with SHA-1 and an empty label, RFC 8017 section 7.1. The JDK has it, too, but would
 * take its chance from elsewhere than the emulator's seed.
 */
final class Oaep {

  private static final int HASH = 20;

  private Oaep() {}

  /** Pads a text to so many octets; it is short enough. */
  static byte[] pad(byte[] text, int octets, RandomGenerator random) {
    byte[] block = new byte[octets - HASH - 1];
    System.arraycopy(hash(new byte[0]), 0, block, 0, HASH);
    block[block.length - text.length - 1] = 1;
    System.arraycopy(text, 0, block, block.length - text.length, text.length);
    byte[] seed = new byte[HASH];
    random.nextBytes(seed);
    mix(block, seed);
    mix(seed, block);
    byte[] padded = new byte[octets];
    System.arraycopy(seed, 0, padded, 1, HASH);
    System.arraycopy(block, 0, padded, 1 + HASH, block.length);
    return padded;
  }

  /** The text that was padded; nothing if it does not look like that. */
  static Optional<byte[]> unpad(byte[] padded) {
    byte[] seed = Arrays.copyOfRange(padded, 1, 1 + HASH);
    byte[] block = Arrays.copyOfRange(padded, 1 + HASH, padded.length);
    mix(seed, block);
    mix(block, seed);
    int start = HASH;
    while (start < block.length && block[start] == 0) {
      start++;
    }
    boolean valid =
        padded[0] == 0
            && Arrays.equals(block, 0, HASH, hash(new byte[0]), 0, HASH)
            && start < block.length
            && block[start] == 1;
    return valid
        ? Optional.of(Arrays.copyOfRange(block, start + 1, block.length))
        : Optional.empty();
  }

  /** Masks a block with what MGF1 makes of a seed. */
  private static void mix(byte[] block, byte[] seed) {
    for (int at = 0, counter = 0; at < block.length; at += HASH, counter++) {
      byte[] mask = hash(seed, new byte[] {0, 0, (byte) (counter >> 8), (byte) counter});
      for (int i = 0; i < HASH && at + i < block.length; i++) {
        block[at + i] ^= mask[i];
      }
    }
  }

  private static byte[] hash(byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-1");
      for (byte[] part : parts) {
        digest.update(part);
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-1", e);
    }
  }
}
