package dev.dockwire.capture.filter;

/**
 * A piece of an expression.
 *
 * @param length how many characters of the expression it is
 */
record Token(Kind kind, String text, int length) {

  enum Kind {
    KEYWORD,
    NAME,
    NUMBER,
    /** Two to four numbers with dots: an address, or the beginning of one. */
    DOTTED,
    MAC,
    SYMBOL
  }

  boolean is(String word) {
    return (kind == Kind.KEYWORD || kind == Kind.SYMBOL) && text.equals(word);
  }
}
