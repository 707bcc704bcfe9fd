package dev.dockwire.tools.template;

import java.util.Map;

/**
 * A piece of a template as the lexer cuts it; {@code position} is a character index, {@code line}
 * counts from 1. {@link #toString} is the form in Go's error texts.
 */
record Token(Kind kind, int position, int line, String text) {

  private static final int LONGEST_SHOWN = 10;

  enum Kind {
    ASSIGN,
    BOOL,
    CHAR,
    CHAR_CONSTANT,
    DECLARE,
    EOF,
    ERROR,
    FIELD,
    IDENTIFIER,
    LEFT_DELIMITER,
    LEFT_PAREN,
    NUMBER,
    PIPE,
    RAW_STRING,
    RIGHT_DELIMITER,
    RIGHT_PAREN,
    SPACE,
    STRING,
    TEXT,
    VARIABLE,
    // Keywords from here on.
    DOT,
    BLOCK,
    BREAK,
    CONTINUE,
    DEFINE,
    ELSE,
    END,
    IF,
    NIL,
    RANGE,
    TEMPLATE,
    WITH;

    boolean isKeyword() {
      return compareTo(DOT) >= 0;
    }
  }

  static final Map<String, Kind> WORDS =
      Map.ofEntries(
          Map.entry("true", Kind.BOOL),
          Map.entry("false", Kind.BOOL),
          Map.entry("block", Kind.BLOCK),
          Map.entry("break", Kind.BREAK),
          Map.entry("continue", Kind.CONTINUE),
          Map.entry("define", Kind.DEFINE),
          Map.entry("else", Kind.ELSE),
          Map.entry("end", Kind.END),
          Map.entry("if", Kind.IF),
          Map.entry("nil", Kind.NIL),
          Map.entry("range", Kind.RANGE),
          Map.entry("template", Kind.TEMPLATE),
          Map.entry("with", Kind.WITH));

  @Override
  public String toString() {
    if (kind == Kind.EOF) {
      return "EOF";
    }
    if (kind == Kind.ERROR) {
      return text;
    }
    if (kind.isKeyword()) {
      return "<" + text + ">";
    }
    if (GoText.byteLength(text) <= LONGEST_SHOWN) {
      return GoText.quote(text);
    }
    return GoText.quote(GoText.firstRunes(text, LONGEST_SHOWN)) + "...";
  }
}
