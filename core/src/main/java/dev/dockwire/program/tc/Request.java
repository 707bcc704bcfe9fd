package dev.dockwire.program.tc;

import java.util.OptionalInt;

/**
 * What a command of {@code tc qdisc} is about.
 *
 * @param device the name of an interface; empty if none is given
 * @param handle the qdisc's own; 0 if none is given
 * @param kind of qdisc; empty if none is given
 * @param arguments the options of that kind; null if no kind is given, or an unknown one
 */
record Request(
    String device, boolean root, int parent, int handle, String kind, QdiscArguments arguments) {

  private static final int HEXADECIMAL = 16;

  /** Reads a request to change something. */
  static Request toModify(Words words) throws TcException {
    Reader reader = new Reader(words);
    while (words.hasNext()) {
      String word = words.next();
      if (!reader.reads(word)) {
        return reader.request(word, arguments(word, words));
      }
    }
    return reader.request("", null);
  }

  private static QdiscArguments arguments(String kind, Words words) throws TcException {
    if (kind.equals("netem")) {
      return NetemArguments.parse(words);
    }
    if (kind.equals("tbf")) {
      return TbfArguments.parse(words);
    }
    if (words.hasNext()) {
      String option = words.next();
      if (Words.matches(option, "help")) {
        throw TcException.help(Tc.QDISC_USAGE);
      }
      throw TcException.wrong(
          "Unknown qdisc \"" + kind + "\", hence option \"" + option + "\" is unparsable");
    }
    return null;
  }

  /** Reads what to show. */
  static Request toShow(Words words) throws TcException {
    Reader reader = new Reader(words);
    while (words.hasNext()) {
      String word = words.next();
      if (!reader.reads(word)) {
        throw TcException.malformed("What is \"" + word + "\"? Try \"tc qdisc help\".");
      }
    }
    return reader.request("", null);
  }

  /** Reads the words that come before the kind. */
  private static final class Reader {

    private final Words words;
    private String device = "";
    private boolean root;
    private int parent;
    private int handle;

    Reader(Words words) {
      this.words = words;
    }

    boolean reads(String word) throws TcException {
      switch (word) {
        case "dev" -> {
          String name = words.next();
          if (!device.isEmpty()) {
            throw duplicate("dev", name);
          }
          device = name;
        }
        case "root" -> {
          if (root || parent != 0) {
            throw TcException.malformed("Error: \"root\" is duplicate parent ID");
          }
          root = true;
        }
        case "parent" -> {
          String id = words.next();
          if (root || parent != 0) {
            throw duplicate("parent", id);
          }
          parent = major(id).orElseThrow(() -> invalid(id, "invalid parent ID"));
        }
        case "handle" -> {
          if (handle != 0) {
            throw duplicate("handle", word);
          }
          String id = words.next();
          handle =
              id.equals("none") ? 0 : major(id).orElseThrow(() -> invalid(id, "invalid qdisc ID"));
        }
        default -> {
          if (Words.matches(word, "help")) {
            throw TcException.help(Tc.QDISC_USAGE);
          }
          return false;
        }
      }
      return true;
    }

    /** The number before the colon. */
    private static OptionalInt major(String id) {
      int colon = id.indexOf(':');
      try {
        int major = Integer.parseInt(colon < 0 ? id : id.substring(0, colon), HEXADECIMAL);
        return major >>> Short.SIZE == 0 ? OptionalInt.of(major) : OptionalInt.empty();
      } catch (NumberFormatException _) {
        return OptionalInt.empty();
      }
    }

    private static TcException duplicate(String name, String value) {
      return TcException.malformed(
          "Error: duplicate \"" + name + "\": \"" + value + "\" is the second value.");
    }

    private static TcException invalid(String id, String why) {
      return TcException.malformed("Error: argument \"" + id + "\" is wrong: " + why);
    }

    Request request(String kind, QdiscArguments arguments) {
      return new Request(device, root, parent, handle, kind, arguments);
    }
  }
}
