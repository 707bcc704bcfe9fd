package dev.dockwire.engine;

import dev.dockwire.engine.spec.Attachment;
import dev.dockwire.engine.spec.ContainerSpec;
import dev.dockwire.engine.spec.PortBinding;
import java.util.List;

/** Containers of alpine whose shell waits at its terminal. */
final class Alpine {

  private Alpine() {}

  static Container run(
      Engine engine, String name, List<String> networks, PortBinding... published) {
    Container container =
        engine.create(
            ContainerSpec.of("alpine")
                .withName(name)
                .withTerminal(true, true)
                .withNetworks(networks.stream().map(Attachment::to).toList())
                .withPortBindings(List.of(published)));
    engine.start(container);
    return container;
  }
}
