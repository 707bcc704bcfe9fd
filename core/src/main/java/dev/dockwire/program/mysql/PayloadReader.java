package dev.dockwire.program.mysql;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Takes a payload apart; one that ends too early is {@link ServerError#MALFORMED}. */
public final class PayloadReader {

  private static final int NULL = 0xfb;

  private final byte[] bytes;
  private int position;

  public PayloadReader(byte[] bytes) {
    this.bytes = bytes;
  }

  public int remaining() {
    return bytes.length - position;
  }

  /** The next octet, which stays; -1 at the end. */
  public int peek() {
    return remaining() == 0 ? -1 : bytes[position] & 0xff;
  }

  private long integer(int octets) throws MysqlException {
    need(octets);
    long value = 0;
    for (int i = 0; i < octets; i++) {
      value |= (bytes[position++] & 0xffL) << 8 * i;
    }
    return value;
  }

  public int int1() throws MysqlException {
    return (int) integer(1);
  }

  public int int2() throws MysqlException {
    return (int) integer(2);
  }

  public long int4() throws MysqlException {
    return integer(4);
  }

  public void skip(int count) throws MysqlException {
    need(count);
    position += count;
  }

  public byte[] bytes(long count) throws MysqlException {
    need(count);
    byte[] taken = Arrays.copyOfRange(bytes, position, position + (int) count);
    position += (int) count;
    return taken;
  }

  public long lengthEncodedInteger() throws MysqlException {
    int first = int1();
    return switch (first) {
      case 0xfc -> integer(2);
      case 0xfd -> integer(3);
      case 0xfe -> integer(8);
      case NULL, 0xff -> throw new MysqlException(ServerError.MALFORMED);
      default -> first;
    };
  }

  public byte[] lengthEncodedBytes() throws MysqlException {
    return bytes(lengthEncodedInteger());
  }

  public String lengthEncodedText() throws MysqlException {
    return new String(lengthEncodedBytes(), StandardCharsets.UTF_8);
  }

  /** A value of a row; null for NULL. */
  public byte[] value() throws MysqlException {
    if (peek() == NULL) {
      position++;
      return null;
    }
    return lengthEncodedBytes();
  }

  public byte[] zeroTerminatedBytes() throws MysqlException {
    int end = position;
    while (end < bytes.length && bytes[end] != 0) {
      end++;
    }
    byte[] taken = bytes(end - position);
    skip(1);
    return taken;
  }

  public String zeroTerminated() throws MysqlException {
    return new String(zeroTerminatedBytes(), StandardCharsets.UTF_8);
  }

  public String rest() {
    String text = new String(bytes, position, remaining(), StandardCharsets.UTF_8);
    position = bytes.length;
    return text;
  }

  private void need(long count) throws MysqlException {
    if (count < 0 || count > remaining()) {
      throw new MysqlException(ServerError.MALFORMED);
    }
  }
}
