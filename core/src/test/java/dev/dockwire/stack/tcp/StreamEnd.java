package dev.dockwire.stack.tcp;

import dev.dockwire.stack.socket.TcpSocket;
import dev.dockwire.time.Seed;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * One end of a connection: writes its stream in pieces of any size, compares each octet that it
 * reads with what the other end writes, digests both, and shuts down when it is through.
 */
final class StreamEnd implements TcpSocket.Handler {

  private static final int PERIOD = 65_536;

  private final byte[] mine = new byte[2 * PERIOD];
  private final byte[] theirs = new byte[2 * PERIOD];
  private final byte[] scratch = new byte[PERIOD];
  private final RandomGenerator sizes;
  private final boolean inPieces;
  private final MessageDigest written = sha256();
  private final MessageDigest read = sha256();
  private int toWrite;
  private long writtenOctets;
  private long readOctets;
  private boolean ended;
  private IOException failure;

  StreamEnd(int octets, boolean inPieces, Seed seed, String mineIs, String theirsIs) {
    this.inPieces = inPieces;
    toWrite = octets;
    sizes = seed.generator("sizes " + mineIs);
    fill(mine, seed.generator(mineIs));
    fill(theirs, seed.generator(theirsIs));
  }

  private static void fill(byte[] pattern, RandomGenerator random) {
    byte[] once = new byte[PERIOD];
    random.nextBytes(once);
    System.arraycopy(once, 0, pattern, 0, PERIOD);
    System.arraycopy(once, 0, pattern, PERIOD, PERIOD);
  }

  @Override
  public void onConnected(TcpSocket socket, long now) {
    onWritable(socket, now);
  }

  @Override
  public void onWritable(TcpSocket socket, long now) {
    int taken = 1;
    while (toWrite > 0 && taken > 0) {
      int size = Math.min(toWrite, inPieces ? 1 + sizes.nextInt(PERIOD) : PERIOD);
      int from = (int) (writtenOctets % PERIOD);
      taken = socket.write(mine, from, size, now);
      written.update(mine, from, taken);
      writtenOctets += taken;
      toWrite -= taken;
    }
    if (toWrite == 0) {
      socket.shutdownOutput(now);
    }
  }

  @Override
  public void onReadable(TcpSocket socket, long now) {
    int count;
    while ((count = socket.read(scratch, 0, scratch.length, now)) > 0) {
      int from = (int) (readOctets % PERIOD);
      if (!Arrays.equals(theirs, from, from + count, scratch, 0, count)) {
        throw new AssertionError("other octets than were sent, from " + readOctets);
      }
      read.update(scratch, 0, count);
      readOctets += count;
    }
    ended |= count < 0;
  }

  @Override
  public void onClosed(TcpSocket socket, IOException cause, long now) {
    failure = cause;
  }

  boolean hasEnded() {
    return ended;
  }

  IOException failure() {
    return failure;
  }

  void mustHaveRead(StreamEnd other, String direction) {
    String expected = HexFormat.of().formatHex(other.written.digest());
    String actual = HexFormat.of().formatHex(read.digest());
    if (!expected.equals(actual)) {
      throw new AssertionError("the stream " + direction + " is not what was sent");
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
