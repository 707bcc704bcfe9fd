package dev.dockwire.tools.template;

import dev.dockwire.tools.template.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts the text of a template into tokens: text outside of the delimiters, words and marks inside.
 * Comments vanish here, and so does the space that a trim marker ({@code {{- } or {@code -}}})
 * takes. What cannot be a token ends the list as an {@link Kind#ERROR}, so that the parser reports
 * the first thing wrong in reading order.
 */
final class Lexer {

  private static final String LEFT = "{{";
  private static final String RIGHT = "}}";
  private static final String LEFT_COMMENT = "/*";
  private static final String RIGHT_COMMENT = "*/";
  private static final int TRIM_MARKER_LENGTH = 2;
  private static final String DECIMAL = "0123456789_";
  private static final int END = -1;

  private final String input;
  private final List<Token> tokens = new ArrayList<>();
  private int start;
  private int position;
  private int line = 1;
  private int lineCountedTo;
  private int parenthesesOpen;
  private boolean failed;

  private Lexer(String input) {
    this.input = input;
  }

  static List<Token> tokens(String input) {
    Lexer lexer = new Lexer(input);
    lexer.text();
    return lexer.tokens;
  }

  private void text() {
    while (!failed) {
      int open = input.indexOf(LEFT, position);
      if (open < 0) {
        position = input.length();
        if (position > start) {
          emit(Kind.TEXT);
        }
        emit(Kind.EOF);
        return;
      }
      boolean trim = trimMarkerAfter(open + LEFT.length());
      position = open;
      while (trim && position > start && isSpace(input.charAt(position - 1))) {
        position--;
      }
      if (position > start) {
        emit(Kind.TEXT);
      }
      start = open;
      position = open + LEFT.length();
      int action = position + (trim ? TRIM_MARKER_LENGTH : 0);
      if (input.startsWith(LEFT_COMMENT, action)) {
        start = action;
        comment(action);
      } else {
        emit(Kind.LEFT_DELIMITER);
        start = action;
        position = action;
        action();
      }
    }
  }

  private void comment(int from) {
    int end = input.indexOf(RIGHT_COMMENT, from + LEFT_COMMENT.length());
    if (end < 0) {
      fail("unclosed comment");
      return;
    }
    position = end + RIGHT_COMMENT.length();
    if (!atRightDelimiter()) {
      fail("comment ends before closing delimiter");
      return;
    }
    skipRightDelimiter(false);
  }

  private void action() {
    parenthesesOpen = 0;
    while (!failed) {
      if (atRightDelimiter()) {
        if (parenthesesOpen > 0) {
          fail("unclosed left paren");
          return;
        }
        skipRightDelimiter(true);
        return;
      }
      int rune = next();
      switch (rune) {
        case END -> fail("unclosed action");
        case ' ', '\t', '\r', '\n' -> space();
        case '=' -> emit(Kind.ASSIGN);
        case '|' -> emit(Kind.PIPE);
        case '"' -> quoted('"', Kind.STRING, "unterminated quoted string");
        case '\'' -> quoted('\'', Kind.CHAR_CONSTANT, "unterminated character constant");
        case '`' -> rawString();
        case '$' -> fieldOrVariable(Kind.VARIABLE, Kind.VARIABLE);
        case ':' -> {
          if (next() == '=') {
            emit(Kind.DECLARE);
          } else {
            fail("expected :=");
          }
        }
        case '(' -> {
          parenthesesOpen++;
          emit(Kind.LEFT_PAREN);
        }
        case ')' -> {
          if (--parenthesesOpen < 0) {
            fail("unexpected right paren");
          } else {
            emit(Kind.RIGHT_PAREN);
          }
        }
        default -> wordOrNumber(rune);
      }
    }
  }

  private void wordOrNumber(int rune) {
    boolean digitFollows = isDecimal(peek());
    if (rune == '.' && !digitFollows) {
      fieldOrVariable(Kind.FIELD, Kind.DOT);
    } else if (rune == '.' || rune == '+' || rune == '-' || isDecimal(rune)) {
      position = start;
      number();
    } else if (isAlphaNumeric(rune)) {
      identifier();
    } else if (rune < 0x80 && GoText.isPrintable(rune)) {
      emit(Kind.CHAR);
    } else {
      fail("unrecognized character in action: " + GoText.runeName(rune));
    }
  }

  private void space() {
    while (isSpace(peek())) {
      position++;
    }
    // The last space may belong to a trim marker; then the delimiter begins at that space.
    position--;
    if (!atRightDelimiter()) {
      position++;
    }
    if (position > start) {
      emit(Kind.SPACE);
    }
  }

  private void identifier() {
    skipAlphaNumeric();
    if (atTerminator()) {
      emit(Token.WORDS.getOrDefault(input.substring(start, position), Kind.IDENTIFIER));
    } else {
      fail("bad character " + GoText.runeName(peek()));
    }
  }

  private void fieldOrVariable(Kind named, Kind bare) {
    if (atTerminator()) {
      emit(bare);
      return;
    }
    skipAlphaNumeric();
    if (atTerminator()) {
      emit(named);
    } else {
      fail("bad character " + GoText.runeName(peek()));
    }
  }

  private void quoted(char mark, Kind kind, String unterminated) {
    while (true) {
      int rune = next();
      if (rune == '\\') {
        rune = next();
      } else if (rune == mark) {
        emit(kind);
        return;
      }
      if (rune == END || rune == '\n') {
        fail(unterminated);
        return;
      }
    }
  }

  private void rawString() {
    int end = input.indexOf('`', position);
    if (end < 0) {
      fail("unterminated raw quoted string");
    } else {
      position = end + 1;
      emit(Kind.RAW_STRING);
    }
  }

  /** Takes more than is a number; the parser judges. */
  private void number() {
    boolean wellFormed = scanNumber();
    if (wellFormed && (peek() == '+' || peek() == '-')) {
      // A complex constant, 1+2i.
      wellFormed = scanNumber() && input.charAt(position - 1) == 'i';
    }
    if (wellFormed) {
      emit(Kind.NUMBER);
    } else {
      fail("bad number syntax: " + GoText.quote(input.substring(start, position)));
    }
  }

  private boolean scanNumber() {
    accept("+-");
    String digits = DECIMAL;
    if (accept("0")) {
      if (accept("xX")) {
        digits = "0123456789abcdefABCDEF_";
      } else if (accept("oO")) {
        digits = "01234567_";
      } else if (accept("bB")) {
        digits = "01_";
      }
    }
    acceptRun(digits);
    if (accept(".")) {
      acceptRun(digits);
    }
    boolean decimal = digits.equals(DECIMAL);
    boolean hexadecimal = digits.indexOf('f') >= 0;
    if (decimal && accept("eE") || hexadecimal && accept("pP")) {
      accept("+-");
      acceptRun(DECIMAL);
    }
    accept("i");
    if (isAlphaNumeric(peek())) {
      next();
      return false;
    }
    return true;
  }

  private boolean atTerminator() {
    int rune = peek();
    return rune == END
        || isSpace(rune)
        || ".,|:()".indexOf(rune) >= 0
        || input.startsWith(RIGHT, position);
  }

  private boolean atRightDelimiter() {
    return input.startsWith(RIGHT, position) || trimmedRightDelimiter();
  }

  private boolean trimmedRightDelimiter() {
    return isSpace(peek())
        && input.startsWith("-", position + 1)
        && input.startsWith(RIGHT, position + TRIM_MARKER_LENGTH);
  }

  private void skipRightDelimiter(boolean emitted) {
    boolean trim = trimmedRightDelimiter();
    position += trim ? TRIM_MARKER_LENGTH : 0;
    start = position;
    position += RIGHT.length();
    if (emitted) {
      emit(Kind.RIGHT_DELIMITER);
    }
    while (trim && isSpace(peek())) {
      position++;
    }
    start = position;
  }

  private boolean trimMarkerAfter(int delimiterEnd) {
    return input.startsWith("-", delimiterEnd)
        && delimiterEnd + 1 < input.length()
        && isSpace(input.charAt(delimiterEnd + 1));
  }

  private int next() {
    int rune = peek();
    position += rune == END ? 0 : Character.charCount(rune);
    return rune;
  }

  private int peek() {
    return position < input.length() ? input.codePointAt(position) : END;
  }

  private boolean accept(String valid) {
    boolean taken = peek() != END && valid.indexOf(peek()) >= 0;
    position += taken ? 1 : 0;
    return taken;
  }

  private void acceptRun(String valid) {
    while (accept(valid)) {}
  }

  private void skipAlphaNumeric() {
    while (isAlphaNumeric(peek())) {
      next();
    }
  }

  private void emit(Kind kind) {
    add(kind, input.substring(start, position));
    start = position;
  }

  private void fail(String message) {
    add(Kind.ERROR, message);
    failed = true;
  }

  private void add(Kind kind, String text) {
    for (; lineCountedTo < start; lineCountedTo++) {
      line += input.charAt(lineCountedTo) == '\n' ? 1 : 0;
    }
    tokens.add(new Token(kind, start, line, text));
  }

  private static boolean isSpace(int rune) {
    return rune == ' ' || rune == '\t' || rune == '\r' || rune == '\n';
  }

  private static boolean isDecimal(int rune) {
    return rune >= '0' && rune <= '9';
  }

  private static boolean isAlphaNumeric(int rune) {
    return rune == '_' || Character.isLetter(rune) || Character.isDigit(rune);
  }
}
