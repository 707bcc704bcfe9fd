package dev.dockwire.frame;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Reads and writes whole fields in network byte order (big endian, RFC 1700) at any index of an
 * array. The two-argument form reads, the three-argument form writes the low bits of its value.
 *
 * <p>Nothing here knows where a frame ends: whoever calls has checked, as every view's {@code wrap}
 * does; beyond the array an {@link IndexOutOfBoundsException} reports the bug.
 */
public final class NetworkOrder {

  private static final VarHandle SHORT16 =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT32 =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private static final VarHandle LONG64 =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private NetworkOrder() {}

  /** An unsigned octet, 0 to 255. */
  public static int octet(byte[] bytes, int index) {
    return bytes[index] & 0xff;
  }

  public static void octet(byte[] bytes, int index, int value) {
    bytes[index] = (byte) value;
  }

  /** An unsigned 16-bit field, 0 to 65535. */
  public static int short16(byte[] bytes, int index) {
    return (short) SHORT16.get(bytes, index) & 0xffff;
  }

  public static void short16(byte[] bytes, int index, int value) {
    SHORT16.set(bytes, index, (short) value);
  }

  /** A 32-bit field such as an IPv4 address or a sequence number; unsigned to whom it matters. */
  public static int int32(byte[] bytes, int index) {
    return (int) INT32.get(bytes, index);
  }

  public static void int32(byte[] bytes, int index, int value) {
    INT32.set(bytes, index, value);
  }

  /** Eight octets at once. */
  public static long long64(byte[] bytes, int index) {
    return (long) LONG64.get(bytes, index);
  }

  public static void long64(byte[] bytes, int index, long value) {
    LONG64.set(bytes, index, value);
  }

  /** An Ethernet address in the low 48 bits. */
  public static long mac48(byte[] bytes, int index) {
    return (long) short16(bytes, index) << 32 | int32(bytes, index + 2) & 0xffff_ffffL;
  }

  public static void mac48(byte[] bytes, int index, long value) {
    short16(bytes, index, (int) (value >>> 32));
    int32(bytes, index + 2, (int) value);
  }
}
