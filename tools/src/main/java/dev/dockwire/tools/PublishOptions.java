package dev.dockwire.tools;

import dev.dockwire.edge.PublishedPorts;
import java.net.InetAddress;
import picocli.CommandLine.Option;

/** Where published ports are opened on this machine; for every command that runs in real time. */
public final class PublishOptions {

  @Option(
      names = "--publish-address",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description = {
        "The address of this machine at which published ports are opened. What is published on a"
            + " loopback address is opened at 127.0.0.1 in any case.",
        "Default: 127.0.0.1."
      })
  private InetAddress address;

  @Option(
      names = "--port-offset",
      paramLabel = "N",
      defaultValue = "0",
      description = {
        "What is added to the numbers of published ports on this machine. A port below 1024 that"
            + " may not be opened is opened 8000 higher.",
        "Default: 0."
      })
  private int offset;

  public PublishedPorts.Settings settings() {
    return new PublishedPorts.Settings(address, offset);
  }
}
