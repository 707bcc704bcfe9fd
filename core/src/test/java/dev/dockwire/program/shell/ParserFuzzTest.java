package dev.dockwire.program.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dockwire.time.Seed;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Whatever is typed, it is a script or a syntax error, soon. */
class ParserFuzzTest {

  private static final List<String> PIECES =
      List.of(
          "echo", "a", "$", "$x", "${", "}", "${x:-", "$(", "$((", "))", ")", "(", "{", "`", "'",
          "\"", "\\", "|", "||", "&", "&&", ";", ";;", "<", ">", ">>", "2>", ">&", "&>", "<<", "if",
          "then", "elif", "else", "fi", "while", "until", "do", "done", "for", "in", "case", "esac",
          "!", "x=1", "f()", "#", "\n", " ", "\t", "*", "?", "[", "]", "~", "0", "é", "\0");

  private static void parse(String script) {
    try {
      new Parser(new Lexer(script, 1)).parseAll();
      Parser lines = new Parser(new Lexer(script, 1));
      while (lines.parseLine().isPresent()) {
        // Line by line it must come to an end, too.
      }
    } catch (SyntaxException expected) {
      assertThat(expected.getMessage()).startsWith("syntax error: ");
    }
  }

  @Test
  void piecesOfScripts() {
    RandomGenerator random = new Seed(20).generator("scripts");
    for (int run = 0; run < 50_000; run++) {
      StringBuilder script = new StringBuilder();
      for (int length = random.nextInt(1, 25); length > 0; length--) {
        script.append(PIECES.get(random.nextInt(PIECES.size())));
        script.append(random.nextInt(3) == 0 ? "" : " ");
      }
      assertThatCode(() -> parse(script.toString()))
          .as(script.toString())
          .doesNotThrowAnyException();
    }
  }

  @Test
  void arbitraryCharacters() {
    RandomGenerator random = new Seed(21).generator("characters");
    for (int run = 0; run < 20_000; run++) {
      StringBuilder script = new StringBuilder();
      for (int length = random.nextInt(1, 60); length > 0; length--) {
        script.append((char) random.nextInt(random.nextInt(20) == 0 ? 0x1_0000 : 0x80));
      }
      assertThatCode(() -> parse(script.toString()))
          .as(script.toString())
          .doesNotThrowAnyException();
    }
  }

  @Test
  void whatIsNestedTooDeeplyIsRefused() {
    for (String opening : List.of("(", "{ ", "$(", "${x:-", "\"$(", "if ", "while ", "! ", "$((")) {
      assertThatThrownBy(() -> new Parser(new Lexer(opening.repeat(50_000), 1)).parseAll())
          .as(opening)
          .isInstanceOf(SyntaxException.class);
    }
  }

  @Test
  void patternsMatchOrNotButDoNotTakeForever() {
    RandomGenerator random = new Seed(22).generator("patterns");
    for (int run = 0; run < 50_000; run++) {
      StringBuilder pattern = new StringBuilder();
      for (int length = random.nextInt(12); length > 0; length--) {
        pattern.append("ab*?[]!-\\^".charAt(random.nextInt(10)));
      }
      assertThatCode(() -> Pattern.matches(pattern.toString(), "abba]-"))
          .as(pattern.toString())
          .doesNotThrowAnyException();
    }
    assertThat(Pattern.matches("*a".repeat(200) + "b", "a".repeat(5_000))).isFalse();
  }
}
