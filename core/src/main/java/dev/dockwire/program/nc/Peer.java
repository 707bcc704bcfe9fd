package dev.dockwire.program.nc;

import dev.dockwire.host.WaitQueue;
import java.io.IOException;

/** The other side of a relay. No call waits; {@link #changed} is woken when more can be done. */
interface Peer extends AutoCloseable {

  /**
   * Reads what is there.
   *
   * @return how many bytes; 0 for none yet, -1 at the end
   */
  int read(byte[] buffer, int offset, int length) throws IOException;

  /** Takes as many bytes as there is room for and returns how many. */
  int write(byte[] bytes, int offset, int length) throws IOException;

  boolean isReadable();

  boolean isWritable();

  WaitQueue changed();

  /** Sends the end of the stream, if there is such a thing. */
  void shutdownOutput() throws IOException;

  @Override
  void close();
}
