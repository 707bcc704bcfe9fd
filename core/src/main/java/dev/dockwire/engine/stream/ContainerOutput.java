package dev.dockwire.engine.stream;

import dev.dockwire.host.Output;
import dev.dockwire.host.Process;
import dev.dockwire.host.SystemCallException;
import java.util.ArrayList;
import java.util.List;

/**
 * One output stream of a container without a terminal: goes into the log and to every client that
 * is attached.
 */
final class ContainerOutput implements Output {

  private final ContainerLogs logs;
  private final ContainerLogs.Stream stream;
  private final Runnable clientLost;
  private final List<Output> clients = new ArrayList<>(1);

  /**
   * @param clientLost hears that what a client writes to is gone
   */
  ContainerOutput(ContainerLogs logs, ContainerLogs.Stream stream, Runnable clientLost) {
    this.clientLost = clientLost;
    this.logs = logs;
    this.stream = stream;
  }

  void attach(Output output) {
    clients.add(output);
  }

  void detach(Output output) {
    clients.remove(output);
  }

  @Override
  public void write(Process writer, byte[] bytes, int offset, int length) {
    logs.write(stream, bytes, offset, length);
    if (clients.removeIf(Output::isBroken)) {
      clientLost.run();
    }
    for (Output client : List.copyOf(clients)) {
      try {
        client.write(writer, bytes, offset, length);
      } catch (SystemCallException _) {
        clients.remove(client);
        clientLost.run();
      }
    }
  }
}
