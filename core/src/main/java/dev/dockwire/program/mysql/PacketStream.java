package dev.dockwire.program.mysql;

import java.util.Arrays;

/**
 * Payloads on a stream of bytes: each has a header of three octets of length and one of sequence
 * number; a payload of 16 MiB less one octet or more goes on in the next packet. Both directions
 * count on together, from zero at each command.
 */
public final class PacketStream {

  private static final int HEADER = 4;
  private static final int MAX_PART = 0xffffff;

  private byte[] received = new byte[0];
  private int size;
  private int sequence;
  private int maxPayload;

  /**
   * @param maxPayload the longest payload that is taken, in octets, below 16 MiB less one
   */
  public PacketStream(int maxPayload) {
    this.maxPayload = maxPayload;
  }

  public void maxPayload(int octets) {
    maxPayload = octets;
  }

  /** A new command begins. */
  public void restart() {
    sequence = 0;
  }

  /** How many octets may be added before {@link #next} has to be asked. */
  public int room() {
    return HEADER + maxPayload - size;
  }

  /** Adds octets that have come. */
  public void receive(byte[] bytes, int offset, int length) {
    if (size + length > received.length) {
      received = Arrays.copyOf(received, Math.max(received.length * 2, size + length));
    }
    System.arraycopy(bytes, offset, received, size, length);
    size += length;
  }

  /**
   * Takes the next payload; null if it is not there as a whole.
   *
   * @throws MysqlException if it is too long or not the one that is due
   */
  public byte[] next() throws MysqlException {
    if (size < HEADER) {
      return null;
    }
    int length = received[0] & 0xff | (received[1] & 0xff) << 8 | (received[2] & 0xff) << 16;
    if ((received[3] & 0xff) != sequence) {
      throw new MysqlException(ServerError.OUT_OF_ORDER);
    }
    if (length > maxPayload) {
      sequence = sequence + 1 & 0xff;
      throw new MysqlException(ServerError.PACKET_TOO_LARGE);
    }
    if (size < HEADER + length) {
      return null;
    }
    byte[] payload = Arrays.copyOfRange(received, HEADER, HEADER + length);
    size -= HEADER + length;
    received = Arrays.copyOfRange(received, HEADER + length, HEADER + length + size);
    sequence = sequence + 1 & 0xff;
    return payload;
  }

  /** The packet, or packets, that carry a payload. */
  public byte[] packet(byte[] payload) {
    int parts = payload.length / MAX_PART + 1;
    byte[] packet = new byte[payload.length + parts * HEADER];
    for (int part = 0; part < parts; part++) {
      int from = part * MAX_PART;
      int length = Math.min(MAX_PART, payload.length - from);
      int at = from + part * HEADER;
      packet[at] = (byte) length;
      packet[at + 1] = (byte) (length >> 8);
      packet[at + 2] = (byte) (length >> 16);
      packet[at + 3] = (byte) sequence;
      System.arraycopy(payload, from, packet, at + HEADER, length);
      sequence = sequence + 1 & 0xff;
    }
    return packet;
  }
}
