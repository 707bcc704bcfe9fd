package dev.dockwire.program.http.client;

import dev.dockwire.host.FileOutput;
import dev.dockwire.host.FileTree;
import dev.dockwire.host.Output;
import dev.dockwire.host.Process;
import dev.dockwire.host.SystemCallException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Where a transfer's body goes: a file, made when the first byte comes, or standard output. */
final class CurlOutput {

  private final Process self;
  private final Optional<String> path;
  private final boolean silent;
  private Output output;

  /**
   * @param path as the user gave it; standard output if there is none
   */
  CurlOutput(Process self, Optional<String> path, boolean silent) {
    this.self = self;
    this.path = path.filter(given -> !given.equals("-"));
    this.silent = silent;
  }

  /** Whether the user sees the body at once, so that nothing else needs to be shown. */
  boolean isTerminal() {
    return path.isEmpty() && self.stdio().out().tty().isPresent();
  }

  String file() {
    return path.orElse("");
  }

  void write(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    write(bytes, 0, bytes.length);
  }

  void write(byte[] bytes, int offset, int length) {
    open();
    try {
      output.write(self, bytes, offset, length);
    } catch (SystemCallException e) {
      throw failure();
    }
  }

  /** Makes the file, if there is to be one. */
  void open() {
    if (output != null) {
      return;
    }
    if (path.isEmpty()) {
      output = self.stdio().out();
      return;
    }
    try {
      String whole = FileTree.resolve(self.workingDirectory(), path.get());
      output = new FileOutput(self.host().files(), whole, false);
    } catch (SystemCallException e) {
      if (!silent) {
        self.printError(
            "Warning: Failed to open the file " + path.get() + ": " + e.errno().text() + "\n");
      }
      throw failure();
    }
  }

  private static CurlException failure() {
    return new CurlException(CurlException.CANNOT_WRITE, "Failure writing output to destination");
  }
}
