package dev.dockwire.program.mysql.sql;

import dev.dockwire.program.mysql.MysqlException;
import java.util.ArrayList;
import java.util.List;

/** Takes a statement apart by MySQL's rules: its quotes, escapes and comments are not H2's. */
final class Lexer {

  private static final List<String> LONG_SIGNS =
      List.of("<=>", "<=", ">=", "<>", "!=", ":=", "&&", "||", "<<", ">>");

  private final String sql;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  private Lexer(String sql) {
    this.sql = sql;
  }

  static List<Token> tokens(String sql) throws MysqlException {
    Lexer lexer = new Lexer(sql);
    while (lexer.skipBlanks()) {
      lexer.readToken();
    }
    return lexer.tokens;
  }

  /** Skips to the next token; false at the end. */
  private boolean skipBlanks() {
    while (at < sql.length()) {
      if (Character.isWhitespace(sql.charAt(at))) {
        at++;
      } else if (sql.charAt(at) == '#' || isDashComment()) {
        int end = sql.indexOf('\n', at);
        at = end < 0 ? sql.length() : end + 1;
      } else if (sql.startsWith("/*!", at)) {
        // What stands in there is for MySQL to execute.
        at += 3;
        while (at < sql.length() && Character.isDigit(sql.charAt(at))) {
          at++;
        }
      } else if (sql.startsWith("/*", at)) {
        int end = sql.indexOf("*/", at + 2);
        at = end < 0 ? sql.length() : end + 2;
      } else if (sql.startsWith("*/", at)) {
        at += 2;
      } else {
        return true;
      }
    }
    return false;
  }

  private boolean isDashComment() {
    return sql.startsWith("--", at)
        && (at + 2 == sql.length() || Character.isWhitespace(sql.charAt(at + 2)));
  }

  private void readToken() throws MysqlException {
    int start = at;
    char first = sql.charAt(at);
    if (first == '\'' || first == '"') {
      add(Token.Kind.STRING, quoted(first, true), start);
    } else if (first == '`') {
      add(Token.Kind.NAME, quoted(first, false), start);
    } else if (first == '@') {
      readVariable(start);
    } else if (isDigit(at) || first == '.' && isDigit(at + 1) && !afterName()) {
      readNumber(start);
    } else if (isWordPart(first)) {
      skipWord();
      add(Token.Kind.WORD, sql.substring(start, at), start);
    } else {
      String sign =
          LONG_SIGNS.stream()
              .filter(candidate -> sql.startsWith(candidate, start))
              .findFirst()
              .orElse(String.valueOf(first));
      at += sign.length();
      add(Token.Kind.SIGN, sign, start);
    }
  }

  private void add(Token.Kind kind, String text, int start) {
    tokens.add(new Token(kind, text, start, at));
  }

  private boolean afterName() {
    return !tokens.isEmpty() && tokens.getLast().isName() && tokens.getLast().end() == at;
  }

  private void readVariable(int start) {
    at++;
    boolean system = at < sql.length() && sql.charAt(at) == '@';
    at += system ? 1 : 0;
    int name = at;
    while (at < sql.length() && (isWordPart(sql.charAt(at)) || sql.charAt(at) == '.')) {
      at++;
    }
    Token.Kind kind = system ? Token.Kind.SYSTEM_VARIABLE : Token.Kind.USER_VARIABLE;
    add(at == name ? Token.Kind.SIGN : kind, sql.substring(at == name ? start : name, at), start);
  }

  private void readNumber(int start) {
    while (isDigit(at)) {
      at++;
    }
    if (at < sql.length() && sql.charAt(at) == '.') {
      at++;
      while (isDigit(at)) {
        at++;
      }
    }
    boolean exponent = at < sql.length() && (sql.charAt(at) | ' ') == 'e';
    int digits = exponent && at + 1 < sql.length() && "+-".indexOf(sql.charAt(at + 1)) >= 0 ? 2 : 1;
    if (exponent && isDigit(at + digits)) {
      at += digits;
      while (isDigit(at)) {
        at++;
      }
    }
    int end = at;
    skipWord();
    add(at == end ? Token.Kind.NUMBER : Token.Kind.WORD, sql.substring(start, at), start);
  }

  private boolean isDigit(int index) {
    return index < sql.length() && sql.charAt(index) >= '0' && sql.charAt(index) <= '9';
  }

  private void skipWord() {
    while (at < sql.length() && isWordPart(sql.charAt(at))) {
      at++;
    }
  }

  private static boolean isWordPart(char c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || c == '_'
        || c == '$'
        || c >= 0x80;
  }

  private String quoted(char quote, boolean escapes) throws MysqlException {
    int start = at++;
    StringBuilder text = new StringBuilder();
    while (at < sql.length()) {
      char c = sql.charAt(at++);
      if (c == quote) {
        if (at == sql.length() || sql.charAt(at) != quote) {
          return text.toString();
        }
        at++;
        text.append(quote);
      } else if (c == '\\' && escapes && at < sql.length()) {
        text.append(unescape(sql.charAt(at++)));
      } else {
        text.append(c);
      }
    }
    throw Errors.syntax(sql, start);
  }

  private static String unescape(char c) {
    return switch (c) {
      case 'n' -> "\n";
      case 't' -> "\t";
      case 'r' -> "\r";
      case 'b' -> "\b";
      case '0' -> "\0";
      case 'Z' -> "\032";
      // For LIKE, which takes the backslash away itself.
      case '%', '_' -> "\\" + c;
      default -> String.valueOf(c);
    };
  }
}
