package dev.dockwire.tools;

import dev.dockwire.tools.dump.DumpCommand;
import dev.dockwire.tools.play.PlayCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code dockwire} command. */
@Command(
    name = "dockwire",
    description = "Docker's networking in one ordinary Java process.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {PlayCommand.class, DumpCommand.class, CommandLine.HelpCommand.class},
    mixinStandardHelpOptions = true,
    version = "dockwire 0.1.0-SNAPSHOT")
public final class Dockwire {

  private Dockwire() {}

  /** Runs the command and ends the process with its exit status. */
  public static void main(String[] arguments) throws InterruptedException {
    int[] status = new int[1];
    // On a virtual thread, handing over to a program and back costs a microsecond, not a wake-up.
    Thread.ofVirtual()
        .name("dockwire")
        .start(() -> status[0] = commandLine().execute(arguments))
        .join();
    if (System.out.checkError()) {
      System.err.println("dockwire: the output cannot be written");
      status[0] = CommandLine.ExitCode.USAGE;
    }
    System.exit(status[0]);
  }

  static CommandLine commandLine() {
    return new CommandLine(new Dockwire());
  }
}
