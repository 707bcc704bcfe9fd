package dev.dockwire.tools.daemon;

import dev.dockwire.engine.Engine;
import dev.dockwire.engine.EngineException;
import dev.dockwire.engine.EngineSettings;
import dev.dockwire.host.World;
import dev.dockwire.time.Seed;
import dev.dockwire.tools.EngineOptions;
import dev.dockwire.tools.FileProblem;
import dev.dockwire.tools.PublishOptions;
import dev.dockwire.tools.UplinkOption;
import dev.dockwire.tools.daemon.socket.ControlSocket;
import dev.dockwire.tools.daemon.state.StateFolder;
import dev.dockwire.tools.daemon.state.StateKeeper;
import dev.dockwire.tools.live.LiveHost;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code dockwire daemon}: an engine in real time that docker clients talk to. */
@Command(
    name = "daemon",
    description = "Answers the ordinary docker client, until it is told to end.",
    mixinStandardHelpOptions = true)
public final class DaemonCommand implements Callable<Integer> {

  private static final int UNUSABLE = 2;
  private static final int PATIENCE_SECONDS = 5;

  @Spec private CommandSpec spec;

  @Mixin private SocketOption socketOption;

  @Mixin private TcpOption tcpOption;

  @Option(names = "--seed", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}.")
  private long seed = 1;

  @Option(
      names = "--state",
      paramLabel = "DIR",
      description =
          "Keep networks and containers there, over the daemon's end or crash. Default: nowhere.")
  private Path state;

  @Mixin private EngineOptions engineOptions;

  @Mixin private PublishOptions publishOptions;

  @Mixin private UplinkOption uplinkOption;

  private volatile boolean told;
  private volatile World running;

  @Override
  public Integer call() throws IOException, InterruptedException {
    // Opens every jar of the class path: one replaced by a build while this runs is then no matter.
    ClassLoader.getSystemResource("dev/dockwire/absent");
    EngineSettings settings = engineOptions.over(EngineSettings.DEFAULT);
    Optional<InetSocketAddress> address = tcpOption.address();
    if (state == null) {
      return serve(settings, Optional.empty(), address);
    }
    StateFolder folder;
    try {
      folder = StateFolder.open(state);
    } catch (IOException e) {
      return unusable(state, e);
    }
    try (folder) {
      return serve(settings, Optional.of(folder), address);
    }
  }

  private int unusable(Object what, Exception why) {
    String reason = why instanceof IOException e ? FileProblem.inWords(e) : why.getMessage();
    spec.commandLine().getErr().println("dockwire: " + what + ": " + reason);
    return UNUSABLE;
  }

  private int serve(
      EngineSettings settings, Optional<StateFolder> folder, Optional<InetSocketAddress> address)
      throws IOException {
    Path socketPath = socketOption.path();
    ControlSocket socket;
    try {
      socket = ControlSocket.open(socketPath);
    } catch (IOException e) {
      return unusable(socketPath, e);
    }
    try (socket) {
      Optional<ServerSocketChannel> listener = Optional.empty();
      if (address.isPresent()) {
        try {
          listener = Optional.of(TcpOption.listen(address.get()));
        } catch (IOException e) {
          return unusable(tcpOption.text(), e);
        }
      }
      return serve(settings, folder, socket, socketPath, listener);
    }
  }

  private int serve(
      EngineSettings settings,
      Optional<StateFolder> folder,
      ControlSocket socket,
      Path socketPath,
      Optional<ServerSocketChannel> listener)
      throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    LiveHost live =
        new LiveHost(
            new Seed(seed),
            settings,
            publishOptions.settings(),
            uplinkOption.policy(),
            out::println);
    World world = live.world();
    Engine engine = live.engine();
    PrintWriter err = spec.commandLine().getErr();
    Optional<StateKeeper> keeper = Optional.empty();
    if (folder.isPresent()) {
      try {
        folder.get().read().ifPresent(engine::restore);
      } catch (IOException | EngineException e) {
        return unusable(folder.get().file(), e);
      }
      keeper = Optional.of(new StateKeeper(engine, folder.get(), err::println));
      engine.startAgain();
    }
    ApiServer server =
        new ApiServer(
            live.edge(),
            engine,
            keeper.<Durability>map(it -> it::await).orElse(Durability.NONE),
            ApiLimits.DEFAULT,
            Bugs.printedOn(err));
    server.listen(socket.acceptor(err::println));
    out.println("dockwire: listening on unix://" + socketPath);
    if (listener.isPresent()) {
      server.listen(new NioServerSocketChannel(listener.get()));
      out.println("dockwire: listening on tcp:/" + listener.get().getLocalAddress());
    }
    out.flush();
    running = world;
    CountDownLatch ended = endWhenTold();
    try {
      world.loop().runUntil(() -> told);
      live.close();
      keeper.ifPresent(StateKeeper::close);
      socket.close();
    } finally {
      ended.countDown();
    }
    return 0;
  }

  /** On SIGTERM and SIGINT the JVM waits until the containers have ended and the socket is gone. */
  private CountDownLatch endWhenTold() {
    CountDownLatch ended = new CountDownLatch(1);
    Thread hook =
        new Thread(
            () -> {
              end();
              try {
                ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
              } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
              }
            });
    Runtime.getRuntime().addShutdownHook(hook);
    return ended;
  }

  /** Has it end once it runs; may be called from any thread. */
  void end() {
    told = true;
    World world = running;
    if (world != null) {
      world.loop().execute(() -> {});
    }
  }
}
