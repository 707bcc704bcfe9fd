package dev.dockwire.tools.daemon;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** The steps by which a file gets to the disk; a power failure may come between any two. */
interface Disk {

  /** The machine's own. */
  Disk REAL = new Disk() {};

  /** Writes a file for its owner alone, whatever was there, and has it reach the disk. */
  default void write(Path file, byte[] content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            Set.of(
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      put(channel, 0, content);
      sync(channel, true);
    }
  }

  /** Opens a file for its owner alone; if it is shorter than this, it gets so long with zeros. */
  default FileChannel reserve(Path file, int size) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      int length = (int) Math.min(size, channel.size());
      if (length < size) {
        put(channel, length, new byte[size - length]);
        sync(channel, true);
      }
      return channel;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** Writes over a part of a file, and has it reach the disk. */
  default void overwrite(FileChannel channel, long position, byte[] content) throws IOException {
    put(channel, position, content);
    sync(channel, false);
  }

  private static void put(FileChannel channel, long position, byte[] content) throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(content);
    while (rest.hasRemaining()) {
      channel.write(rest, position + rest.position());
    }
  }

  /** Gives a file another's place, at once. */
  default void replace(Path file, Path by) throws IOException {
    Files.move(by, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Has what a folder lists reach the disk. */
  default void force(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      sync(channel, true);
    }
  }

  /** Waits until what was written is on the disk, where a power failure does not reach it. */
  default void sync(FileChannel channel, boolean metadata) throws IOException {
    channel.force(metadata);
  }
}
