package dev.dockwire.tools.live;

import dev.dockwire.capture.AppendOnlyChannel;
import java.io.IOException;

/** An outlet, for a capture. What its thread has written in part it cuts off itself. */
final class OutletChannel extends AppendOnlyChannel {

  private final Outlet outlet;
  private final Outlet.Sink sink;

  OutletChannel(Outlet outlet, Outlet.Sink sink) {
    this.outlet = outlet;
    this.sink = sink;
  }

  @Override
  protected void append(byte[] bytes) throws IOException {
    if (outlet.problem() != null) {
      throw new IOException(outlet.problem());
    }
    outlet.put(sink, bytes);
  }

  @Override
  public void close() {
    super.close();
    outlet.end();
  }
}
