package dev.dockwire.tools.daemon;

import dev.dockwire.engine.Container;
import dev.dockwire.engine.Engine;
import dev.dockwire.engine.EngineException;
import dev.dockwire.host.Input;
import dev.dockwire.host.Output;
import dev.dockwire.host.Process;
import dev.dockwire.host.Stdio;
import dev.dockwire.time.Clock;
import dev.dockwire.tools.docker.LogStream;
import dev.dockwire.tools.docker.TimeRange;
import java.util.List;
import java.util.function.BooleanSupplier;

/** {@code /containers/C/attach}: a client's streams become the container's, before it runs too. */
final class AttachRoutes {

  private static final TimeRange ALWAYS = new TimeRange(Long.MIN_VALUE, Long.MAX_VALUE);

  private final Engine engine;

  AttachRoutes(Engine engine) {
    this.engine = engine;
  }

  void addTo(Router router) {
    router.add("POST", "/containers/{}/attach", this::attach);
  }

  private void attach(Exchange exchange, String name) {
    Container container = engine.container(name);
    Request request = exchange.request();
    DetachKeys keys = DetachKeys.parse(request.parameter("detachKeys"));
    if (container.state() == Container.State.PAUSED) {
      throw new EngineException(
          EngineException.CONFLICT,
          "container " + name + " is paused, unpause the container before attach");
    }
    boolean framed = container.tty().isEmpty();
    Hijack client = exchange.hijack(framed);
    if (request.isTrue("logs")) {
      showLog(exchange.self(), container, client, request);
    }
    if (!request.isTrue("stream")) {
      client.end();
      return;
    }
    engine.attached(container);
    if (framed) {
      attachStreams(exchange.self(), container, client, request);
    } else {
      attachTerminal(exchange.self(), container, client, request, keys);
    }
  }

  private static Output output(Hijack client, Request request, String name, int stream) {
    return request.isTrue(name) ? client.output(stream) : Output.NULL;
  }

  private static void showLog(Process self, Container container, Hijack client, Request request) {
    new LogStream(container, ALWAYS, "all", false, false)
        .print(
            self,
            output(client, request, "stdout", Frames.STDOUT),
            output(client, request, "stderr", Frames.STDERR),
            client.changed(),
            client::isGone);
  }

  /** The end of the client's input is the program's only if the container says so. */
  private static void attachStreams(
      Process self, Container container, Hijack client, Request request) {
    boolean withInput = request.isTrue("stdin") && container.spec().openStdin();
    boolean onlyClient = container.spec().stdinOnce();
    Stdio streams =
        new Stdio(
            withInput ? client.input(onlyClient) : Input.NULL,
            output(client, request, "stdout", Frames.STDOUT),
            output(client, request, "stderr", Frames.STDERR));
    container.attach(streams, withInput);
    try {
      BooleanSupplier ended = ended(container);
      BooleanSupplier inputOver = () -> withInput && !onlyClient && client.isInputOver();
      await(self, container, client, () -> ended.getAsBoolean() || inputOver.getAsBoolean());
      if (!ended.getAsBoolean() && !client.isGone()) {
        container.detach(streams);
        container.attach(streams.withIn(Input.NULL), false);
        client.release();
        await(self, container, client, ended);
      }
    } finally {
      container.detach(streams);
      client.release();
      client.end();
    }
  }

  private static void await(
      Process self, Container container, Hijack client, BooleanSupplier ended) {
    BooleanSupplier over = () -> ended.getAsBoolean() || client.isGone();
    while (!over.getAsBoolean()) {
      self.await(
          List.of(container.changed(), client.inputChanged(), client.changed()), over, Clock.NEVER);
    }
  }

  private static BooleanSupplier ended(Container container) {
    long exits = container.exits();
    return () -> container.exits() != exits || container.state() == Container.State.REMOVED;
  }

  private void attachTerminal(
      Process self, Container container, Hijack client, Request request, DetachKeys keys) {
    boolean withInput = request.isTrue("stdin") && container.spec().openStdin();
    try (TerminalLink link = new TerminalLink(client, container.tty().orElseThrow(), keys)) {
      if (!link.relayUntil(self, withInput, container.changed(), ended(container))) {
        engine.detached(container);
      }
    }
  }
}
