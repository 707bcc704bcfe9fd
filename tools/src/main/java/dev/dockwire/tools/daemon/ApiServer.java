package dev.dockwire.tools.daemon;

import dev.dockwire.edge.Acceptor;
import dev.dockwire.edge.EdgeLoop;
import dev.dockwire.engine.Engine;
import dev.dockwire.host.Host;
import dev.dockwire.host.Process;
import dev.dockwire.host.ProcessSpec;
import dev.dockwire.host.Program;
import dev.dockwire.host.Stdio;
import dev.dockwire.host.WaitQueue;
import dev.dockwire.tools.daemon.RequestReader.Incoming;
import dev.dockwire.tools.template.GoJson;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import io.netty.channel.ServerChannel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Answers docker clients on listening sockets. Each request becomes a process of a host of its own,
 * {@code dockerd}, so that it may wait; there are as many at a time as a host has processes.
 */
final class ApiServer {

  private static final WriteBufferWaterMark WATER_MARK =
      new WriteBufferWaterMark(32 * 1024, 128 * 1024);

  private static final ByteBuf FULL =
      Unpooled.unreleasableBuffer(
          Unpooled.copiedBuffer(
              "HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
              StandardCharsets.US_ASCII));

  private final EdgeLoop edge;
  private final ApiLimits limits;
  private final BodyMemory bodies;
  private final ApiVersion newest;
  private final Map<String, String> fields = new LinkedHashMap<>();
  private final Host host;
  private final Router router;
  private final Durability durability;
  private final Bugs bugs;
  private final GoJson json = new GoJson();
  private int connections;
  private long slowClients;

  ApiServer(EdgeLoop edge, Engine engine, Durability durability, ApiLimits limits, Bugs bugs) {
    this.edge = edge;
    this.durability = durability;
    this.bugs = bugs;
    this.limits = limits;
    this.bodies = new BodyMemory(limits.bodyBytes());
    this.newest = ApiVersion.parse(engine.settings().compat().apiVersion());
    String version = engine.settings().compat().dockerVersion();
    fields.put("Api-Version", newest.toString());
    fields.put("Docker-Experimental", "false");
    fields.put("Ostype", "linux");
    fields.put("Server", "Docker/" + version + " (linux)");
    Host machine = engine.dockerHost().host();
    this.host = new Host(engine.world(), "dockerd", "docker", machine.stack(), machine.files());
    this.router = new Router();
    new SystemRoutes(engine).addTo(router);
    new AbsentRoutes().addTo(router);
    new NetworkRoutes(engine).addTo(router);
    new ImageRoutes(engine).addTo(router);
    new ContainerRoutes(engine).addTo(router);
    new ArchiveRoutes(engine).addTo(router);
    new StatsRoutes(engine).addTo(router);
    new LifecycleRoutes(engine).addTo(router);
    new StreamRoutes(engine).addTo(router);
    new AttachRoutes(engine).addTo(router);
    new ExecRoutes(engine).addTo(router);
    // A host's processes end with its first one: this one stays.
    start(
        "dockerd",
        self -> {
          self.await(new WaitQueue(), () -> false);
          return 0;
        });
  }

  private Process start(String name, Program program) {
    return host.processes()
        .start(program, null, new ProcessSpec(List.of(name), Map.of(), "/", Stdio.NULL));
  }

  Process start(Exchange exchange) {
    fields.forEach(exchange::field);
    return start("request", self -> exchange.answer(self, router, durability, bugs));
  }

  /** What a request's body took is free again. */
  void forget(Incoming incoming) {
    bodies.give(incoming.bodyBytes());
  }

  /** Where further routes can be added. */
  Router router() {
    return router;
  }

  /** What an answer is written with and sent before anybody else has a turn. */
  GoJson json() {
    return json;
  }

  /** How many connections are served. */
  int connections() {
    return connections;
  }

  /** A client was dropped because it did not read what happened. */
  void slowClient() {
    slowClients++;
  }

  /** {@code api.slow}: how many clients were dropped for not reading. */
  long slowClients() {
    return slowClients;
  }

  /** How many processes answer requests. */
  int answering() {
    return host.processes().list().size() - 1;
  }

  /** How much of requests' bodies is held. */
  long bodyBytes() {
    return bodies.held();
  }

  /** A bug: the loop stops with it. */
  void fail(Throwable bug) {
    edge.fail(bug);
  }

  /** Accepts connections from the loop's next turn on. */
  void listen(ServerChannel server) {
    server.pipeline().addLast(new Acceptor(edge, this::take));
    edge.register(server);
  }

  /** Strict: a request whose length is said in two ways is refused (RFC 9112 section 6.1). */
  private static HttpDecoderConfig decoding() {
    return new HttpDecoderConfig()
        .setMaxInitialLineLength(RequestReader.MAX_LINE)
        .setMaxHeaderSize(RequestReader.MAX_HEAD)
        .setStrictLineParsing(true)
        .setUseRfc9112TransferEncoding(true);
  }

  private void take(Channel accepted) {
    if (connections == limits.connections()) {
      edge.register(accepted);
      accepted.writeAndFlush(FULL.duplicate()).addListener(ChannelFutureListener.CLOSE);
      return;
    }
    connections++;
    accepted.closeFuture().addListener(_ -> connections--);
    accepted.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
    accepted.config().setWriteBufferWaterMark(WATER_MARK);
    RequestClock clock = new RequestClock(host.world(), limits);
    accepted
        .pipeline()
        .addLast(clock, new HttpRequestDecoder(decoding()), new HttpResponseEncoder())
        .addLast(new RequestReader(newest, clock, bodies), new ApiConnection(this, clock));
    edge.register(accepted);
  }
}
