package dev.dockwire.capture.filter;

import java.util.List;

/** A place among the tokens of an expression. */
final class Cursor {

  private final List<Token> tokens;
  private int position;

  Cursor(List<Token> tokens) {
    this.tokens = tokens;
  }

  int position() {
    return position;
  }

  /** Goes back to a place, to read what is there in another way. */
  void position(int earlier) {
    position = earlier;
  }

  boolean atEnd() {
    return position == tokens.size();
  }

  /** Takes the next token. */
  Token next() throws FilterException {
    if (atEnd()) {
      throw FilterException.syntaxError();
    }
    return tokens.get(position++);
  }

  boolean is(String word) {
    return !atEnd() && tokens.get(position).is(word);
  }

  boolean accept(String word) {
    boolean there = is(word);
    position += there ? 1 : 0;
    return there;
  }

  void expect(String word) throws FilterException {
    if (!accept(word)) {
      throw FilterException.syntaxError();
    }
  }

  boolean isNot() {
    return is("not") || is("!");
  }

  /** Takes all negations that stand here; returns whether they negate: two do not. */
  boolean acceptNots() {
    boolean odd = false;
    while (accept("not") || accept("!")) {
      odd = !odd;
    }
    return odd;
  }

  boolean isAnd() {
    return is("and") || is("&&");
  }

  boolean isOr() {
    return is("or") || is("||");
  }

  private boolean isKind(Token.Kind kind) {
    return !atEnd() && tokens.get(position).kind() == kind;
  }

  boolean isNumber() {
    return isKind(Token.Kind.NUMBER);
  }

  boolean isId() {
    return isNumber()
        || isKind(Token.Kind.DOTTED)
        || isKind(Token.Kind.MAC)
        || isKind(Token.Kind.NAME);
  }

  long number() throws FilterException {
    if (!isNumber()) {
      throw FilterException.syntaxError();
    }
    return ArithmeticParser.number(next().text());
  }

  String dotted() throws FilterException {
    if (!isKind(Token.Kind.DOTTED)) {
      throw FilterException.syntaxError();
    }
    return next().text();
  }

  /** Takes the name of a protocol; null if there is none. */
  Header header() {
    for (Header header : Header.values()) {
      if (accept(header.word()) || header == Header.ETHER && accept("link")) {
        return header;
      }
    }
    return null;
  }
}
