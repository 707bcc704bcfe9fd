package dev.dockwire.program.shell;

import dev.dockwire.program.shell.Word.Part;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a script into tokens, and words into their parts. What stands in {@code $(...)} is parsed on
 * the spot, from the same characters, so quotes and parentheses in it need no second look.
 */
final class Lexer {

  /** Deeper nesting is refused, so that no script can exhaust the parser's stack. */
  private static final int MAX_DEPTH = 100;

  private static final String[] OPERATORS = {
    "&&", "||", ";;", "<<", "<&", ">&", ">>", "&>", ">|", "|", "&", ";", "<", ">", "(", ")"
  };

  private final String source;
  private int position;
  private int line;
  private int depth;

  Lexer(String source, int firstLine) {
    this.source = source;
    this.line = firstLine;
  }

  /** The number of the line that is being read. */
  int line() {
    return line;
  }

  /** Whether nothing but blank space is left. */
  boolean isAtBlankRest() {
    return source.substring(position).isBlank();
  }

  int position() {
    return position;
  }

  String text(int from, int to) {
    return source.substring(from, to).strip();
  }

  void enter() {
    if (++depth > MAX_DEPTH) {
      throw SyntaxException.of("nested too deeply");
    }
  }

  void leave() {
    depth--;
  }

  Token next() {
    skipBlanksAndComments();
    if (atEnd()) {
      return new Token.End();
    }
    if (peek() == '\n') {
      take();
      return new Token.Newline();
    }
    for (String operator : OPERATORS) {
      if (source.startsWith(operator, position)) {
        position += operator.length();
        return new Token.Operator(operator);
      }
    }
    if (isDigit(peek()) && (isAt(1, '<') || isAt(1, '>'))) {
      return new Token.IoNumber(source.charAt(position++) - '0');
    }
    return new Token.WordToken(word());
  }

  private void skipBlanksAndComments() {
    while (!atEnd()) {
      if (peek() == ' ' || peek() == '\t') {
        position++;
      } else if (source.startsWith("\\\n", position)) {
        position += 2;
        line++;
      } else if (peek() == '#') {
        int end = source.indexOf('\n', position);
        position = end < 0 ? source.length() : end;
      } else {
        return;
      }
    }
  }

  private Word word() {
    PartList parts = new PartList();
    while (!atEnd() && " \t\n|&;<>()".indexOf(peek()) < 0) {
      part(parts);
    }
    return parts.word();
  }

  /** Reads one character, or what a quote or a dollar begins, outside double quotes. */
  private void part(PartList parts) {
    char c = take();
    switch (c) {
      case '\\' -> {
        if (atEnd()) {
          parts.text("\\", true);
        } else if (peek() == '\n') {
          take();
        } else {
          parts.text(String.valueOf(take()), true);
        }
      }
      case '\'' -> {
        int end = source.indexOf('\'', position);
        if (end < 0) {
          throw SyntaxException.incomplete("unterminated quoted string");
        }
        parts.text(advanceTo(end), true);
        position++;
      }
      case '"' -> {
        int before = parts.size();
        doubleQuoted(parts, '"');
        if (parts.size() == before) {
          // Empty quotes are an empty word; "$@" without parameters is none.
          parts.text("", true);
        }
      }
      case '$' -> dollar(parts, false);
      case '`' -> parts.add(new Part.Substitution(backquoted(), false));
      default -> parts.text(String.valueOf(c), false);
    }
  }

  /** Reads up to the closing character what double quotes, or an operand in them, hold. */
  private void doubleQuoted(PartList parts, char closing) {
    while (true) {
      if (atEnd()) {
        throw SyntaxException.incomplete(
            closing == '"' ? "unterminated quoted string" : "missing '}'");
      }
      char c = take();
      if (c == closing) {
        return;
      }
      if (c == '"') {
        // Quotes within an operand in quotes change nothing but go themselves.
        continue;
      }
      quotedPart(parts, c, closing);
    }
  }

  private void quotedPart(PartList parts, char c, char closing) {
    switch (c) {
      case '\\' -> {
        if (atEnd()) {
          parts.text("\\", true);
        } else if (peek() == '\n') {
          take();
        } else if ("$`\"\\".indexOf(peek()) >= 0 || peek() == closing) {
          parts.text(String.valueOf(take()), true);
        } else {
          parts.text("\\", true);
        }
      }
      case '$' -> dollar(parts, true);
      case '`' -> parts.add(new Part.Substitution(backquoted(), true));
      default -> parts.text(String.valueOf(c), true);
    }
  }

  private void dollar(PartList parts, boolean quoted) {
    enter();
    if (source.startsWith("((", position)) {
      position += 2;
      parts.add(new Part.Arithmetic(arithmetic(), quoted));
    } else if (!atEnd() && peek() == '(') {
      position++;
      parts.add(new Part.Substitution(new Parser(this).parseSubstitution(), quoted));
    } else if (!atEnd() && peek() == '{') {
      position++;
      parts.add(braced(quoted));
    } else {
      String name = name();
      if (name.isEmpty()) {
        parts.text("$", quoted);
      } else {
        parts.add(new Part.Parameter(name, "", Word.EMPTY, quoted));
      }
    }
    leave();
  }

  /** A variable's name, or one of the special parameters of a single character. */
  private String name() {
    int start = position;
    if (!atEnd() && "?$#!@*-0123456789".indexOf(peek()) >= 0) {
      position++;
    } else {
      while (!atEnd() && Variables.isNamePart(peek())) {
        position++;
      }
    }
    return source.substring(start, position);
  }

  private Part braced(boolean quoted) {
    if (!atEnd() && peek() == '#' && !isAt(1, '}')) {
      position++;
      Part.Parameter length = new Part.Parameter(bracedName(), "length", Word.EMPTY, quoted);
      if (atEnd()) {
        throw SyntaxException.incomplete("missing '}'");
      }
      if (take() != '}') {
        throw SyntaxException.of("bad substitution");
      }
      return length;
    }
    String name = bracedName();
    if (atEnd()) {
      throw SyntaxException.incomplete("missing '}'");
    }
    String operator = operator();
    PartList operand = new PartList();
    if (operator.isEmpty()) {
      if (take() != '}') {
        throw SyntaxException.of("bad substitution");
      }
    } else if (quoted && !operator.startsWith("#") && !operator.startsWith("%")) {
      doubleQuoted(operand, '}');
    } else {
      while (!atEnd() && peek() != '}') {
        part(operand);
      }
      if (atEnd()) {
        throw SyntaxException.incomplete("missing '}'");
      }
      position++;
    }
    return new Part.Parameter(name, operator, operand.word(), quoted);
  }

  private String bracedName() {
    int start = position;
    while (!atEnd() && isDigit(peek())) {
      position++;
    }
    String name = position > start ? source.substring(start, position) : name();
    if (name.isEmpty()) {
      throw SyntaxException.of("bad substitution");
    }
    return name;
  }

  private String operator() {
    for (String operator : new String[] {":-", ":=", ":+", ":?", "##", "%%"}) {
      if (source.startsWith(operator, position)) {
        position += 2;
        return operator;
      }
    }
    return "-=+?#%".indexOf(peek()) >= 0 ? String.valueOf(take()) : "";
  }

  private Word arithmetic() {
    PartList parts = new PartList();
    int open = 0;
    while (!source.startsWith("))", position) || open > 0) {
      if (atEnd()) {
        throw SyntaxException.incomplete("missing '))'");
      }
      char c = take();
      open += c == '(' ? 1 : c == ')' ? -1 : 0;
      quotedPart(parts, c, ')');
    }
    position += 2;
    return parts.word();
  }

  private Command backquoted() {
    StringBuilder script = new StringBuilder();
    while (true) {
      if (atEnd()) {
        throw SyntaxException.incomplete("EOF in backquote substitution");
      }
      char c = take();
      if (c == '`') {
        break;
      }
      if (c == '\\' && !atEnd() && "`$\\".indexOf(peek()) >= 0) {
        c = take();
      }
      script.append(c);
    }
    enter();
    Lexer inner = new Lexer(script.toString(), line);
    inner.depth = depth;
    Command command = new Parser(inner).parseAll();
    leave();
    return command;
  }

  private boolean atEnd() {
    return position >= source.length();
  }

  private char peek() {
    return source.charAt(position);
  }

  private boolean isAt(int ahead, char c) {
    return position + ahead < source.length() && source.charAt(position + ahead) == c;
  }

  private char take() {
    char c = source.charAt(position++);
    if (c == '\n') {
      line++;
    }
    return c;
  }

  private String advanceTo(int end) {
    int start = position;
    while (position < end) {
      take();
    }
    return source.substring(start, end);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** Gathers the parts of a word; neighbouring text becomes one part. */
  private static final class PartList {

    private final List<Part> parts = new ArrayList<>(2);

    void add(Part part) {
      parts.add(part);
    }

    void text(String text, boolean quoted) {
      if (!parts.isEmpty()
          && parts.getLast() instanceof Part.Text before
          && before.quoted() == quoted) {
        parts.set(parts.size() - 1, new Part.Text(before.text() + text, quoted));
      } else {
        parts.add(new Part.Text(text, quoted));
      }
    }

    int size() {
      return parts.size();
    }

    Word word() {
      return new Word(parts);
    }
  }
}
