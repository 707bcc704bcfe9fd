package dev.dockwire.program.shell;

import java.util.ArrayList;
import java.util.List;

/**
 * Gathers the fields that words expand to: splits what may be split, and keeps them as patterns, in
 * which a backslash stands before every character that was quoted.
 */
final class Fields {

  private final String separators;
  private final List<String> done = new ArrayList<>(2);
  private final StringBuilder current = new StringBuilder();
  private boolean begun;
  private int length;

  /**
   * @param separators the value of IFS; empty if nothing is to be split
   */
  Fields(String separators) {
    this.separators = separators;
  }

  /** Adds text that stands for itself. */
  void quoted(String text) {
    grow(text);
    current.append(Pattern.escape(text));
    begun = true;
  }

  /** Adds text in which stars and the like have their meaning. */
  void literal(String text) {
    grow(text);
    current.append(text.replace("\\", "\\\\"));
    begun = true;
  }

  /** Adds the outcome of an expansion that stands outside quotes. */
  void split(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (separators.indexOf(c) < 0) {
        literal(String.valueOf(c));
      } else if (begun || !Character.isWhitespace(c)) {
        end();
        i = skipBlanks(text, i, Character.isWhitespace(c));
      }
    }
  }

  private void grow(String text) {
    length += text.length();
    if (length > Variables.MAX_LENGTH) {
      throw ShellException.outOfMemory();
    }
  }

  /** A run of blanks, with one other separator in it, separates once. */
  private int skipBlanks(String text, int separator, boolean otherMayFollow) {
    boolean other = otherMayFollow;
    int last = separator;
    while (last + 1 < text.length() && separators.indexOf(text.charAt(last + 1)) >= 0) {
      if (!Character.isWhitespace(text.charAt(last + 1))) {
        if (!other) {
          break;
        }
        other = false;
      }
      last++;
    }
    return last;
  }

  /** Ends the present field, even an empty one. */
  void end() {
    done.add(current.toString());
    current.setLength(0);
    begun = false;
  }

  /** Ends the present field if there is one. */
  void endIfBegun() {
    if (begun) {
      end();
    }
  }

  /** How many characters have been added. */
  int length() {
    return length;
  }

  List<String> patterns() {
    endIfBegun();
    return done;
  }
}
