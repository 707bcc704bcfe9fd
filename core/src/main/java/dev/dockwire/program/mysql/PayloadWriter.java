package dev.dockwire.program.mysql;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Puts a payload together: integers are little-endian, texts UTF-8. */
public final class PayloadWriter {

  private static final int NULL = 0xfb;

  private byte[] bytes = new byte[64];
  private int length;

  private PayloadWriter integer(long value, int octets) {
    ensure(octets);
    for (int i = 0; i < octets; i++) {
      bytes[length++] = (byte) (value >> 8 * i);
    }
    return this;
  }

  public PayloadWriter int1(int value) {
    return integer(value, 1);
  }

  public PayloadWriter int2(int value) {
    return integer(value, 2);
  }

  public PayloadWriter int4(long value) {
    return integer(value, 4);
  }

  /** A number whose first octet says how long it is. */
  public PayloadWriter lengthEncoded(long value) {
    if (value >= 0 && value < NULL) {
      return int1((int) value);
    }
    if (value >= 0 && value < 1 << 16) {
      return int1(0xfc).integer(value, 2);
    }
    if (value >= 0 && value < 1 << 24) {
      return int1(0xfd).integer(value, 3);
    }
    return int1(0xfe).integer(value, 8);
  }

  public PayloadWriter zeros(int count) {
    ensure(count);
    length += count;
    return this;
  }

  public PayloadWriter bytes(byte[] more) {
    ensure(more.length);
    System.arraycopy(more, 0, bytes, length, more.length);
    length += more.length;
    return this;
  }

  /** Text up to the payload's end. */
  public PayloadWriter text(String text) {
    return bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Text with a zero behind it. */
  public PayloadWriter zeroTerminated(String text) {
    return text(text).int1(0);
  }

  public PayloadWriter lengthEncoded(byte[] value) {
    return lengthEncoded(value.length).bytes(value);
  }

  public PayloadWriter lengthEncoded(String text) {
    return lengthEncoded(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A value of a row, which may be null. */
  public PayloadWriter value(byte[] value) {
    return value == null ? int1(NULL) : lengthEncoded(value);
  }

  private void ensure(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }

  public byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }
}
