package dev.dockwire.engine.stream;

import dev.dockwire.host.Output;
import dev.dockwire.host.Process;

/**
 * One of a client's output streams, lent to a program in a container. When the client goes, or what
 * it writes to is gone, the program is not disturbed: what it writes goes nowhere.
 */
public final class ClientOutput implements Output {

  private final Output client;
  private boolean ended;

  public ClientOutput(Output client) {
    this.client = client;
  }

  /** The client is gone. */
  public void end() {
    ended = true;
  }

  @Override
  public boolean isBroken() {
    return ended || client.isBroken();
  }

  @Override
  public void write(Process writer, byte[] bytes, int offset, int length) {
    if (!isBroken()) {
      client.write(writer, bytes, offset, length);
    }
  }
}
