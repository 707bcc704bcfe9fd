package dev.dockwire.stack.tcp.script;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words of a line, taken one by one. Text in quotes is one word, and so are options in angle
 * brackets; a bracket that stands alone is a direction.
 */
final class Words {

  private static final Pattern WORD = Pattern.compile("\"[^\"]*\"|<(?:[^\\s>][^>]*)?>|\\S+");

  private final List<String> words = new ArrayList<>();
  private int at;

  Words(String text) {
    Matcher matcher = WORD.matcher(text);
    while (matcher.find()) {
      words.add(matcher.group());
    }
  }

  boolean hasNext() {
    return at < words.size();
  }

  /** The next word, which stays; empty if there is none. */
  String peek() {
    return hasNext() ? words.get(at) : "";
  }

  String next(String what) {
    if (!hasNext()) {
      throw new IllegalArgumentException(what + " is missing");
    }
    return words.get(at++);
  }

  /** Takes the next word if it is this one. */
  boolean accept(String word) {
    boolean there = peek().equals(word);
    at += there ? 1 : 0;
    return there;
  }

  long number(String what) {
    String word = next(what);
    try {
      return Long.parseLong(word);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(what + " is a number, not " + word, e);
    }
  }

  /** The number after this word, or another one if the word is not the next. */
  long numberAfter(String word, long otherwise) {
    return accept(word) ? number(word) : otherwise;
  }

  void end() {
    if (hasNext()) {
      throw new IllegalArgumentException("does not understand " + peek());
    }
  }
}
