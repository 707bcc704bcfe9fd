package dev.dockwire.tools.shell;

import dev.dockwire.host.Errno;
import dev.dockwire.host.Output;
import dev.dockwire.host.Process;
import dev.dockwire.host.Signal;
import dev.dockwire.host.SystemCallException;
import dev.dockwire.host.WaitQueue;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Arrays;

/** A stream of the real machine as the output of a process, which waits when it is slow. */
final class StandardOutput implements Output {

  private final Outlet outlet;
  private final WaitQueue drained;
  private final OutputStream stream;

  StandardOutput(Outlet outlet, WaitQueue drained, OutputStream stream) {
    this.outlet = outlet;
    this.drained = drained;
    this.stream = stream;
  }

  @Override
  public void write(Process writer, byte[] bytes, int offset, int length) {
    if (!outlet.hasRoom()) {
      writer.await(drained, () -> outlet.hasRoom() || isBroken());
    }
    if (isBroken()) {
      writer.signal(Signal.PIPE);
      throw new SystemCallException(Errno.EPIPE);
    }
    outlet.put(this::print, Arrays.copyOfRange(bytes, offset, offset + length));
  }

  private void print(byte[] bytes) throws IOException {
    stream.write(bytes);
    stream.flush();
    if (stream instanceof PrintStream quiet && quiet.checkError()) {
      throw new IOException("Broken pipe");
    }
  }

  @Override
  public boolean isBroken() {
    return outlet.problem() != null;
  }
}
