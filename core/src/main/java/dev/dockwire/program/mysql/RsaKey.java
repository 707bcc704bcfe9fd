package dev.dockwire.program.mysql;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The server's RSA key, with which {@code caching_sha2_password} hides a password that it has to
 * see. Made from the emulator's own chance, so that the same seed gives the same key.
 */
public final class RsaKey {

  /** The octets of a ciphertext. */
  public static final int OCTETS = 256;

  private static final BigInteger EXPONENT = BigInteger.valueOf(65_537);
  private static final int PRIME_OCTETS = OCTETS / 2;

  private final BigInteger modulus;
  private final BigInteger secret;

  private RsaKey(BigInteger modulus, BigInteger secret) {
    this.modulus = modulus;
    this.secret = secret;
  }

  /** Makes a key of 2,048 bits. */
  public static RsaKey generate(RandomGenerator random) {
    BigInteger p = prime(random);
    BigInteger q = prime(random);
    BigInteger order = p.subtract(BigInteger.ONE).multiply(q.subtract(BigInteger.ONE));
    return new RsaKey(p.multiply(q), EXPONENT.modInverse(order));
  }

  private static BigInteger prime(RandomGenerator random) {
    while (true) {
      byte[] bytes = new byte[PRIME_OCTETS];
      random.nextBytes(bytes);
      // The product of two such numbers has all 2,048 bits.
      bytes[0] |= (byte) 0xc0;
      BigInteger prime = new BigInteger(1, bytes).nextProbablePrime();
      boolean usable = prime.subtract(BigInteger.ONE).gcd(EXPONENT).equals(BigInteger.ONE);
      if (usable && prime.bitLength() == PRIME_OCTETS * 8) {
        return prime;
      }
    }
  }

  /** The public half, in PEM. */
  public String toPem() {
    try {
      byte[] encoded =
          KeyFactory.getInstance("RSA")
              .generatePublic(new RSAPublicKeySpec(modulus, EXPONENT))
              .getEncoded();
      String lines =
          Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
              .encodeToString(encoded);
      return "-----BEGIN PUBLIC KEY-----\n" + lines + "\n-----END PUBLIC KEY-----\n";
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has RSA", e);
    }
  }

  /** What was encrypted with the public half; nothing if that was something else. */
  public Optional<byte[]> decrypt(byte[] ciphertext) {
    BigInteger number = new BigInteger(1, ciphertext);
    return ciphertext.length == OCTETS && number.compareTo(modulus) < 0
        ? Oaep.unpad(octets(number.modPow(secret, modulus)))
        : Optional.empty();
  }

  /** Encrypts with a public key in PEM; nothing if it is none. */
  public static Optional<byte[]> encrypt(String pem, byte[] text, RandomGenerator random) {
    try {
      String body = pem.replaceAll("-----[A-Z ]*-----", "");
      KeyFactory factory = KeyFactory.getInstance("RSA");
      RSAPublicKey key =
          (RSAPublicKey)
              factory.generatePublic(new X509EncodedKeySpec(Base64.getMimeDecoder().decode(body)));
      if (key.getModulus().bitLength() != OCTETS * 8) {
        return Optional.empty();
      }
      BigInteger padded = new BigInteger(1, Oaep.pad(text, OCTETS, random));
      return Optional.of(octets(padded.modPow(key.getPublicExponent(), key.getModulus())));
    } catch (GeneralSecurityException | IllegalArgumentException notAKey) {
      return Optional.empty();
    }
  }

  private static byte[] octets(BigInteger number) {
    byte[] bytes = number.toByteArray();
    byte[] fixed = new byte[OCTETS];
    int length = Math.min(bytes.length, OCTETS);
    System.arraycopy(bytes, bytes.length - length, fixed, OCTETS - length, length);
    return fixed;
  }
}
