package dev.dockwire.engine;

import dev.dockwire.frame.Ipv4Address;
import java.io.IOException;

/**
 * Opens published ports to the world outside the emulation as well; see {@link
 * DockerHost#realPorts}.
 */
@FunctionalInterface
public interface RealPorts {

  /** Opens nothing: published ports are reached from inside only. */
  RealPorts NONE = (protocol, address, hostPort) -> () -> {};

  /** A port that is open until it is closed. */
  @FunctionalInterface
  interface Open {
    void close();
  }

  /**
   * Opens a port before it is said to be published.
   *
   * @param protocol {@code tcp} or {@code udp}
   * @param address where on the Docker host; 0.0.0.0 for all of its addresses
   * @throws java.net.BindException in the kernel's words, if the real port cannot be had
   */
  Open open(String protocol, Ipv4Address address, int hostPort) throws IOException;
}
