package dev.dockwire.engine;

import dev.dockwire.frame.Ipv4Address;

/**
 * A port of a running container that can be reached at the Docker host.
 *
 * @param protocol {@code tcp} or {@code udp}
 * @param hostAddress where on the host; 0.0.0.0 for all of its addresses
 */
public record PublishedPort(
    int containerPort, String protocol, Ipv4Address hostAddress, int hostPort) {

  /** The container's port as Docker writes it: {@code 80/tcp}. */
  public String exposed() {
    return containerPort + "/" + protocol;
  }
}
