package dev.dockwire.capture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Where a capture's blocks go: into the {@link CaptureFile} at once ({@link WriteThrough}), or by a
 * thread of its own ({@link WriteBehind}). Used by one thread; {@link #problem} is for any.
 */
public sealed interface BlockOutput permits WriteThrough, WriteBehind {

  /**
   * Writes what was gathered so far, the file's header, as a piece of its own.
   *
   * @throws IOException if it is known to have failed; the file is closed then
   */
  void begin() throws IOException;

  /**
   * Whether there is room for another frame; if not it should be left out, and counted. For what is
   * not a frame there always is.
   */
  boolean hasRoom();

  /** A buffer, little endian, with room for a block of up to {@code maxLength} bytes. */
  ByteBuffer room(int maxLength);

  /** Hands what was gathered, which must be whole blocks, on to the file. */
  void flush();

  /** Whether nothing more is written, for a {@link #problem}; asked for every frame. */
  boolean isStopped();

  /** Why writing has stopped, in one line; empty while all is well. */
  Optional<String> problem();

  /** Flushes, and has the file closed when all of it is written. */
  void close();
}
