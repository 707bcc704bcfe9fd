package dev.dockwire.tools.shell;

import dev.dockwire.host.Process;
import dev.dockwire.host.Stdio;
import dev.dockwire.tools.DockerHostShell;
import dev.dockwire.tools.live.LiveHost;
import java.nio.file.Path;
import java.util.Optional;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.utils.Signals;

/** A shell on a real terminal. */
final class TerminalShell {

  /** The signal would end this process at once, and cut off what captures have not written yet. */
  private static final String HANG_UP = "HUP";

  private final LiveHost host;
  private final Terminal terminal;
  private final Optional<Path> historyFile;

  TerminalShell(LiveHost host, Terminal terminal, Optional<Path> historyFile) {
    this.host = host;
    this.terminal = terminal;
    this.historyFile = historyFile;
  }

  /** Runs on the world's thread until the shell ends; returns its status. */
  int run() {
    takeKeys();
    LineEditor editor = new LineEditor(terminal, new Completion(host), historyFile);
    Console console = new Console(host.world(), terminal, editor);
    terminal.handle(Terminal.Signal.WINCH, _ -> host.world().loop().execute(console::takeSize));
    Runnable hangUp = () -> host.world().loop().execute(console.tty()::hangUp);
    Object before = Signals.register(HANG_UP, hangUp);
    console.takeSize();
    Process shell = DockerHostShell.start(host.engine(), Stdio.of(console.tty()));
    Keyboard keyboard = new Keyboard(host, console, terminal, editor);
    keyboard.start();
    host.world().loop().runUntil(shell::hasEnded);
    Signals.unregister(HANG_UP, before);
    keyboard.end();
    console.end();
    return shell.exitStatus();
  }

  /** Has every key come here, those for signals included: the emulated terminal has its own. */
  private void takeKeys() {
    terminal.enterRawMode();
    Attributes attributes = terminal.getAttributes();
    attributes.setLocalFlag(Attributes.LocalFlag.ISIG, false);
    terminal.setAttributes(attributes);
  }
}
