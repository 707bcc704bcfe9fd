package dev.dockwire.program.mysql;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * How a password is proved without being shown. The server sends a nonce of 20 octets; the client
 * answers with what only somebody who knows the password can make of it; the server compares, and
 * keeps no more than a hash of a hash.
 */
public enum Scramble {
  NATIVE("mysql_native_password", "SHA-1"),
  CACHING_SHA2("caching_sha2_password", "SHA-256");

  public static final int NONCE = 20;

  private final String plugin;
  private final String algorithm;

  Scramble(String plugin, String algorithm) {
    this.plugin = plugin;
    this.algorithm = algorithm;
  }

  /** The name of the authentication plugin. */
  public String plugin() {
    return plugin;
  }

  /** A nonce without zeros, as it is sent as text. */
  public static byte[] nonce(RandomGenerator random) {
    byte[] nonce = new byte[NONCE];
    for (int i = 0; i < NONCE; i++) {
      nonce[i] = (byte) random.nextInt(1, 128);
    }
    return nonce;
  }

  /** What the server keeps of a password; nothing of an empty one. */
  public byte[] stored(String password) {
    return password.isEmpty() ? new byte[0] : hash(hash(bytes(password)));
  }

  /** The client's answer to a nonce. */
  public byte[] answer(String password, byte[] nonce) {
    if (password.isEmpty()) {
      return new byte[0];
    }
    byte[] once = hash(bytes(password));
    return xor(once, mask(hash(once), nonce));
  }

  /** Whether an answer was made by somebody who knows the password. */
  public boolean accepts(byte[] answer, byte[] stored, byte[] nonce) {
    return answer.length == stored.length
        && MessageDigest.isEqual(hash(xor(answer, mask(stored, nonce))), stored);
  }

  private byte[] mask(byte[] twice, byte[] nonce) {
    return this == NATIVE ? hash(nonce, twice) : hash(twice, nonce);
  }

  /** Both at once, the nonce again and again: hides a password from those who missed the nonce. */
  public static byte[] xorRepeating(byte[] text, byte[] nonce) {
    byte[] mixed = new byte[text.length];
    for (int i = 0; i < text.length; i++) {
      mixed[i] = (byte) (text[i] ^ nonce[i % nonce.length]);
    }
    return mixed;
  }

  private static byte[] xor(byte[] one, byte[] other) {
    byte[] mixed = Arrays.copyOf(one, one.length);
    for (int i = 0; i < mixed.length; i++) {
      mixed[i] ^= other[i];
    }
    return mixed;
  }

  private static byte[] bytes(String password) {
    return password.getBytes(StandardCharsets.UTF_8);
  }

  private byte[] hash(byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance(algorithm);
      for (byte[] part : parts) {
        digest.update(part);
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has " + algorithm, e);
    }
  }
}
