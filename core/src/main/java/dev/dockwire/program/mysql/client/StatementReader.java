package dev.dockwire.program.mysql.client;

import java.util.Optional;

/** Gathers typed lines into statements: a semicolon, \g or \G outside quotes ends one. */
final class StatementReader {

  /**
   * A whole statement.
   *
   * @param vertical whether \G ended it
   * @param line on which line of the input it began
   */
  record Typed(String sql, boolean vertical, int line) {}

  private final StringBuilder pending = new StringBuilder();
  private int scanned;
  private char quote;
  private boolean begun;
  private int line = 1;
  private int firstLine = 1;

  void add(String text) {
    pending.append(text);
  }

  /** The next whole statement; nothing if more has to be read. */
  Optional<Typed> next() {
    while (scanned < pending.length()) {
      char c = pending.charAt(scanned);
      char following = scanned + 1 < pending.length() ? pending.charAt(scanned + 1) : 0;
      if (c == '\n') {
        line++;
      } else if (!begun && c != ' ') {
        begun = true;
        firstLine = line;
      }
      if (quote == '#') {
        quote = c == '\n' ? 0 : quote;
      } else if (quote == '*') {
        if (c == '*' && following == '/') {
          scanned++;
          quote = 0;
        }
      } else if (quote != 0) {
        if (c == '\\' && quote != '`') {
          scanned++;
        } else if (c == quote) {
          quote = 0;
        }
      } else if (c == ';' || c == '\\' && (following == 'g' || following == 'G')) {
        return Optional.of(cut(c == ';' ? 1 : 2, following == 'G' && c == '\\'));
      } else if (c == '\\' && following == 'c') {
        cut(2, false);
        continue;
      } else {
        openQuote(c, following);
      }
      scanned++;
    }
    return Optional.empty();
  }

  private void openQuote(char c, char following) {
    if (c == '\'' || c == '"' || c == '`' || c == '#') {
      quote = c;
    } else if (c == '-' && following == '-') {
      quote = '#';
    } else if (c == '/' && following == '*') {
      quote = '*';
    }
  }

  private Typed cut(int delimiter, boolean vertical) {
    Typed typed = new Typed(pending.substring(0, scanned).strip(), vertical, firstLine);
    pending.delete(0, scanned + delimiter);
    scanned = 0;
    begun = false;
    return typed;
  }

  /** What was typed and not ended; it is gone then. */
  Optional<Typed> rest() {
    String text = pending.toString().strip();
    int began = firstLine;
    clear();
    return text.isEmpty() ? Optional.empty() : Optional.of(new Typed(text, false, began));
  }

  void clear() {
    pending.setLength(0);
    scanned = 0;
    quote = 0;
    begun = false;
  }

  /** Whether the next line begins a statement. */
  boolean isEmpty() {
    return pending.toString().isBlank();
  }

  /** What continues: as in {@code ->} or {@code '>}. */
  String continuationPrompt() {
    return "    " + (quote == 0 || quote == '#' ? "-" : quote == '*' ? "/*" : quote) + "> ";
  }
}
