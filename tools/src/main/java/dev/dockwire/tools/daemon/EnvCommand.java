package dev.dockwire.tools.daemon;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code eval "$(dockwire env)"}: has the shell's docker client talk to the daemon. */
@Command(
    name = "env",
    description = "Prints what a shell evaluates so that its docker client uses the daemon.",
    mixinStandardHelpOptions = true)
public final class EnvCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private SocketOption socket;

  @Override
  public Integer call() {
    Path path = socket.path();
    if (!Files.exists(path)) {
      spec.commandLine().getErr().println("dockwire: no daemon listens at " + path + " yet");
    }
    spec.commandLine().getOut().println("export DOCKER_HOST=" + quoted("unix://" + path));
    return 0;
  }

  private static String quoted(String text) {
    return text.matches("[\\w/:.+@-]*") ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
