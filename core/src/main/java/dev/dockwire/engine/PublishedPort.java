package dev.dockwire.engine;

import dev.dockwire.engine.spec.ExposedPort;
import dev.dockwire.engine.spec.PortBinding;
import dev.dockwire.frame.Ipv4Address;

/**
 * A port of a running container that can be reached at the Docker host, or, on a routed network,
 * only at the container's own address.
 *
 * @param protocol {@code tcp} or {@code udp}
 * @param hostAddress where on the host; 0.0.0.0 for all of its addresses
 * @param hostPort 0 if there is none
 */
public record PublishedPort(
    int containerPort, String protocol, Ipv4Address hostAddress, int hostPort) {

  /** The port of a container that is reached at its own address. */
  static PublishedPort atContainer(PortBinding binding) {
    return new PublishedPort(binding.containerPort(), binding.protocol(), Ipv4Address.ANY, 0);
  }

  /** Whether the Docker host has a port for it. */
  public boolean isOnHost() {
    return hostPort != 0;
  }

  /** The host's port as Docker writes it: nothing if there is none. */
  public String hostPortText() {
    return isOnHost() ? Integer.toString(hostPort) : "";
  }

  /** The container's port as Docker writes it: {@code 80/tcp}. */
  public String exposed() {
    return new ExposedPort(containerPort, protocol).toString();
  }
}
