package dev.dockwire.tools.docker;

import dev.dockwire.engine.Engine;
import dev.dockwire.host.Process;
import dev.dockwire.host.Program;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The {@code docker} program: finds the command that is meant and runs it. */
public final class DockerProgram implements Program {

  private static final String CONTAINER_SUMMARY = "Manage containers";

  private final Engine engine;
  private final Map<String, DockerCommand> commands = new TreeMap<>();
  private final Map<String, DockerCommand> containerCommands = new TreeMap<>();

  public DockerProgram(Engine engine) {
    this.engine = engine;
    for (DockerCommand command :
        List.of(
            new AttachCommand(),
            new ExecCommand(),
            new RemoveCommand(),
            new RunCommand(),
            new StartCommand(),
            new StopCommand())) {
      commands.put(command.name(), command);
      containerCommands.put(command.name(), command);
    }
    DockerCommand containerList = new ListCommand();
    commands.put("ps", containerList);
    for (String alias : List.of("ls", "list", "ps")) {
      containerCommands.put(alias, containerList);
    }
    containerCommands.put("remove", containerCommands.get("rm"));
  }

  @Override
  public int run(Process self) {
    List<String> line = self.arguments().subList(1, self.arguments().size());
    if (line.isEmpty() || line.getFirst().equals("--help") || line.getFirst().equals("help")) {
      self.print(help());
      return line.isEmpty() ? DockerCommand.FAILED : 0;
    }
    String name = line.getFirst();
    if (name.equals("container")) {
      return runContainer(self, line.subList(1, line.size()));
    }
    DockerCommand command = commands.get(name);
    if (command == null) {
      self.printError(
          "docker: unknown command: docker "
              + name
              + "\n\nRun 'docker --help' for more information\n");
      return DockerCommand.FAILED;
    }
    return command.run(self, engine, name, line.subList(1, line.size()));
  }

  private int runContainer(Process self, List<String> line) {
    if (line.isEmpty() || line.getFirst().equals("--help")) {
      self.print(containerHelp());
      return 0;
    }
    DockerCommand command = containerCommands.get(line.getFirst());
    if (command == null) {
      self.printError(
          "docker: unknown command: docker container "
              + line.getFirst()
              + "\n\nUsage:  docker container\n\n"
              + "Run 'docker container --help' for more information\n");
      return DockerCommand.FAILED;
    }
    String name = containerCommands.get("ls") == command ? "ls" : command.name();
    return command.run(self, engine, "container " + name, line.subList(1, line.size()));
  }

  private String help() {
    StringBuilder text =
        new StringBuilder(
            """
            Usage:  docker [OPTIONS] COMMAND

            A self-sufficient runtime for containers

            Management Commands:
            """);
    list(text, "container", CONTAINER_SUMMARY);
    text.append("\nCommands:\n");
    commands.forEach((name, command) -> list(text, name, command.summary()));
    return text.append("\nRun 'docker COMMAND --help' for more information on a command.\n")
        .toString();
  }

  private String containerHelp() {
    StringBuilder text =
        new StringBuilder("Usage:  docker container COMMAND\n\n" + CONTAINER_SUMMARY);
    text.append("\n\nCommands:\n");
    containerCommands.forEach(
        (name, command) -> {
          if (!List.of("list", "ps", "remove").contains(name)) {
            list(text, name, command.summary());
          }
        });
    return text.append(
            "\nRun 'docker container COMMAND --help' for more information on a command.\n")
        .toString();
  }

  private static void list(StringBuilder text, String name, String summary) {
    text.append("  ").append(name).append(" ".repeat(Math.max(1, 12 - name.length())));
    text.append(summary).append('\n');
  }
}
