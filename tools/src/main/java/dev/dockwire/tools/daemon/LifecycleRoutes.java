package dev.dockwire.tools.daemon;

import dev.dockwire.engine.Container;
import dev.dockwire.engine.Engine;
import dev.dockwire.engine.EngineException;
import dev.dockwire.engine.spec.RestartPolicy;
import dev.dockwire.host.Signal;
import dev.dockwire.tools.JsonObject;
import dev.dockwire.tools.docker.Exits;
import dev.dockwire.tools.docker.StopOptions;
import dev.dockwire.tools.docker.inspect.Fields;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/** {@code /containers/C/start}, and whatever else becomes of a container. */
final class LifecycleRoutes {

  private final Engine engine;

  LifecycleRoutes(Engine engine) {
    this.engine = engine;
  }

  void addTo(Router router) {
    router
        .add("POST", "/containers/{}/start", this::start)
        .add("POST", "/containers/{}/stop", this::stop)
        .add("POST", "/containers/{}/restart", this::restart)
        .add("POST", "/containers/{}/kill", this::kill)
        .add("POST", "/containers/{}/wait", this::await)
        .add("POST", "/containers/{}/rename", this::rename)
        .add("POST", "/containers/{}/resize", this::resize)
        .add(
            "POST",
            "/containers/{}/pause",
            (exchange, name) -> {
              engine.pause(engine.container(name));
              exchange.empty(Exchange.NO_CONTENT);
            })
        .add(
            "POST",
            "/containers/{}/unpause",
            (exchange, name) -> {
              engine.unpause(engine.container(name));
              exchange.empty(Exchange.NO_CONTENT);
            })
        .add("POST", "/containers/{}/update", this::update)
        .add("DELETE", "/containers/{}", this::remove);
  }

  private void start(Exchange exchange, String name) {
    boolean started = engine.start(engine.container(name));
    exchange.empty(started ? Exchange.NO_CONTENT : Exchange.NOT_MODIFIED);
  }

  private void stop(Exchange exchange, String name) {
    Container container = engine.container(name);
    Optional<Signal> signal = signal(exchange);
    OptionalLong grace = graceNanos(exchange, container);
    if (!container.isRunning()) {
      exchange.empty(Exchange.NOT_MODIFIED);
      return;
    }
    long exits = container.exits();
    engine.stop(container, signal, grace);
    Exits.await(exchange.self(), container, exits);
    exchange.empty(Exchange.NO_CONTENT);
  }

  private static Optional<Signal> signal(Exchange exchange) {
    String signal = exchange.request().parameter("signal");
    return signal.isEmpty() ? Optional.empty() : Optional.of(Engine.signal(signal));
  }

  private static OptionalLong graceNanos(Exchange exchange, Container container) {
    boolean said = !exchange.request().parameter("t").isEmpty();
    Optional<Long> seconds =
        said ? Optional.of((long) exchange.request().number("t")) : Optional.empty();
    return StopOptions.graceNanos(seconds, container);
  }

  private void restart(Exchange exchange, String name) {
    Container container = engine.container(name);
    Optional<Signal> signal = signal(exchange);
    Exits.restart(exchange.self(), engine, container, signal, graceNanos(exchange, container));
    exchange.empty(Exchange.NO_CONTENT);
  }

  private void kill(Exchange exchange, String name) {
    Signal signal = signal(exchange).orElse(Signal.KILL);
    engine.kill(engine.container(name), signal);
    exchange.empty(Exchange.NO_CONTENT);
  }

  private void rename(Exchange exchange, String name) {
    engine.rename(engine.container(name), exchange.request().parameter("name"));
    exchange.empty(Exchange.NO_CONTENT);
  }

  /** Of what can be changed only the restart policy means anything here. */
  private void update(Exchange exchange, String name) {
    Container container = engine.container(name);
    JsonObject policy = exchange.request().json().object("RestartPolicy");
    List<String> warnings = List.of("Dockwire does not limit resources; nothing is changed.");
    if (policy.filled("Name").isPresent()) {
      engine.update(
          container,
          new RestartPolicy(policy.text("Name"), policy.integer("MaximumRetryCount").orElse(0)));
      warnings = List.of();
    }
    exchange.json(new Fields().put("Warnings", warnings).as("container.UpdateResponse"));
  }

  private void remove(Exchange exchange, String name) {
    if (exchange.request().isTrue("link")) {
      engine.removeLink(name);
    } else {
      Container container = engine.container(name);
      engine.remove(container, exchange.request().isTrue("force"));
      while (container.state() != Container.State.REMOVED) {
        exchange
            .self()
            .await(container.changed(), () -> container.state() == Container.State.REMOVED);
      }
    }
    exchange.empty(Exchange.NO_CONTENT);
  }

  /**
   * The head of the answer goes out at once: {@code docker run} does not start before it has it.
   */
  private void await(Exchange exchange, String name) {
    Container container = engine.container(name);
    BooleanSupplier met = condition(exchange.request().parameter("condition"), container);
    Chunks body = exchange.chunks("application/json");
    boolean there = exchange.await(container.changed(), met);
    Fields answer = new Fields();
    if (there) {
      answer.put("StatusCode", container.exitCode());
    } else {
      answer
          .put("StatusCode", -1)
          .put("Error", new Fields().put("Message", "context canceled").as("*WaitExitError"));
    }
    body.json(exchange.self(), answer.as("container.WaitResponse"));
    body.end();
  }

  private static BooleanSupplier condition(String word, Container container) {
    long exits = container.exits();
    BooleanSupplier removed = () -> container.state() == Container.State.REMOVED;
    return switch (word) {
      case "", "not-running" -> () -> container.exits() != exits || !container.isRunning();
      case "next-exit" -> () -> container.exits() != exits || removed.getAsBoolean();
      case "removed" -> removed;
      default ->
          throw new EngineException(
              EngineException.BAD_REQUEST, "invalid condition: \"" + word + "\"");
    };
  }

  private void resize(Exchange exchange, String name) {
    Container container = engine.container(name);
    int rows = exchange.request().number("h");
    int columns = exchange.request().number("w");
    if (!container.isRunning()) {
      throw new EngineException(
          EngineException.CONFLICT, "container " + container.id() + " is not running");
    }
    engine.resize(container, rows, columns);
    exchange.empty(Exchange.OK);
  }
}
