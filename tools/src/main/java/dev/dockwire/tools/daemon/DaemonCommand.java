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

  /** Something that the daemon needs cannot be had. */
  private static final class UnusableException extends Exception {

    private static final long serialVersionUID = 1;

    UnusableException(Object what, Exception why) {
      super(
          what + ": " + (why instanceof IOException e ? FileProblem.inWords(e) : why.getMessage()));
    }
  }

  @Override
  public Integer call() throws IOException {
    // Opens every jar of the class path: one replaced by a build while this runs is then no matter.
    ClassLoader.getSystemResource("dev/dockwire/absent");
    Optional<InetSocketAddress> address = tcpOption.address();
    CountDownLatch ended = endWhenTold();
    try (StateFolder folder = openState();
        ControlSocket socket = openSocket();
        ServerSocketChannel listener = listen(address)) {
      serve(Optional.ofNullable(folder), socket, Optional.ofNullable(listener));
      return 0;
    } catch (UnusableException e) {
      spec.commandLine().getErr().println("dockwire: " + e.getMessage());
      return UNUSABLE;
    } finally {
      ended.countDown();
    }
  }

  /** Null if nothing is to be kept. */
  private StateFolder openState() throws UnusableException {
    try {
      return state == null ? null : StateFolder.open(state);
    } catch (IOException e) {
      throw new UnusableException(state, e);
    }
  }

  private ControlSocket openSocket() throws UnusableException {
    try {
      return ControlSocket.open(socketOption.path());
    } catch (IOException e) {
      throw new UnusableException(socketOption.path(), e);
    }
  }

  /** Null if only the unix socket is listened at. */
  private ServerSocketChannel listen(Optional<InetSocketAddress> address) throws UnusableException {
    try {
      return address.isEmpty() ? null : TcpOption.listen(address.get());
    } catch (IOException e) {
      throw new UnusableException(tcpOption.text(), e);
    }
  }

  private void serve(
      Optional<StateFolder> folder, ControlSocket socket, Optional<ServerSocketChannel> listener)
      throws IOException, UnusableException {
    PrintWriter out = spec.commandLine().getOut();
    LiveHost live =
        new LiveHost(
            new Seed(seed),
            engineOptions.over(EngineSettings.DEFAULT),
            publishOptions.settings(),
            uplinkOption.policy(),
            out::println);
    Optional<StateKeeper> keeper = Optional.empty();
    try {
      if (folder.isPresent()) {
        keeper = Optional.of(restore(live.engine(), folder.get()));
      }
      listen(live, keeper, socket, listener);
      running = live.world();
      live.world().loop().runUntil(() -> told);
    } finally {
      live.close();
      keeper.ifPresent(StateKeeper::close);
    }
  }

  private StateKeeper restore(Engine engine, StateFolder folder) throws UnusableException {
    try {
      folder.read().ifPresent(engine::restore);
    } catch (IOException | EngineException e) {
      throw new UnusableException(folder.file(), e);
    }
    StateKeeper keeper = new StateKeeper(engine, folder, spec.commandLine().getErr()::println);
    engine.startAgain();
    return keeper;
  }

  private void listen(
      LiveHost live,
      Optional<StateKeeper> keeper,
      ControlSocket socket,
      Optional<ServerSocketChannel> listener)
      throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    ApiServer server =
        new ApiServer(
            live.edge(),
            live.engine(),
            keeper.<Durability>map(it -> it::await).orElse(Durability.NONE),
            ApiLimits.DEFAULT,
            Bugs.printedOn(err));
    server.listen(socket.acceptor(err::println));
    out.println("dockwire: listening on unix://" + socketOption.path());
    if (listener.isPresent()) {
      server.listen(new NioServerSocketChannel(listener.get()));
      out.println("dockwire: listening on tcp:/" + listener.get().getLocalAddress());
    }
    out.flush();
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
