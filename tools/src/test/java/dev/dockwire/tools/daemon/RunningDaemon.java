package dev.dockwire.tools.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** A daemon in real time, on a thread of its own. */
final class RunningDaemon {

  private final DaemonCommand daemon = new DaemonCommand();
  private final Path socket;
  private final Thread thread;

  /** Starts it; its socket is in a folder. */
  RunningDaemon(Path folder, String... options) {
    socket = folder.resolve("d.sock");
    List<String> arguments = new ArrayList<>(List.of("--socket", socket.toString()));
    arguments.addAll(List.of(options));
    StringWriter said = new StringWriter();
    CommandLine line =
        new CommandLine(daemon).setOut(new PrintWriter(said)).setErr(new PrintWriter(said));
    thread = Thread.ofPlatform().start(() -> line.execute(arguments.toArray(new String[0])));
    while (!said.toString().contains("listening") && thread.isAlive()) {
      Thread.onSpinWait();
    }
    assertThat(thread.isAlive()).as(said.toString()).isTrue();
  }

  Path socket() {
    return socket;
  }

  void end() throws InterruptedException {
    daemon.end();
    thread.join();
    assertThat(socket).doesNotExist();
  }
}
