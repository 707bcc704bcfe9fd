package dev.dockwire.program.applet;

import dev.dockwire.host.FileNode;
import dev.dockwire.host.FileTree;
import dev.dockwire.host.Process;
import dev.dockwire.host.Program;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code test EXPRESSION} and {@code [ EXPRESSION ]}. */
public final class Test {

  private static final Set<String> BINARY =
      Set.of(
          "=", "==", "!=", "<", ">", "-eq", "-ne", "-lt", "-le", "-gt", "-ge", "-nt", "-ot", "-ef");
  private static final Set<String> UNARY =
      Set.of(
          "-n", "-z", "-e", "-f", "-d", "-r", "-w", "-x", "-s", "-t", "-h", "-L", "-c", "-b", "-p",
          "-S");

  /** The applet of both names. */
  public static final Program PROGRAM =
      self -> {
        List<String> words = self.arguments();
        boolean bracket = words.getFirst().endsWith("[");
        if (bracket && !words.getLast().equals("]")) {
          self.printError("[: missing ]\n");
          return 2;
        }
        List<String> expression = words.subList(1, words.size() - (bracket ? 1 : 0));
        try {
          return new Test(self, expression).holds() ? 0 : 1;
        } catch (IllegalArgumentException invalid) {
          self.printError(words.getFirst() + ": " + invalid.getMessage() + "\n");
          return 2;
        }
      };

  private final Process self;
  private final List<String> words;
  private int position;

  public Test(Process self, List<String> words) {
    this.self = self;
    this.words = words;
  }

  /**
   * Whether the expression holds.
   *
   * @throws IllegalArgumentException with the message to print if it is none
   */
  public boolean holds() {
    if (words.isEmpty()) {
      return false;
    }
    boolean holds = or();
    if (position < words.size()) {
      throw new IllegalArgumentException(words.get(position) + ": unknown operand");
    }
    return holds;
  }

  private boolean or() {
    boolean holds = and();
    while (accept("-o")) {
      holds |= and();
    }
    return holds;
  }

  private boolean and() {
    boolean holds = not();
    while (accept("-a")) {
      holds &= not();
    }
    return holds;
  }

  private boolean not() {
    boolean negated = false;
    while (words.size() - position > 1 && !isBinary(1) && accept("!")) {
      negated = !negated;
    }
    return primary() != negated;
  }

  private boolean primary() {
    if (position == words.size()) {
      throw new IllegalArgumentException("argument expected");
    }
    if (isBinary(1)) {
      position += 3;
      return binary(words.get(position - 3), words.get(position - 2), words.get(position - 1));
    }
    String word = words.get(position++);
    if (word.equals("(") && position < words.size()) {
      boolean holds = or();
      if (!accept(")")) {
        throw new IllegalArgumentException("closing paren expected");
      }
      return holds;
    }
    if (UNARY.contains(word) && position < words.size()) {
      return unary(word, words.get(position++));
    }
    return !word.isEmpty();
  }

  private boolean isBinary(int ahead) {
    return position + ahead + 1 < words.size() && BINARY.contains(words.get(position + ahead));
  }

  private boolean accept(String word) {
    if (position < words.size() && words.get(position).equals(word)) {
      position++;
      return true;
    }
    return false;
  }

  private static boolean binary(String left, String operator, String right) {
    return switch (operator) {
      case "=", "==" -> left.equals(right);
      case "!=" -> !left.equals(right);
      case "<" -> left.compareTo(right) < 0;
      case ">" -> left.compareTo(right) > 0;
      case "-eq" -> number(left) == number(right);
      case "-ne" -> number(left) != number(right);
      case "-lt" -> number(left) < number(right);
      case "-le" -> number(left) <= number(right);
      case "-gt" -> number(left) > number(right);
      case "-ge" -> number(left) >= number(right);
      case "-ef" -> left.equals(right);
      // Files here have no times.
      default -> false;
    };
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text.strip());
    } catch (NumberFormatException notANumber) {
      throw new IllegalArgumentException(text + ": bad number");
    }
  }

  private boolean unary(String operator, String operand) {
    return switch (operator) {
      case "-n" -> !operand.isEmpty();
      case "-z" -> operand.isEmpty();
      case "-t" -> isTerminal(number(operand));
      default -> {
        Optional<FileNode> node =
            self.host().files().find(FileTree.resolve(self.workingDirectory(), operand));
        yield !operand.isEmpty() && node.isPresent() && isKind(operator, node.get());
      }
    };
  }

  private boolean isTerminal(long descriptor) {
    return switch ((int) descriptor) {
      case 0 -> self.stdio().in().tty().isPresent();
      case 1 -> self.stdio().out().tty().isPresent();
      case 2 -> self.stdio().err().tty().isPresent();
      default -> false;
    };
  }

  private static boolean isKind(String operator, FileNode node) {
    return switch (operator) {
      case "-e", "-r", "-w" -> true;
      case "-f" -> node instanceof FileNode.RegularFile;
      case "-d" -> node instanceof FileNode.Directory;
      case "-c" -> node instanceof FileNode.NullDevice;
      case "-x" ->
          node instanceof FileNode.Directory
              || node instanceof FileNode.RegularFile file && file.program().isPresent();
      case "-s" ->
          node instanceof FileNode.Directory
              || node instanceof FileNode.RegularFile file && file.content().length > 0;
      default -> false;
    };
  }
}
