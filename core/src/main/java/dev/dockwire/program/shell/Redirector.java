package dev.dockwire.program.shell;

import dev.dockwire.host.Errno;
import dev.dockwire.host.FileInput;
import dev.dockwire.host.FileOutput;
import dev.dockwire.host.FileTree;
import dev.dockwire.host.Input;
import dev.dockwire.host.Output;
import dev.dockwire.host.Process;
import dev.dockwire.host.Stdio;
import dev.dockwire.host.SystemCallException;
import dev.dockwire.program.shell.Command.Redirection;
import java.util.List;

/** Opens what commands are redirected from and to; there are no descriptors but 0, 1 and 2. */
final class Redirector {

  private final Process self;
  private final Expander expander;

  Redirector(Process self, Expander expander) {
    this.self = self;
    this.expander = expander;
  }

  /**
   * The standard streams after some redirections, which take effect from left to right.
   *
   * @throws ShellException if a file cannot be opened
   */
  Stdio apply(List<Redirection> redirections, Stdio stdio) {
    Stdio changed = stdio;
    for (Redirection redirection : redirections) {
      changed = apply(redirection, changed);
    }
    return changed;
  }

  private Stdio apply(Redirection redirection, Stdio stdio) {
    String target = expander.text(redirection.target());
    int descriptor = redirection.descriptor();
    if (descriptor > 2) {
      throw new ShellException(descriptor + ": bad file descriptor", 2);
    }
    if (redirection.operator().equals("<")) {
      if (descriptor != 0) {
        throw new ShellException(descriptor + ": bad file descriptor", 2);
      }
      return stdio.withIn(openToRead(target));
    }
    if (redirection.operator().equals("<&")) {
      return target.equals("-") ? stdio.withIn(Input.NULL) : stdio;
    }
    Output output =
        redirection.operator().equals(">&")
            ? duplicate(target, stdio)
            : openToWrite(target, redirection.operator().equals(">>"));
    return descriptor == 2 ? stdio.withErr(output) : stdio.withOut(output);
  }

  private static Output duplicate(String target, Stdio stdio) {
    return switch (target) {
      case "1" -> stdio.out();
      case "2" -> stdio.err();
      case "-" -> Output.NULL;
      default -> throw new ShellException(target + ": bad file descriptor", 2);
    };
  }

  private Input openToRead(String target) {
    try {
      return new FileInput(self.host().files(), FileTree.resolve(self.workingDirectory(), target));
    } catch (SystemCallException failed) {
      throw new ShellException(
          "can't open "
              + target
              + ": "
              + (failed.errno() == Errno.ENOENT ? "no such file" : failed.errno().text()),
          1);
    }
  }

  private Output openToWrite(String target, boolean append) {
    try {
      return new FileOutput(
          self.host().files(), FileTree.resolve(self.workingDirectory(), target), append);
    } catch (SystemCallException failed) {
      throw new ShellException(
          "can't create "
              + target
              + ": "
              + (failed.errno() == Errno.ENOENT ? "nonexistent directory" : failed.errno().text()),
          1);
    }
  }
}
