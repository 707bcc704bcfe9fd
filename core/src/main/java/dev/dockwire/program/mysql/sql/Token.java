package dev.dockwire.program.mysql.sql;

/**
 * A word or sign of a statement.
 *
 * @param text what it means: a string or a quoted name without its quotes and escapes
 * @param start where it stands in the statement
 * @param end where what follows begins
 */
record Token(Kind kind, String text, int start, int end) {

  enum Kind {
    WORD,
    /** In backquotes. */
    NAME,
    STRING,
    NUMBER,
    /** With two at-signs in front. */
    SYSTEM_VARIABLE,
    /** With one. */
    USER_VARIABLE,
    SIGN
  }

  boolean is(String word) {
    return (kind == Kind.WORD || kind == Kind.SIGN) && text.equalsIgnoreCase(word);
  }

  boolean isName() {
    return kind == Kind.WORD || kind == Kind.NAME;
  }
}
