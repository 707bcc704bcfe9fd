package dev.dockwire.host;

import dev.dockwire.host.FileNode.Directory;
import dev.dockwire.host.FileNode.NullDevice;
import dev.dockwire.host.FileNode.RegularFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * Files as a tar archive, POSIX.1-2001 (ustar with pax headers for names that do not fit): what
 * {@code docker cp} sends and takes. Blocks of 512 octets: a header, then the content; two blocks
 * of zeros end the archive.
 *
 * <p>Everything belongs to root. An executable's program is not in an archive: what comes back from
 * one is a plain file. Links and devices other than {@code /dev/null} are skipped when reading.
 */
public final class TarArchive {

  private static final int BLOCK = 512;
  private static final int NAME = 0;
  private static final int NAME_LENGTH = 100;
  private static final int MODE = 100;
  private static final int SIZE = 124;
  private static final int MODIFIED = 136;
  private static final int CHECKSUM = 148;
  private static final int TYPE = 156;
  private static final int MAGIC = 257;
  private static final int MAJOR = 329;
  private static final int MINOR = 337;
  private static final int PREFIX = 345;
  private static final int PREFIX_LENGTH = 155;

  private static final char FILE = '0';
  private static final char DEVICE = '3';
  private static final char DIRECTORY = '5';
  private static final char PAX = 'x';

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final long epochSeconds;

  private TarArchive(long epochSeconds) {
    this.epochSeconds = epochSeconds;
  }

  /**
   * Packs a file, or a directory with all in it.
   *
   * @param name what it is called in the archive; {@code .} for a directory that is only its
   *     content
   * @param epochSeconds when everything in it was modified
   */
  public static byte[] write(String name, FileNode node, long epochSeconds) {
    TarArchive archive = new TarArchive(epochSeconds);
    archive.add(name, node);
    archive.out.writeBytes(new byte[2 * BLOCK]);
    return archive.out.toByteArray();
  }

  private void add(String name, FileNode node) {
    switch (node) {
      case RegularFile file -> {
        header(name, FILE, file.program().isPresent() ? 0755 : 0644, file.content().length);
        content(file.content());
      }
      case NullDevice _ -> header(name, DEVICE, 0666, 0);
      case Directory directory -> {
        header(name + "/", DIRECTORY, 0755, 0);
        for (Map.Entry<String, FileNode> child : directory.children().entrySet()) {
          add(name + "/" + child.getKey(), child.getValue());
        }
      }
    }
  }

  private void header(String name, char type, int mode, int size) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > NAME_LENGTH || bytes.length != name.length()) {
      byte[] record = paxPath(bytes);
      block(new byte[0], PAX, 0, record.length);
      content(record);
    }
    block(Arrays.copyOf(bytes, Math.min(bytes.length, NAME_LENGTH)), type, mode, size);
  }

  /** {@code LENGTH path=NAME\n}, where the length counts its own digits. */
  private static byte[] paxPath(byte[] name) {
    int length = name.length + " path=\n".length();
    int digits = Integer.toString(length).length();
    length += digits;
    if (Integer.toString(length).length() > digits) {
      length++;
    }
    ByteArrayOutputStream record = new ByteArrayOutputStream();
    record.writeBytes((length + " path=").getBytes(StandardCharsets.US_ASCII));
    record.writeBytes(name);
    record.write('\n');
    return record.toByteArray();
  }

  private void block(byte[] name, char type, int mode, int size) {
    byte[] block = new byte[BLOCK];
    System.arraycopy(name, 0, block, NAME, name.length);
    octal(block, MODE, 7, mode);
    octal(block, MODE + 8, 7, 0);
    octal(block, MODE + 16, 7, 0);
    octal(block, SIZE, 11, size);
    octal(block, MODIFIED, 11, epochSeconds);
    block[TYPE] = (byte) type;
    System.arraycopy("ustar\00000".getBytes(StandardCharsets.US_ASCII), 0, block, MAGIC, 8);
    octal(block, MAJOR, 7, type == DEVICE ? 1 : 0);
    octal(block, MINOR, 7, type == DEVICE ? 3 : 0);
    octal(block, CHECKSUM, 6, checksum(block));
    block[CHECKSUM + 7] = ' ';
    out.writeBytes(block);
  }

  private static void octal(byte[] block, int offset, int digits, long value) {
    long rest = value;
    for (int i = offset + digits - 1; i >= offset; i--) {
      block[i] = (byte) ('0' + (rest & 7));
      rest >>>= 3;
    }
  }

  /** The sum of a header's octets, with blanks in place of the sum itself. */
  private static int checksum(byte[] block) {
    int sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      sum += i >= CHECKSUM && i < CHECKSUM + 8 ? ' ' : block[i] & 0xff;
    }
    return sum;
  }

  private void content(byte[] bytes) {
    out.writeBytes(bytes);
    out.writeBytes(new byte[padded(bytes.length) - bytes.length]);
  }

  private static int padded(int length) {
    return (length + BLOCK - 1) / BLOCK * BLOCK;
  }

  /**
   * Unpacks an archive. Names lead nowhere above its top.
   *
   * @throws IOException if it is none, or is cut off
   * @throws SystemCallException if its files contradict each other, or are too many
   */
  public static Directory read(byte[] archive) throws IOException {
    FileTree files = new FileTree();
    Optional<String> longName = Optional.empty();
    int at = 0;
    while (at + BLOCK <= archive.length) {
      byte[] block = Arrays.copyOfRange(archive, at, at + BLOCK);
      if (Arrays.equals(block, new byte[BLOCK])) {
        return files.root();
      }
      if (number(block, CHECKSUM, 8) != checksum(block)) {
        throw new IOException("archive/tar: invalid tar header");
      }
      long size = number(block, SIZE, 12);
      at += BLOCK;
      if (size > archive.length - at) {
        throw new IOException("unexpected EOF");
      }
      byte[] content = Arrays.copyOfRange(archive, at, at + (int) size);
      at += padded((int) size);
      if (block[TYPE] == PAX) {
        longName = pathIn(content);
      } else {
        unpack(files, longName.orElseGet(() -> name(block)), (char) block[TYPE], content);
        longName = Optional.empty();
      }
    }
    if (at < archive.length) {
      throw new IOException("unexpected EOF");
    }
    return files.root();
  }

  private static void unpack(FileTree files, String name, char type, byte[] content) {
    String path = FileTree.resolve("/", name);
    if (path.equals("/")) {
      return;
    }
    switch (type) {
      case DIRECTORY -> files.makeDirectories(path);
      case FILE, 0 -> {
        files.makeDirectories(path.substring(0, Math.max(1, path.lastIndexOf('/'))));
        files.write(path, content, false);
      }
      default -> {}
    }
  }

  private static String name(byte[] block) {
    String name = text(block, NAME, NAME_LENGTH);
    String prefix = text(block, PREFIX, PREFIX_LENGTH);
    return prefix.isEmpty() ? name : prefix + "/" + name;
  }

  private static String text(byte[] block, int offset, int length) {
    int end = offset;
    while (end < offset + length && block[end] != 0) {
      end++;
    }
    return new String(block, offset, end - offset, StandardCharsets.UTF_8);
  }

  private static long number(byte[] block, int offset, int length) throws IOException {
    String digits = text(block, offset, length).strip();
    if (!digits.matches("[0-7]*")) {
      throw new IOException("archive/tar: invalid tar header");
    }
    return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
  }

  private static Optional<String> pathIn(byte[] records) {
    return new String(records, StandardCharsets.UTF_8)
        .lines()
        .map(record -> record.split(" path=", 2))
        .filter(parts -> parts.length == 2)
        .map(parts -> parts[1])
        .findFirst();
  }
}
