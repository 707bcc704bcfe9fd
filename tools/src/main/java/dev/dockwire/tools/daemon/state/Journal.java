package dev.dockwire.tools.daemon.state;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Numbered records in one file, written from its beginning whenever a new snapshot has made those
 * in it superfluous. The file has its whole size from the start: to have a record reach the disk
 * costs the machine half as much if the file does not grow.
 *
 * <pre>
 *   number 8 | length of content 4 | CRC-32C of number, length and content 4 | content
 * </pre>
 *
 * <p>What counts are the records from the beginning on whose numbers follow upon the snapshot's,
 * one by one. The first that does not, or whose checksum is false, ends them: it is left over from
 * before the snapshot, or was being written when the machine stopped.
 */
final class Journal implements AutoCloseable {

  static final int HEAD = 16;
  private static final int CHECKED = 12;

  private final Disk.Region region;
  private final int size;
  private int end;

  private Journal(Disk.Region region, int size) {
    this.region = region;
    this.size = size;
  }

  /** Opens it to write from the beginning; makes it if it is not there, or too short. */
  static Journal open(Path file, Disk disk, int size) throws IOException {
    return new Journal(disk.reserve(file, size), size);
  }

  /**
   * The contents of the records that follow upon a number.
   *
   * @param file may be of any length
   */
  static List<byte[]> read(byte[] file, long number) {
    List<byte[]> contents = new ArrayList<>();
    ByteBuffer left = ByteBuffer.wrap(file);
    while (left.remaining() >= HEAD) {
      ByteBuffer head = left.slice(left.position(), CHECKED);
      long found = left.getLong();
      int length = left.getInt();
      int sum = left.getInt();
      if (found != number + contents.size() + 1 || length < 0 || length > left.remaining()) {
        break;
      }
      byte[] content = new byte[length];
      left.get(content);
      if (sum != checksum(head, content)) {
        break;
      }
      contents.add(content);
    }
    return contents;
  }

  private static int checksum(ByteBuffer head, byte[] content) {
    CRC32C sum = new CRC32C();
    sum.update(head);
    sum.update(content);
    return (int) sum.getValue();
  }

  boolean hasRoom(byte[] content) {
    return HEAD + content.length <= size - end;
  }

  /** Adds a record; when this returns, it outlives a power failure. */
  void append(long number, byte[] content) throws IOException {
    ByteBuffer record = ByteBuffer.allocate(HEAD + content.length);
    record.putLong(number).putInt(content.length);
    record.putInt(checksum(record.slice(0, CHECKED), content)).put(content);
    region.overwrite(end, record.array());
    end += record.capacity();
  }

  @Override
  public void close() throws IOException {
    region.close();
  }
}
