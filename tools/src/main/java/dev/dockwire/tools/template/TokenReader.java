package dev.dockwire.tools.template;

import dev.dockwire.tools.template.Token.Kind;
import java.util.List;

/**
 * The parsers' place in the tokens of a template, from which they look ahead and go back, and the
 * line of what they complain about. Counts how deep they are nested.
 *
 * <p>Limits: {@value #DEEPEST} nested parentheses and blocks.
 */
final class TokenReader {

  private static final int DEEPEST = 100;

  private final List<Token> tokens;
  private int index;
  private int furthest;
  private int actionLine;
  private int depth;

  TokenReader(String text) {
    this.tokens = Lexer.tokens(text);
  }

  Token next() {
    Token token = peek();
    index++;
    return token;
  }

  Token peek() {
    // An error or the end of the file is the last token, and is met again by whoever looks on.
    int at = Math.min(index, tokens.size() - 1);
    furthest = Math.max(furthest, at);
    return tokens.get(at);
  }

  Token nextPastSpace() {
    Token token = peekPastSpace();
    index++;
    return token;
  }

  Token peekPastSpace() {
    while (peek().kind() == Kind.SPACE) {
      index++;
    }
    return peek();
  }

  TemplateException unexpected(Token token, String context) {
    if (token.kind() != Kind.ERROR) {
      return error("unexpected " + token + " in " + context);
    }
    if (actionLine == 0 || actionLine == token.line()) {
      return error(token.text());
    }
    String where = token.text().endsWith(" action") ? " started at :" : " in action started at :";
    return error(token.text() + where + actionLine);
  }

  TemplateException error(String message) {
    return new TemplateException("template: :" + tokens.get(furthest).line() + ": " + message);
  }

  /** Where the parser stands, to be gone back to. */
  int mark() {
    return index;
  }

  void reset(int mark) {
    index = mark;
  }

  void back() {
    index--;
  }

  /** From here on the parser is inside of the action that begins on that line; 0 for outside. */
  void actionBegins(int line) {
    actionLine = line;
  }

  void descend() {
    if (++depth > DEEPEST) {
      throw error("max expression depth exceeded");
    }
  }

  void ascend() {
    depth--;
  }
}
