package dev.dockwire.program.nc;

import dev.dockwire.host.Errno;
import dev.dockwire.host.Input;
import dev.dockwire.host.Output;
import dev.dockwire.host.Process;
import dev.dockwire.host.Stdio;
import dev.dockwire.host.SystemCallException;
import dev.dockwire.host.WaitQueue;
import java.io.IOException;
import java.util.List;

/** A connection as a program's standard input and output, whichever process has them. */
record SocketStreams(Peer peer) {

  /** The connection in place of the first two streams. */
  Stdio in(Stdio streams) {
    return new Stdio(new FromPeer(), new ToPeer(), streams.err());
  }

  private final class FromPeer implements Input {

    @Override
    public int read(Process reader, byte[] buffer, int offset, int length) {
      if (!reader.await(peer.changed(), peer::isReadable)) {
        return 0;
      }
      try {
        return peer.read(buffer, offset, length);
      } catch (IOException broken) {
        return -1;
      }
    }

    @Override
    public boolean isReadable() {
      return peer.isReadable();
    }

    @Override
    public List<WaitQueue> changes() {
      return List.of(peer.changed());
    }
  }

  private final class ToPeer implements Output {

    @Override
    public void write(Process writer, byte[] bytes, int offset, int length) {
      int at = 0;
      while (at < length) {
        writer.await(peer.changed(), peer::isWritable);
        try {
          at += peer.write(bytes, offset + at, length - at);
        } catch (IOException broken) {
          throw new SystemCallException(Errno.EPIPE);
        }
      }
    }
  }
}
