package dev.dockwire.engine;

import java.util.SortedMap;

/**
 * Something that has happened to an object of the engine, as {@code docker events} shows it.
 *
 * @param epochNanos when, in nanoseconds since the Unix epoch
 * @param action Docker's word, as {@code start}, or {@code exec_start: sh -c ls}
 * @param actor the object's id; empty for what concerns all of a kind
 * @param attributes what else Docker says of it, by name
 */
public record Event(
    long epochNanos, Type type, String action, String actor, SortedMap<String, String> attributes) {

  /** What kind of object it has happened to. */
  public enum Type {
    CONTAINER("container"),
    NETWORK("network"),
    IMAGE("image");

    private final String word;

    Type(String word) {
      this.word = word;
    }

    /** Docker's word for the kind. */
    public String word() {
      return word;
    }
  }
}
