package dev.dockwire.engine.spec;

/**
 * What {@code -p} asks for: a container's port and where it is to be on the host.
 *
 * @param protocol {@code tcp} or {@code udp}
 * @param hostAddress as the user wrote it; empty for what the network says
 * @param firstHostPort 0 for any
 * @param lastHostPort the same as the first, unless one of several may be taken
 */
public record PortBinding(
    int containerPort, String protocol, String hostAddress, int firstHostPort, int lastHostPort) {

  /** Any port of the host, on all addresses. */
  public static PortBinding anyFor(String exposed) {
    ExposedPort port = ExposedPort.parse(exposed);
    return new PortBinding(port.number(), port.protocol(), "", 0, 0);
  }

  /** The container's port as Docker writes it: {@code 80/tcp}. */
  public String exposed() {
    return new ExposedPort(containerPort, protocol).toString();
  }

  /** The host's port as Docker writes it: empty, a number, or a range. */
  public String hostPort() {
    if (firstHostPort == 0) {
      return "";
    }
    return firstHostPort == lastHostPort
        ? Integer.toString(firstHostPort)
        : firstHostPort + "-" + lastHostPort;
  }
}
