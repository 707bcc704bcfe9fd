package dev.dockwire.tools.daemon;

import dev.dockwire.engine.Container;
import dev.dockwire.engine.Engine;
import dev.dockwire.engine.EngineException;
import dev.dockwire.engine.Network;
import dev.dockwire.tools.JsonObject;
import dev.dockwire.tools.docker.filter.NetworkFilter;
import dev.dockwire.tools.docker.filter.PruneFilter;
import dev.dockwire.tools.docker.inspect.Fields;
import dev.dockwire.tools.docker.inspect.NetworkView;
import java.util.List;

/** {@code /networks}. */
final class NetworkRoutes {

  private final Engine engine;

  NetworkRoutes(Engine engine) {
    this.engine = engine;
  }

  void addTo(Router router) {
    router
        .add("GET", "/networks", (exchange, _) -> list(exchange))
        .add("GET", "/networks/{}", this::inspect)
        .add("POST", "/networks/create", (exchange, _) -> create(exchange))
        .add("POST", "/networks/prune", (exchange, _) -> prune(exchange))
        .add("POST", "/networks/{}/connect", this::connect)
        .add("POST", "/networks/{}/disconnect", this::disconnect)
        .add("DELETE", "/networks/{}", this::remove);
  }

  private void list(Exchange exchange) {
    NetworkFilter filter = new NetworkFilter(exchange.request().filters());
    exchange.json(
        engine.networks().list().stream()
            .filter(filter::matches)
            .map(network -> NetworkView.summary(network, engine))
            .toList());
  }

  private void inspect(Exchange exchange, String name) {
    Network network = engine.networks().find(name);
    String scope = exchange.request().parameter("scope");
    if (!scope.isEmpty() && !scope.equals("local")) {
      throw new EngineException(EngineException.NOT_FOUND, "network " + name + " not found");
    }
    exchange.json(NetworkView.of(network, engine));
  }

  private void create(Exchange exchange) {
    Network network = engine.networks().create(NetworkBody.spec(exchange.request().json()));
    exchange.json(
        Exchange.CREATED,
        new Fields().put("Id", network.id()).put("Warning", "").as("network.CreateResponse"));
  }

  private void prune(Exchange exchange) {
    PruneFilter filter = new PruneFilter(engine, exchange.request().filters());
    List<String> removed =
        engine
            .networks()
            .prune(network -> filter.matches(network.createdAt(), network.spec().labels()));
    exchange.json(
        new Fields()
            .put("NetworksDeleted", removed.isEmpty() ? null : removed)
            .as("network.PruneReport"));
  }

  private void connect(Exchange exchange, String name) {
    JsonObject body = exchange.request().json();
    Network network = engine.networks().find(name);
    Container container = engine.container(body.text("Container"));
    engine.connect(
        network,
        container,
        NetworkBody.attachment(network.name(), body.object("EndpointConfig"), List.of()));
    exchange.empty(Exchange.OK);
  }

  private void disconnect(Exchange exchange, String name) {
    JsonObject body = exchange.request().json();
    Network network = engine.networks().find(name);
    engine.disconnect(network, engine.container(body.text("Container")));
    exchange.empty(Exchange.OK);
  }

  private void remove(Exchange exchange, String name) {
    engine.networks().remove(engine.networks().find(name));
    exchange.empty(Exchange.NO_CONTENT);
  }
}
