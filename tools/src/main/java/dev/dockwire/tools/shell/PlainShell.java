package dev.dockwire.tools.shell;

import dev.dockwire.host.Process;
import dev.dockwire.host.Stdio;
import dev.dockwire.host.WaitQueue;
import dev.dockwire.tools.DockerHostShell;
import dev.dockwire.tools.live.LiveHost;
import java.io.InputStream;
import java.io.OutputStream;

/** A shell without a terminal: commands from one stream, output to two, no prompt. */
final class PlainShell {

  /** What may wait to be printed before the program that prints has to wait. */
  private static final int MAX_WAITING = 256 << 10;

  private final LiveHost host;
  private final InputStream in;
  private final OutputStream out;
  private final OutputStream err;

  PlainShell(LiveHost host, InputStream in, OutputStream out, OutputStream err) {
    this.host = host;
    this.in = in;
    this.out = out;
    this.err = err;
  }

  /** Runs on the world's thread until the shell ends; returns its status. */
  int run() {
    WaitQueue drained = new WaitQueue();
    Outlet outlet =
        new Outlet("output", MAX_WAITING, () -> host.world().loop().execute(drained::wakeAll));
    Process shell =
        DockerHostShell.start(
            host.engine(),
            new Stdio(
                new StandardInput(host.world().loop(), in),
                new StandardOutput(outlet, drained, out),
                new StandardOutput(outlet, drained, err)));
    host.world().loop().runUntil(shell::hasEnded);
    outlet.end();
    outlet.join(0);
    return shell.exitStatus();
  }
}
