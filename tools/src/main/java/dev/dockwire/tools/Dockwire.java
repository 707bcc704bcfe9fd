package dev.dockwire.tools;

import dev.dockwire.tools.daemon.DaemonCommand;
import dev.dockwire.tools.daemon.EnvCommand;
import dev.dockwire.tools.dump.DumpCommand;
import dev.dockwire.tools.play.PlayCommand;
import dev.dockwire.tools.shell.ShellCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code dockwire} command. */
@Command(
    name = "dockwire",
    description = "Docker's networking in one ordinary Java process.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      PlayCommand.class,
      ShellCommand.class,
      DaemonCommand.class,
      EnvCommand.class,
      DumpCommand.class,
      CommandLine.HelpCommand.class
    },
    mixinStandardHelpOptions = true,
    version = "dockwire 0.1.0-SNAPSHOT")
public final class Dockwire {

  /** The exit status after a bug: not one that says anything about a scenario. */
  private static final int INTERNAL_ERROR = 70;

  private Dockwire() {}

  /** Runs the command and ends the process with its exit status. */
  public static void main(String[] arguments) throws InterruptedException {
    int[] status = {INTERNAL_ERROR};
    // On a virtual thread, handing over to a program and back costs a microsecond, not a wake-up.
    Thread.ofVirtual()
        .name("dockwire")
        .start(
            () -> {
              try {
                status[0] = commandLine().execute(arguments);
              } catch (Throwable bug) {
                bug.printStackTrace();
              }
            })
        .join();
    if (System.out.checkError()) {
      System.err.println("dockwire: the output cannot be written");
      status[0] = CommandLine.ExitCode.USAGE;
    }
    System.exit(status[0]);
  }

  static CommandLine commandLine() {
    return new CommandLine(new Dockwire())
        .setExecutionExceptionHandler(
            (bug, commandLine, parsed) -> {
              bug.printStackTrace(commandLine.getErr());
              return INTERNAL_ERROR;
            });
  }
}
