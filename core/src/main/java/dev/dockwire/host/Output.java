package dev.dockwire.host;

import java.util.Optional;

/** Where a process writes to: a terminal, a pipe, a file. */
public interface Output {

  /**
   * Writes all bytes, waiting for room if need be.
   *
   * @throws SystemCallException with EPIPE, ENOSPC ... if that is impossible
   */
  void write(Process writer, byte[] bytes, int offset, int length);

  /** Whether a write is bound to fail because nobody can read it any more. */
  default boolean isBroken() {
    return false;
  }

  /** The terminal behind this output, if it is one. */
  default Optional<Tty> tty() {
    return Optional.empty();
  }

  /** One more holder of this output. */
  default void open() {}

  /** One holder less. */
  default void close() {}

  /** Takes everything and keeps nothing: {@code /dev/null}. */
  Output NULL = (writer, bytes, offset, length) -> {};
}
