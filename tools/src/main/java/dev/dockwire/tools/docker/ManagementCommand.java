package dev.dockwire.tools.docker;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A command of docker that is only a name for others, such as {@code docker network}. */
final class ManagementCommand {

  private final String name;
  private final String summary;
  private final Map<String, DockerCommand> commands = new TreeMap<>();
  private final Map<String, String> canonicalNames = new LinkedHashMap<>();

  ManagementCommand(String name, String summary) {
    this.name = name;
    this.summary = summary;
  }

  /** Adds a command under its own name and others. */
  ManagementCommand add(DockerCommand command, String commandName, String... aliases) {
    commands.put(commandName, command);
    List<String> names = new ArrayList<>(List.of(aliases));
    names.add(commandName);
    names.forEach(alias -> canonicalNames.put(alias, commandName));
    return this;
  }

  String name() {
    return name;
  }

  String summary() {
    return summary;
  }

  /** The name under which help and errors speak of a command; empty if there is none. */
  Optional<String> canonicalName(String given) {
    return Optional.ofNullable(canonicalNames.get(given));
  }

  Set<String> names() {
    return commands.keySet();
  }

  DockerCommand command(String canonicalName) {
    return commands.get(canonicalName);
  }

  String help() {
    StringBuilder text = new StringBuilder("Usage:  docker " + name + " COMMAND\n\n" + summary);
    text.append("\n\nCommands:\n");
    int width = commands.keySet().stream().mapToInt(String::length).max().orElse(0);
    commands.forEach(
        (command, what) ->
            text.append("  ")
                .append(command)
                .append(" ".repeat(width + 2 - command.length()))
                .append(what.summary())
                .append('\n'));
    return text.append("\nRun 'docker ")
        .append(name)
        .append(" COMMAND --help' for more information on a command.\n")
        .toString();
  }
}
