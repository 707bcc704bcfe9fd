package dev.dockwire.program.applet;

import dev.dockwire.host.FileInput;
import dev.dockwire.host.FileTree;
import dev.dockwire.host.Input;
import dev.dockwire.host.Process;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The bytes that text filters work on, as strings of one character for each byte: so nothing is
 * lost of what is not UTF-8.
 */
final class ByteText {

  private ByteText() {}

  /** The bytes of an argument. */
  static String of(String argument) {
    return new String(argument.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  static void print(Process self, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    self.stdio().out().write(self, bytes, 0, bytes.length);
  }

  /**
   * Opens an operand; {@code -} is standard input.
   *
   * @throws dev.dockwire.host.SystemCallException ENOENT, EISDIR
   */
  static Input open(Process self, String operand) {
    return operand.equals("-")
        ? self.stdio().in()
        : new FileInput(self.host().files(), FileTree.resolve(self.workingDirectory(), operand));
  }

  /** The operands, or standard input if there are none. */
  static List<String> orStdin(List<String> operands) {
    return operands.isEmpty() ? List.of("-") : operands;
  }

  static String readAll(Process self, Input input) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] buffer = new byte[4096];
    for (int count = 0; count >= 0; count = input.read(self, buffer, 0, buffer.length)) {
      all.write(buffer, 0, count);
    }
    return all.toString(StandardCharsets.ISO_8859_1);
  }
}
