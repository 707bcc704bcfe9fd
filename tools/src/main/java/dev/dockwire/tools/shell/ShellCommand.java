package dev.dockwire.tools.shell;

import dev.dockwire.capture.CaptureWriter;
import dev.dockwire.engine.EngineException;
import dev.dockwire.engine.EngineSettings;
import dev.dockwire.time.Seed;
import dev.dockwire.tools.EngineOptions;
import dev.dockwire.tools.FileProblem;
import dev.dockwire.tools.PublishOptions;
import dev.dockwire.tools.UplinkOption;
import dev.dockwire.tools.live.CaptureScope;
import dev.dockwire.tools.live.LiveHost;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code dockwire shell}. */
@Command(
    name = "shell",
    description = {
      "A shell on a fresh Docker host, in real time.",
      "",
      "Commands come from standard input. If that is a terminal, lines can be edited, and are"
          + " remembered in $XDG_STATE_HOME/dockwire/history (~/.local/state if that is not set).",
      "",
      "Exit status: the shell's."
    },
    mixinStandardHelpOptions = true)
public final class ShellCommand implements Callable<Integer> {

  private static final int UNUSABLE = 2;

  @Spec private CommandSpec spec;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "The seed of ids, names and emulated losses. Default: 1.")
  private long seed;

  @Option(
      names = "--capture",
      paramLabel = "FILE.pcapng",
      description =
          "Capture every frame on every link into a file or named pipe; 'capture' starts more.")
  private Path captureFile;

  @Mixin private EngineOptions engineOptions;

  @Mixin private PublishOptions publishOptions;

  @Mixin private UplinkOption uplinkOption;

  @Override
  public Integer call() {
    try (LiveHost host =
        new LiveHost(
            new Seed(seed),
            engineOptions.over(EngineSettings.DEFAULT),
            publishOptions.settings(),
            uplinkOption.policy(),
            this::tell)) {
      if (captureFile != null) {
        host.captures()
            .start(captureFile, CaptureScope.EVERYTHING, false, CaptureWriter.WHOLE_FRAMES);
      }
      return System.console() != null && System.console().isTerminal()
          ? onTerminal(host)
          : new PlainShell(host, System.in, System.out, System.err).run();
    } catch (EngineException e) {
      return fail(e.getMessage());
    } catch (IOException e) {
      return fail((captureFile == null ? "" : captureFile + ": ") + FileProblem.inWords(e));
    }
  }

  /** Of JLine's ways to the terminal, those that unpack no library into a temporary folder. */
  private static int onTerminal(LiveHost host) throws IOException {
    try (Terminal terminal =
        TerminalBuilder.builder()
            .system(true)
            .jni(false)
            .dumb(true)
            .graphemeCluster(false)
            .build()) {
      return new TerminalShell(host, terminal, HistoryFile.ofUser()).run();
    }
  }

  private void tell(String notice) {
    spec.commandLine().getErr().println("dockwire shell: " + notice);
    spec.commandLine().getErr().flush();
  }

  private int fail(String complaint) {
    tell(complaint);
    return UNUSABLE;
  }
}
