package dev.dockwire.program.shell;

import dev.dockwire.host.FileNode;
import dev.dockwire.host.FileTree;
import dev.dockwire.program.shell.Word.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Turns words into arguments: tildes, parameters, command substitution, arithmetic, field
 * splitting, pathnames, in that order (POSIX.1, Shell Command Language, 2.6).
 */
final class Expander {

  private static final int MAX_PATHNAMES = 10_000;

  private final Interpreter shell;
  private final ShellState state;

  Expander(Interpreter shell, ShellState state) {
    this.shell = shell;
    this.state = state;
  }

  /** The arguments that words come to. */
  List<String> arguments(List<Word> words) {
    List<String> arguments = new ArrayList<>(words.size());
    int length = 0;
    for (Word word : words) {
      Fields fields = new Fields(separators());
      expand(word, fields, true, false);
      length += fields.length();
      if (length > Variables.MAX_LENGTH) {
        throw ShellException.outOfMemory();
      }
      for (String pattern : fields.patterns()) {
        addPathnames(pattern, arguments);
      }
    }
    return arguments;
  }

  /** The text that a word comes to where nothing is split, as in an assignment. */
  String text(Word word) {
    return Pattern.unescape(pattern(word));
  }

  /** The pattern that a word comes to. */
  String pattern(Word word) {
    Fields fields = new Fields("");
    expand(word, fields, false, false);
    return String.join(" ", fields.patterns());
  }

  private String separators() {
    return state.variables.get("IFS").orElse(Variables.DEFAULT_IFS);
  }

  private void expand(Word word, Fields fields, boolean splitting, boolean asOperand) {
    boolean first = true;
    for (Part part : word.parts()) {
      switch (part) {
        case Part.Text(String text, boolean quoted) -> {
          if (quoted) {
            fields.quoted(text);
          } else if (asOperand) {
            fields.split(text);
          } else {
            fields.literal(first ? withHome(text) : text);
          }
        }
        case Part.Parameter parameter -> expand(parameter, fields, splitting);
        case Part.Substitution(Command script, boolean quoted) ->
            add(shell.outputOf(script), quoted, fields);
        case Part.Arithmetic(Word expression, boolean quoted) ->
            add(
                Long.toString(new Arithmetic(text(expression), state.variables).value()),
                quoted,
                fields);
      }
      first = false;
    }
  }

  private static void add(String text, boolean quoted, Fields fields) {
    if (quoted) {
      fields.quoted(text);
    } else {
      fields.split(text);
    }
  }

  private String withHome(String text) {
    return text.equals("~") || text.startsWith("~/")
        ? state.variables.get("HOME").orElse("~") + text.substring(1)
        : text;
  }

  private void expand(Part.Parameter parameter, Fields fields, boolean splitting) {
    if (parameter.name().equals("@") && parameter.operator().isEmpty() && splitting) {
      expandPositional(parameter.quoted(), fields);
      return;
    }
    Optional<String> value = value(parameter.name());
    boolean usable =
        value.isPresent() && !(parameter.operator().startsWith(":") && value.get().isEmpty());
    switch (parameter.operator()) {
      case "" -> add(value.orElse(""), parameter.quoted(), fields);
      case "length" -> add(Integer.toString(value.orElse("").length()), parameter.quoted(), fields);
      case "-", ":-" -> {
        if (usable) {
          add(value.get(), parameter.quoted(), fields);
        } else {
          expandOperand(parameter, fields, splitting);
        }
      }
      case "+", ":+" -> {
        if (usable) {
          expandOperand(parameter, fields, splitting);
        }
      }
      case "=", ":=" -> {
        if (!usable) {
          state.variables.set(parameter.name(), text(parameter.operand()));
        }
        add(value(parameter.name()).orElse(""), parameter.quoted(), fields);
      }
      case "?", ":?" -> {
        if (!usable) {
          String message = text(parameter.operand());
          throw new ShellException(
              parameter.name() + ": " + (message.isEmpty() ? "parameter not set" : message), 2);
        }
        add(value.get(), parameter.quoted(), fields);
      }
      default ->
          add(
              trimmed(value.orElse(""), parameter.operator(), pattern(parameter.operand())),
              parameter.quoted(),
              fields);
    }
  }

  private void expandOperand(Part.Parameter parameter, Fields fields, boolean splitting) {
    if (parameter.quoted()) {
      fields.quoted("");
    }
    expand(parameter.operand(), fields, splitting, true);
  }

  /** {@code $@}: every positional parameter a field of its own. */
  private void expandPositional(boolean quoted, Fields fields) {
    boolean first = true;
    for (String parameter : state.variables.positional()) {
      if (!first) {
        fields.endIfBegun();
      }
      add(parameter, quoted, fields);
      first = false;
    }
  }

  private static String trimmed(String value, String operator, String pattern) {
    boolean longest = operator.length() == 2;
    for (int i = 0; i <= value.length(); i++) {
      int length = longest ? value.length() - i : i;
      if (operator.startsWith("#") && Pattern.matches(pattern, value.substring(0, length))) {
        return value.substring(length);
      }
      int kept = value.length() - length;
      if (operator.startsWith("%") && Pattern.matches(pattern, value.substring(kept))) {
        return value.substring(0, kept);
      }
    }
    return value;
  }

  private Optional<String> value(String name) {
    List<String> positional = state.variables.positional();
    return switch (name) {
      case "?" -> Optional.of(Integer.toString(state.status));
      case "$" -> Optional.of(Integer.toString(state.shellPid));
      case "#" -> Optional.of(Integer.toString(positional.size()));
      case "!" ->
          state.lastBackgroundPid == 0
              ? Optional.empty()
              : Optional.of(Integer.toString(state.lastBackgroundPid));
      case "-" -> Optional.of((state.exitOnError ? "e" : "") + (state.trace ? "x" : ""));
      case "0" -> Optional.of(state.name);
      case "@", "*" ->
          positional.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", positional));
      default -> {
        if (!Character.isDigit(name.charAt(0))) {
          yield state.variables.get(name);
        }
        int index = name.length() > 4 ? Integer.MAX_VALUE : Integer.parseInt(name);
        yield index <= positional.size()
            ? Optional.of(positional.get(index - 1))
            : Optional.empty();
      }
    };
  }

  /** Adds the pathnames that match, sorted; the word itself if none does. */
  private void addPathnames(String pattern, List<String> arguments) {
    if (!Pattern.isPattern(pattern)) {
      arguments.add(Pattern.unescape(pattern));
      return;
    }
    boolean absolute = pattern.startsWith("/");
    List<String> found = List.of(absolute ? "/" : "");
    for (String name : pattern.split("/")) {
      if (!name.isEmpty()) {
        found = matching(found, name);
      }
    }
    if (pattern.endsWith("/")) {
      found = found.stream().filter(this::isDirectory).map(path -> path + "/").toList();
    }
    if (found.isEmpty()) {
      arguments.add(Pattern.unescape(pattern));
    } else {
      arguments.addAll(found);
    }
  }

  private boolean isDirectory(String path) {
    String absolute = FileTree.resolve(shell.self().workingDirectory(), path);
    return shell.self().host().files().find(absolute).orElse(null) instanceof FileNode.Directory;
  }

  private List<String> matching(List<String> directories, String pattern) {
    List<String> found = new ArrayList<>();
    FileTree files = shell.self().host().files();
    for (String directory : directories) {
      String prefix = directory.isEmpty() || directory.endsWith("/") ? directory : directory + "/";
      String path = FileTree.resolve(shell.self().workingDirectory(), prefix);
      Optional<FileNode> node = files.find(path);
      if (node.isEmpty()) {
        continue;
      }
      for (String name : node.get().list().keySet()) {
        boolean hidden = name.startsWith(".") && !pattern.startsWith(".");
        if (!hidden && found.size() < MAX_PATHNAMES && Pattern.matches(pattern, name)) {
          found.add(prefix + name);
        }
      }
    }
    return found;
  }
}
