package dev.dockwire.tools.template;

import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.regex.Pattern;

/** The functions on strings that docker adds to the language. */
final class StringFunctions {

  /** Go would try any width; this one is beyond any terminal and harmless. */
  private static final int WIDEST_PADDING = 1 << 20;

  private StringFunctions() {}

  static Value split(List<Value> arguments) {
    String separator = arguments.get(1).string();
    String text = arguments.getFirst().string();
    if (separator.isEmpty()) {
      return Value.strings(text.codePoints().mapToObj(Character::toString).toList());
    }
    return Value.strings(List.of(text.split(Pattern.quote(separator), -1)));
  }

  static Value join(List<Value> arguments) {
    List<String> parts = arguments.getFirst().elements().stream().map(Value::string).toList();
    return Value.of(String.join(arguments.get(1).string(), parts));
  }

  static Value lower(List<Value> arguments) {
    return mapped(arguments, Character::toLowerCase);
  }

  static Value upper(List<Value> arguments) {
    return mapped(arguments, Character::toUpperCase);
  }

  /** Rune by rune, as Go does; Java's own would make two letters of some. */
  private static Value mapped(List<Value> arguments, IntUnaryOperator toCase) {
    StringBuilder out = new StringBuilder();
    arguments.getFirst().string().codePoints().map(toCase).forEach(out::appendCodePoint);
    return Value.of(out.toString());
  }

  /** The first letter of every word in upper case. */
  static Value title(List<Value> arguments) {
    StringBuilder out = new StringBuilder();
    int before = ' ';
    for (int rune : arguments.getFirst().string().codePoints().toArray()) {
      out.appendCodePoint(isSeparator(before) ? Character.toTitleCase(rune) : rune);
      before = rune;
    }
    return Value.of(out.toString());
  }

  private static boolean isSeparator(int rune) {
    if (Character.isLetterOrDigit(rune) || rune == '_') {
      return false;
    }
    return rune < 0x80 || Character.isWhitespace(rune) || Character.isSpaceChar(rune);
  }

  /** Blanks before and after, unless there is nothing to pad. */
  static Value pad(List<Value> arguments) {
    String text = arguments.getFirst().string();
    return Value.of(
        text.isEmpty() ? "" : blanks(arguments.get(1)) + text + blanks(arguments.get(2)));
  }

  private static String blanks(Value count) {
    if (count.integer() < 0) {
      throw new TemplateException("strings: negative Repeat count");
    }
    if (count.integer() > WIDEST_PADDING) {
      throw new TemplateException("strings: Repeat output length overflow");
    }
    return " ".repeat((int) count.integer());
  }

  /** The first bytes of a text. */
  static Value truncate(List<Value> arguments) {
    String text = arguments.getFirst().string();
    long length = arguments.get(1).integer();
    if (length < 0) {
      throw new TemplateException("runtime error: slice bounds out of range [:" + length + "]");
    }
    return Value.of(GoText.byteLength(text) < length ? text : GoText.slice(text, 0, (int) length));
  }
}
