package dev.dockwire.nat;

import java.util.ArrayList;
import java.util.List;

/**
 * Docker's port proxies: they take what is sent to a published port from the host itself or from a
 * container, and connect to the container from the Docker host, so that the container sees its
 * gateway as the client. Here they are no programs but a translation of both addresses.
 */
public final class Proxies {

  /**
   * One proxy.
   *
   * @param host the address it listens on; 0 for all of the host's
   */
  public record Proxy(int protocol, int host, int hostPort, int container, int containerPort) {

    boolean takes(Tuple tuple) {
      return hostPort == tuple.destinationPort()
          && protocol == tuple.protocol
          && (host == 0 || host == tuple.destination);
    }
  }

  private final List<Proxy> proxies = new ArrayList<>();

  Proxies() {}

  public void add(Proxy proxy) {
    proxies.add(proxy);
  }

  public void remove(Proxy proxy) {
    proxies.remove(proxy);
  }

  /** The proxy that listens where this goes; null if none does. */
  Proxy find(Tuple tuple) {
    for (Proxy proxy : proxies) {
      if (proxy.takes(tuple)) {
        return proxy;
      }
    }
    return null;
  }
}
