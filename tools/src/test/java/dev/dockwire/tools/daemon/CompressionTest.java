package dev.dockwire.tools.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dockwire.engine.EngineException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class CompressionTest {

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream packing = new GZIPOutputStream(packed)) {
      packing.write(bytes);
    }
    return packed.toByteArray();
  }

  @Test
  void whatIsPackedIsUnpackedAndAllElseStaysAsItIs() throws IOException {
    byte[] text = "hello".getBytes(StandardCharsets.UTF_8);
    assertThat(Compression.unpack(gzip(text))).isEqualTo(text);
    assertThat(Compression.unpack(text)).isSameAs(text);
    assertThat(Compression.unpack(new byte[1])).hasSize(1);
  }

  @Test
  void noMoreIsUnpackedThanABodyMayBeLong() throws IOException {
    assertThat(Compression.unpack(gzip(new byte[RequestReader.MAX_BODY])))
        .hasSize(RequestReader.MAX_BODY);
    byte[] bomb = gzip(new byte[RequestReader.MAX_BODY + 1]);
    assertThat(bomb.length).isLessThan(20_000);
    assertThatThrownBy(() -> Compression.unpack(bomb))
        .isInstanceOf(EngineException.class)
        .hasMessage("http: request body too large");
  }

  @Test
  void anyTruncationIsAnIoException() throws IOException {
    byte[] packed = gzip(new byte[] {1, 2, 3});
    for (int length = 2; length < packed.length; length++) {
      byte[] torn = Arrays.copyOf(packed, length);
      assertThatThrownBy(() -> Compression.unpack(torn)).isInstanceOf(IOException.class);
    }
  }
}
