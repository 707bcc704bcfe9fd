package dev.dockwire.tools.play;

import dev.dockwire.capture.Capture;
import dev.dockwire.capture.CaptureFilter;
import dev.dockwire.edge.EdgeLoop;
import dev.dockwire.edge.Uplink;
import dev.dockwire.engine.EngineException;
import dev.dockwire.engine.EngineSettings;
import dev.dockwire.host.World;
import dev.dockwire.time.Seed;
import dev.dockwire.tools.EngineOptions;
import dev.dockwire.tools.FileProblem;
import dev.dockwire.tools.UplinkOption;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dockwire play FILE.md ...}. */
@Command(
    name = "play",
    description = {
      "Plays the console blocks of Markdown files, each on a fresh Docker host, and compares what"
          + " comes back with what they say.",
      "",
      "Exit status: 0 all as expected, 1 something was not, 2 wrong usage or unreadable file, 3"
          + " time limit."
    },
    mixinStandardHelpOptions = true)
public final class PlayCommand implements Callable<Integer> {

  private static final int AS_EXPECTED = 0;
  private static final int MISMATCH = 1;
  private static final int UNUSABLE = 2;
  private static final int TIME_LIMIT = 3;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE.md", arity = "1..*", description = "The scenarios.")
  private List<Path> files;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "The seed of all chance: the same seed gives the same bytes. Default: 1.")
  private long seed;

  @Option(
      names = "--real-time",
      description = "Play in real time. Default: virtual time, where waiting costs nothing.")
  private boolean realTime;

  @Option(
      names = "--capture",
      paramLabel = "FILE.pcapng",
      description = "Capture every frame on every link; a name ending in .pcap gives that format.")
  private Path captureFile;

  @Option(names = "--update", description = "Rewrite the expected output that does not match.")
  private boolean update;

  @Option(names = "--junit-xml", paramLabel = "FILE", description = "Write a report for CI.")
  private Path junitXml;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "How long one file may take on this machine. Default: 60.")
  private long timeoutSeconds;

  @Mixin private EngineOptions engineOptions;

  @Mixin private UplinkOption uplinkOption;

  private boolean captureFailed;

  @Override
  public Integer call() {
    if (captureFile != null && files.size() > 1) {
      throw new ParameterException(
          spec.commandLine(), "--capture takes one scenario, not " + files.size());
    }
    if (timeoutSeconds < 1 || timeoutSeconds > 1_000_000) {
      throw new ParameterException(
          spec.commandLine(), "--timeout is 1 to 1000000 seconds, not " + timeoutSeconds);
    }
    if (uplinkOption.policy() != Uplink.Policy.NONE && !realTime) {
      throw new ParameterException(spec.commandLine(), "--uplink needs --real-time");
    }
    engineOptions.over(EngineSettings.DEFAULT);
    List<Scenario> scenarios = new ArrayList<>();
    for (Path file : files) {
      Optional<Scenario> scenario = read(file);
      if (scenario.isEmpty()) {
        return UNUSABLE;
      }
      scenarios.add(scenario.get());
    }
    return playAll(scenarios);
  }

  private int playAll(List<Scenario> scenarios) {
    int status = AS_EXPECTED;
    List<JunitXml.Suite> suites = new ArrayList<>();
    for (Scenario scenario : scenarios) {
      try {
        JunitXml.Suite suite = play(scenario);
        suites.add(suite);
        status = Math.max(status, statusOf(suite));
      } catch (UnwritableException e) {
        complain(e.reason, e.file);
        return UNUSABLE;
      } catch (EngineException e) {
        complain(e.getMessage(), scenario.file());
        return UNUSABLE;
      }
    }
    if (junitXml != null) {
      try {
        JunitXml.write(junitXml, suites);
      } catch (IOException e) {
        complain(e, junitXml);
        return UNUSABLE;
      }
    }
    return captureFailed ? Math.max(status, MISMATCH) : status;
  }

  private Optional<Scenario> read(Path file) {
    try {
      Scenario scenario = ScenarioReader.read(file);
      if (scenario.steps().isEmpty()) {
        throw new IOException("there is no console block to play");
      }
      return Optional.of(scenario);
    } catch (IOException e) {
      complain(e, file);
      return Optional.empty();
    }
  }

  private JunitXml.Suite play(Scenario scenario) throws UnwritableException {
    boolean terminal = System.console() != null && System.console().isTerminal();
    Screenplay screenplay = new Screenplay(spec.commandLine().getOut(), terminal);
    Seed chance = new Seed(seed);
    // In virtual time nothing of this machine is opened: no selector, no buffers.
    Optional<EdgeLoop> edge = realTime ? Optional.of(new EdgeLoop()) : Optional.empty();
    World world =
        edge.map(sockets -> World.inRealTime(chance, sockets))
            .orElseGet(() -> World.inVirtualTime(chance));
    Progress progress = new Progress(spec.commandLine().getErr(), terminal, world);
    long limitNanos = TimeUnit.SECONDS.toNanos(timeoutSeconds);
    try (Session session =
            new Session(world, engineOptions.over(scenario.settings()), limitNanos, progress);
        Capture capture = startCapture(session, world)) {
      edge.ifPresent(
          sockets -> {
            world.loop().add(sockets);
            Uplink.open(sockets, world, session.engine().dockerHost(), uplinkOption.policy());
          });
      Player player = new Player(scenario, session, screenplay);
      boolean inTime = player.play();
      screenplay.verdict(scenario, player.results(), inTime);
      if (update && inTime) {
        update(scenario, player.results());
      }
      endCapture(capture);
      return new JunitXml.Suite(scenario, player.results(), inTime);
    } finally {
      edge.ifPresent(EdgeLoop::close);
    }
  }

  private void update(Scenario scenario, List<Player.Result> results) throws UnwritableException {
    try {
      int rewritten = Update.apply(scenario, results);
      spec.commandLine().getOut().println(scenario.file() + ": " + rewritten + " steps rewritten");
    } catch (IOException e) {
      throw new UnwritableException(scenario.file(), e);
    }
  }

  /** A file that this command was to write cannot be written. */
  private static final class UnwritableException extends Exception {

    private static final long serialVersionUID = 1;

    private final transient Path file;
    private final transient IOException reason;

    UnwritableException(Path file, IOException reason) {
      super(reason);
      this.file = file;
      this.reason = reason;
    }
  }

  private Capture startCapture(Session session, World world) throws UnwritableException {
    if (captureFile == null) {
      return null;
    }
    try {
      Capture capture =
          Capture.start(
              world.fabric(), captureFile, CaptureFilter.all(), world.loop().clock().epochNanos());
      session.engine().onName((address, name) -> capture.name(address, name));
      return capture;
    } catch (IOException e) {
      throw new UnwritableException(captureFile, e);
    }
  }

  private void endCapture(Capture capture) {
    if (capture == null) {
      return;
    }
    capture.close();
    if (capture.problem().isPresent()) {
      captureFailed = true;
      spec.commandLine().getErr().println("dockwire play: " + capture.problem().get());
    }
  }

  private int statusOf(JunitXml.Suite suite) {
    if (!suite.inTime()) {
      return TIME_LIMIT;
    }
    boolean asExpected = suite.results().stream().allMatch(Player.Result::isAsExpected);
    return asExpected || update ? AS_EXPECTED : MISMATCH;
  }

  private void complain(IOException e, Path file) {
    complain(FileProblem.inWords(e), file);
  }

  private void complain(String why, Path file) {
    spec.commandLine().getErr().println("dockwire play: " + file + ": " + why);
  }
}
