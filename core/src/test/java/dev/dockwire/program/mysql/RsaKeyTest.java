package dev.dockwire.program.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.time.Seed;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.random.RandomGenerator;
import javax.crypto.Cipher;
import org.junit.jupiter.api.Test;

/** The server's key: the same for the same seed, and what the JDK takes for RSA with OAEP. */
class RsaKeyTest {

  private static final byte[] TEXT = "secret\0".getBytes(StandardCharsets.UTF_8);

  private final RsaKey key = RsaKey.generate(random());

  private static RandomGenerator random() {
    return new Seed(1).generator("key");
  }

  @Test
  void theSameSeedGivesTheSameKey() {
    assertThat(RsaKey.generate(random()).toPem()).isEqualTo(key.toPem());
  }

  @Test
  void whatOneEncryptsTheOtherDecrypts() {
    byte[] ciphertext = RsaKey.encrypt(key.toPem(), TEXT, random()).orElseThrow();
    assertThat(ciphertext).hasSize(RsaKey.OCTETS);
    assertThat(key.decrypt(ciphertext)).hasValue(TEXT);
    ciphertext[100] ^= 1;
    assertThat(key.decrypt(ciphertext)).isEmpty();
    assertThat(key.decrypt(new byte[3])).isEmpty();
  }

  @Test
  void whatTheJdkEncryptsIsDecrypted() throws Exception {
    String body = key.toPem().replaceAll("-----[A-Z ]*-----", "");
    PublicKey published =
        KeyFactory.getInstance("RSA")
            .generatePublic(new X509EncodedKeySpec(Base64.getMimeDecoder().decode(body)));
    Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPWithSHA-1AndMGF1Padding");
    cipher.init(Cipher.ENCRYPT_MODE, published);
    assertThat(key.decrypt(cipher.doFinal(TEXT))).hasValue(TEXT);
  }

  @Test
  void whatIsNoKeyIsNotUsed() {
    assertThat(RsaKey.encrypt("-----BEGIN PUBLIC KEY-----\nxx", TEXT, random())).isEmpty();
  }
}
