package dev.dockwire.stack.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.time.Seed;
import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** The rings of a connection give back the stream that went in, however it goes in and out. */
class BuffersTest {

  private static final int LIMIT = 1_000;
  private static final int LARGEST_STEP = 400;

  private final RandomGenerator random = new Seed(7).generator("buffers");
  private final byte[] stream = new byte[200_000];

  BuffersTest() {
    random.nextBytes(stream);
  }

  @Test
  void whatIsNotAcknowledgedCanBeCopiedFromTheSendBuffer() {
    SendBuffer buffer = new SendBuffer(LIMIT);
    int written = 0;
    int acknowledged = 0;
    while (written < stream.length) {
      int length = Math.min(random.nextInt(LARGEST_STEP), stream.length - written);
      int expected = Math.min(length, LIMIT - (written - acknowledged));
      if (random.nextBoolean()) {
        assertThat(buffer.write(stream, written, length)).isEqualTo(expected);
      } else {
        ByteBuffer from = ByteBuffer.allocateDirect(length).put(stream, written, length).flip();
        assertThat(buffer.write(from)).isEqualTo(expected);
        assertThat(from.remaining()).isEqualTo(length - expected);
      }
      written += expected;
      byte[] copy = new byte[written - acknowledged];
      buffer.copy(0, copy, 0, copy.length);
      assertThat(buffer.size()).isEqualTo(copy.length);
      assertStream(copy, copy.length, acknowledged);
      int acked = random.nextInt(3) == 0 ? copy.length : random.nextInt(copy.length + 1);
      buffer.drop(acked);
      acknowledged += acked;
    }
  }

  @Test
  void whatComesInPiecesAndInDisorderIsReadInOrder() {
    ReceiveBuffer buffer = new ReceiveBuffer(LIMIT);
    byte[] read = new byte[LARGEST_STEP];
    ByteBuffer direct = ByteBuffer.allocateDirect(LARGEST_STEP);
    int at = 0;
    while (at < stream.length - LIMIT) {
      int ahead = random.nextInt(3) == 0 ? random.nextInt(LARGEST_STEP) : 0;
      int from = (int) buffer.next() + ahead;
      assertThat(buffer.insert(from, stream, from, random.nextInt(LARGEST_STEP))).isTrue();
      int wanted = random.nextInt(LARGEST_STEP);
      int expected = Math.min(wanted, buffer.available());
      if (random.nextBoolean()) {
        assertThat(buffer.read(read, 0, wanted)).isEqualTo(expected);
      } else {
        assertThat(buffer.read(direct.clear().limit(wanted))).isEqualTo(expected);
        direct.flip().get(read, 0, expected);
      }
      assertStream(read, expected, at);
      at += expected;
    }
  }

  private void assertStream(byte[] octets, int length, int position) {
    assertThat(ByteBuffer.wrap(octets, 0, length))
        .isEqualTo(ByteBuffer.wrap(stream, position, length));
  }
}
