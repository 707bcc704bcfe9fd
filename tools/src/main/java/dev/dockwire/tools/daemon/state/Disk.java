package dev.dockwire.tools.daemon.state;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The steps by which a file gets to a disk; a power failure may come between any two. */
interface Disk {

  /** The machine's own. */
  Disk REAL = new MachineDisk();

  /** A file of a fixed size that is open to be written over. */
  interface Region extends Closeable {

    /** Writes over a part of the file, and has it reach the disk. */
    void overwrite(int position, byte[] content) throws IOException;
  }

  /**
   * Takes a folder for whoever calls alone, until it is closed; makes it, for its owner, if it is
   * not there.
   *
   * @throws IOException if it cannot be had, or is another's
   */
  Closeable take(Path folder) throws IOException;

  /** A file's content; empty if there is none. */
  Optional<byte[]> read(Path file) throws IOException;

  /** Writes a file for its owner alone, whatever was there, and has it reach the disk. */
  void write(Path file, byte[] content) throws IOException;

  /** Opens a file for its owner alone; if it is shorter than this, it gets so long with zeros. */
  Region reserve(Path file, int size) throws IOException;

  /** Gives a file another's place, at once. */
  void replace(Path file, Path by) throws IOException;

  /** Has what a folder lists reach the disk. */
  void force(Path folder) throws IOException;
}
