package dev.dockwire.host;

import java.util.List;
import java.util.Optional;

/** Where a process reads from: a terminal, a pipe, a file. */
public interface Input {

  /**
   * Reads what is there, at least one byte, waiting for it if need be.
   *
   * @return how many bytes were read; 0 if a signal that the reader handles came first; -1 at the
   *     end
   */
  int read(Process reader, byte[] buffer, int offset, int length);

  /** Whether a read would return at once, with bytes or at the end. */
  default boolean isReadable() {
    return true;
  }

  /** What is woken when {@link #isReadable} may have come to hold; others after an attachment. */
  default List<WaitQueue> changes() {
    return List.of();
  }

  /** The terminal behind this input, if it is one. */
  default Optional<Tty> tty() {
    return Optional.empty();
  }

  /** One more holder of this input. */
  default void open() {}

  /** One holder less. */
  default void close() {}

  /** Nothing to read, ever: {@code /dev/null}. */
  Input NULL = (reader, buffer, offset, length) -> -1;
}
