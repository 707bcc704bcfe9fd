package dev.dockwire.tools.daemon;

import dev.dockwire.engine.Container;
import dev.dockwire.engine.Engine;
import dev.dockwire.engine.EngineException;
import dev.dockwire.engine.spec.ContainerSpec;
import dev.dockwire.tools.JsonObject;
import dev.dockwire.tools.docker.TopTable;
import dev.dockwire.tools.docker.filter.ContainerFilter;
import dev.dockwire.tools.docker.filter.PruneFilter;
import dev.dockwire.tools.docker.flag.UsageException;
import dev.dockwire.tools.docker.inspect.ContainerSummary;
import dev.dockwire.tools.docker.inspect.ContainerView;
import dev.dockwire.tools.docker.inspect.Fields;
import dev.dockwire.tools.docker.option.ContainerOptions;
import dev.dockwire.tools.template.GoStruct;
import java.util.ArrayList;
import java.util.List;

/** {@code /containers}: making, finding and looking at them. */
final class ContainerRoutes {

  private final Engine engine;

  ContainerRoutes(Engine engine) {
    this.engine = engine;
  }

  void addTo(Router router) {
    router
        .add("GET", "/containers/json", (exchange, _) -> list(exchange))
        .add("POST", "/containers/create", (exchange, _) -> create(exchange))
        .add("POST", "/containers/prune", (exchange, _) -> prune(exchange))
        .add(
            "GET",
            "/containers/{}/json",
            (exchange, name) -> exchange.json(ContainerView.of(engine.container(name), engine)))
        .add("GET", "/containers/{}/top", this::top);
  }

  private void list(Exchange exchange) {
    Request request = exchange.request();
    ContainerFilter filter = new ContainerFilter(engine, request.filters());
    long now = exchange.self().now();
    List<Container> selected = filter.select(request.isTrue("all"), limit(request));
    // Each is written before the next is made.
    exchange.json(
        (Iterable<GoStruct>)
            () ->
                selected.stream()
                    .map(container -> ContainerSummary.of(container, engine, now))
                    .iterator());
  }

  private static long limit(Request request) {
    return request.parameter("limit").isEmpty() ? -1 : request.number("limit");
  }

  private void create(Exchange exchange) {
    JsonObject body = exchange.request().json();
    ContainerSpec spec = ContainerBody.spec(body, exchange.request().parameter("name"));
    List<String> warnings = new ArrayList<>(ContainerOptions.warnings(spec));
    warnings.addAll(ContainerBody.warnings(body));
    Container container = engine.create(spec);
    exchange.json(
        Exchange.CREATED,
        new Fields()
            .put("Id", container.id())
            .put("Warnings", warnings)
            .as("container.CreateResponse"));
  }

  private void prune(Exchange exchange) {
    PruneFilter filter = new PruneFilter(engine, exchange.request().filters());
    List<String> removed =
        engine.prune(container -> filter.matches(container.createdAt(), container.spec().labels()));
    exchange.json(
        new Fields()
            .put("ContainersDeleted", removed.isEmpty() ? null : removed)
            .put("SpaceReclaimed", 0)
            .as("container.PruneReport"));
  }

  private void top(Exchange exchange, String name) {
    String options = exchange.request().parameter("ps_args").strip();
    List<String> psOptions = options.isEmpty() ? List.of() : List.of(options.split(" +"));
    try {
      TopTable table = TopTable.of(engine, engine.container(name), psOptions);
      exchange.json(
          new Fields()
              .put("Titles", table.titles())
              .put("Processes", table.rows())
              .as("container.TopResponse"));
    } catch (UsageException e) {
      throw new EngineException(EngineException.INTERNAL, e.getMessage());
    }
  }
}
