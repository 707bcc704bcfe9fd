package dev.dockwire.program.tc;

import java.util.List;

/** The words of a command line, read from left to right. */
final class Words {

  private final List<String> words;
  private int next;

  Words(List<String> words) {
    this.words = words;
  }

  boolean hasNext() {
    return next < words.size();
  }

  /** The next word; if there is none the command line ends too soon. */
  String next() throws TcException {
    if (!hasNext()) {
      throw TcException.malformed("Command line is not complete. Try option \"help\"");
    }
    return words.get(next++);
  }

  /** The word that was read last. */
  String last() {
    return words.get(next - 1);
  }

  boolean nextIsNumber() {
    return hasNext() && startsWithDigit(words.get(next));
  }

  boolean nextIsSignedNumber() {
    return hasNext() && (words.get(next).startsWith("-") || nextIsNumber());
  }

  static boolean startsWithDigit(String word) {
    return !word.isEmpty() && word.charAt(0) >= '0' && word.charAt(0) <= '9';
  }

  /** Whether {@code word} is an abbreviation of {@code name}, or the whole of it. */
  static boolean matches(String word, String name) {
    return !word.isEmpty() && name.startsWith(word);
  }

  /** The first of {@code names} that {@code word} abbreviates; empty if none. */
  static String match(String word, List<String> names) {
    return names.stream().filter(name -> matches(word, name)).findFirst().orElse("");
  }
}
