package dev.dockwire.capture.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts an expression into words, numbers, addresses and symbols; the longest one at each place. */
final class Lexer {

  private static final String HEX = "[0-9A-Fa-f]{1,2}";
  private static final Pattern MAC =
      Pattern.compile(HEX + "(:" + HEX + "){5}|" + HEX + "(-" + HEX + "){5}");
  private static final Pattern WORD =
      Pattern.compile("[A-Za-z0-9](?:[-_.A-Za-z0-9]*[.A-Za-z0-9])?");
  private static final Pattern ESCAPED = Pattern.compile("\\\\([^ !()\\n\\t]+)");
  private static final Pattern SYMBOL =
      Pattern.compile("&&|\\|\\||!=|<=|>=|<<|>>|==|[()\\[\\]!:+\\-*/%&|^<>=]");
  private static final Pattern BLANK = Pattern.compile("[ \\t\\r\\n]+");

  private static final String NUMBER = "0[xX][0-9A-Fa-f]+|[0-9]+";
  private static final Pattern WHOLE_NUMBER = Pattern.compile(NUMBER);
  private static final Pattern DOTTED =
      Pattern.compile("(?:" + NUMBER + ")(?:\\.(?:" + NUMBER + ")){1,3}");

  private Lexer() {}

  static List<Token> read(String text) throws FilterException {
    List<Token> tokens = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      Matcher blank = at(BLANK, text, at);
      if (blank.lookingAt()) {
        at = blank.end();
        continue;
      }
      Token token = tokenAt(text, at);
      tokens.add(token);
      at += token.length();
    }
    return tokens;
  }

  private static Token tokenAt(String text, int at) throws FilterException {
    Matcher escaped = at(ESCAPED, text, at);
    if (escaped.lookingAt()) {
      return new Token(Token.Kind.NAME, escaped.group(1), escaped.group().length());
    }
    Matcher mac = at(MAC, text, at);
    Matcher word = at(WORD, text, at);
    boolean hasWord = word.lookingAt();
    if (mac.lookingAt() && (!hasWord || mac.end() >= word.end())) {
      return new Token(Token.Kind.MAC, mac.group(), mac.group().length());
    }
    if (hasWord) {
      return new Token(kindOf(word.group()), word.group(), word.group().length());
    }
    Matcher symbol = at(SYMBOL, text, at);
    if (symbol.lookingAt()) {
      return new Token(Token.Kind.SYMBOL, canonical(symbol.group()), symbol.group().length());
    }
    throw FilterException.syntaxError();
  }

  private static Matcher at(Pattern pattern, String text, int at) {
    return pattern.matcher(text).region(at, text.length());
  }

  private static Token.Kind kindOf(String word) {
    if (WHOLE_NUMBER.matcher(word).matches()) {
      return Token.Kind.NUMBER;
    }
    if (DOTTED.matcher(word).matches()) {
      return Token.Kind.DOTTED;
    }
    return Keywords.isKeyword(word) ? Token.Kind.KEYWORD : Token.Kind.NAME;
  }

  /** Some symbols may be written in two ways. */
  private static String canonical(String symbol) {
    return symbol.equals("==") ? "=" : symbol;
  }
}
