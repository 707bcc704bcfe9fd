package dev.dockwire.tools.live;

import dev.dockwire.edge.PublishedPorts;
import dev.dockwire.edge.Uplink;
import dev.dockwire.engine.EngineSettings;
import dev.dockwire.time.Seed;

/** Makes live hosts for tests. */
public final class LiveHosts {

  private LiveHosts() {}

  /** One whose containers do not get out. */
  public static LiveHost plain() {
    return new LiveHost(
        new Seed(1),
        EngineSettings.DEFAULT,
        PublishedPorts.Settings.DEFAULT,
        Uplink.Policy.NONE,
        _ -> {});
  }
}
