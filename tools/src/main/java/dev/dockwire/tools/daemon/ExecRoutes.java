package dev.dockwire.tools.daemon;

import dev.dockwire.engine.Container;
import dev.dockwire.engine.Engine;
import dev.dockwire.engine.EngineException;
import dev.dockwire.host.Input;
import dev.dockwire.host.Output;
import dev.dockwire.host.Process;
import dev.dockwire.host.Stdio;
import dev.dockwire.time.Clock;
import dev.dockwire.tools.JsonObject;
import dev.dockwire.tools.docker.inspect.Fields;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code /exec}: further programs in a container, announced first and started then. */
final class ExecRoutes {

  /** Ended ones can be asked how they ended, until there are so many. */
  private static final int MAX_KEPT = 1_000;

  private final Engine engine;
  private final Map<String, Exec> execs = new LinkedHashMap<>();

  ExecRoutes(Engine engine) {
    this.engine = engine;
  }

  void addTo(Router router) {
    router
        .add("POST", "/containers/{}/exec", this::create)
        .add("POST", "/exec/{}/start", this::start)
        .add("POST", "/exec/{}/resize", this::resize)
        .add("GET", "/exec/{}/json", (exchange, id) -> exchange.json(find(id).view()));
  }

  private Exec find(String id) {
    Exec exec = execs.get(id);
    if (exec == null) {
      throw new EngineException(EngineException.NOT_FOUND, "No such exec instance: " + id);
    }
    return exec;
  }

  private void create(Exchange exchange, String name) {
    JsonObject asked = exchange.request().json();
    Container container = engine.container(name);
    List<String> commandLine = asked.words("Cmd");
    if (commandLine.isEmpty()) {
      throw new EngineException(EngineException.BAD_REQUEST, "No exec command specified");
    }
    DetachKeys keys = DetachKeys.parse(asked.text("DetachKeys"));
    String id = engine.createExec(container, commandLine);
    forgetOldest();
    execs.put(id, new Exec(id, container, asked, keys));
    exchange.json(Exchange.CREATED, new Fields().put("Id", id).as("container.ExecCreateResponse"));
  }

  private void forgetOldest() {
    Iterator<Exec> oldestFirst = execs.values().iterator();
    while (execs.size() >= MAX_KEPT && oldestFirst.hasNext()) {
      Exec exec = oldestFirst.next();
      if (!exec.isRunning()) {
        oldestFirst.remove();
      }
    }
  }

  private void start(Exchange exchange, String id) {
    Exec exec = find(id);
    if (exec.hasStarted()) {
      throw new EngineException(
          EngineException.CONFLICT, "exec " + id + " has already been started");
    }
    if (exchange.request().json().isTrue("Detach")) {
      startDetached(exchange, exec);
      return;
    }
    Hijack client = exchange.hijack(exec.tty().isEmpty());
    if (exec.tty().isPresent()) {
      startOnTerminal(exchange.self(), exec, client);
    } else {
      startWithStreams(exchange.self(), exec, client);
    }
  }

  /** The connection is taken over by now: a refusal is output, and the client asks for why. */
  private Optional<Process> tryStart(Exec exec, Stdio streams, Hijack client) {
    try {
      return Optional.of(exec.start(engine, streams));
    } catch (EngineException refusal) {
      exec.refused(Engine.exitCodeOf(refusal).orElse(1));
      byte[] text = (refusal.getMessage() + "\r\n").getBytes(StandardCharsets.UTF_8);
      client.show(Frames.STDOUT, text, 0, text.length);
      return Optional.empty();
    }
  }

  private void startDetached(Exchange exchange, Exec exec) {
    try {
      exec.start(engine, Stdio.NULL);
    } catch (EngineException refusal) {
      exec.refused(Engine.exitCodeOf(refusal).orElse(1));
      throw refusal;
    }
    exchange.empty(Exchange.OK);
  }

  private void startOnTerminal(Process self, Exec exec, Hijack client) {
    DetachKeys keys = exec.detachKeys();
    try (TerminalLink link = new TerminalLink(client, exec.tty().orElseThrow(), keys)) {
      Optional<Process> started = tryStart(exec, Stdio.NULL, client);
      if (started.isEmpty()) {
        return;
      }
      Process process = started.get();
      if (!link.relayUntil(self, exec.wants("Stdin"), process.ended(), process::hasEnded)) {
        engine.detachedFromExec(exec.container(), exec.id());
      }
    }
  }

  private void startWithStreams(Process self, Exec exec, Hijack client) {
    Stdio streams =
        new Stdio(
            exec.wants("Stdin") ? client.input(true) : Input.NULL,
            exec.wants("Stdout") ? client.output(Frames.STDOUT) : Output.NULL,
            exec.wants("Stderr") ? client.output(Frames.STDERR) : Output.NULL);
    tryStart(exec, streams, client).ifPresent(process -> await(self, process, client));
    client.end();
  }

  private static void await(Process self, Process process, Hijack client) {
    while (!process.hasEnded() && !client.isGone()) {
      self.await(
          List.of(process.ended(), client.changed()),
          () -> process.hasEnded() || client.isGone(),
          Clock.NEVER);
    }
  }

  private void resize(Exchange exchange, String id) {
    Exec exec = find(id);
    if (!exec.isRunning()) {
      throw new EngineException(EngineException.INTERNAL, "cannot resize a stopped container");
    }
    exec.tty()
        .ifPresent(
            tty -> tty.resize(exchange.request().number("h"), exchange.request().number("w")));
    exchange.empty(Exchange.OK);
  }
}
