package dev.dockwire.program.shell;

import java.util.Optional;

/** What the lexer makes of the characters. */
sealed interface Token {

  record WordToken(Word word) implements Token {

    @Override
    public String shown() {
      return word.plain().map(text -> "\"" + text + "\"").orElse("word");
    }
  }

  /** An operator: control operators, redirections, parentheses. */
  record Operator(String text) implements Token {

    @Override
    public String shown() {
      return "\"" + text + "\"";
    }
  }

  /** The number that stands directly before a redirection. */
  record IoNumber(int descriptor) implements Token {

    @Override
    public String shown() {
      return "\"" + descriptor + "\"";
    }
  }

  record Newline() implements Token {

    @Override
    public String shown() {
      return "newline";
    }
  }

  record End() implements Token {

    @Override
    public String shown() {
      return "end of file";
    }
  }

  /** How an error message calls it. */
  String shown();

  default boolean isOperator(String text) {
    return this instanceof Operator operator && operator.text().equals(text);
  }

  /** The text of a word without quotes, which may be a keyword. */
  default Optional<String> plain() {
    return this instanceof WordToken token ? token.word().plain() : Optional.empty();
  }

  default boolean isKeyword(String text) {
    return plain().filter(text::equals).isPresent();
  }
}
