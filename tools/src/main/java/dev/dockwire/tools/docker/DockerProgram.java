package dev.dockwire.tools.docker;

import dev.dockwire.engine.Engine;
import dev.dockwire.host.Process;
import dev.dockwire.host.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The {@code docker} program: finds the command that is meant and runs it. */
public final class DockerProgram implements Program {

  private final Engine engine;
  private final Map<String, DockerCommand> commands = new TreeMap<>();
  private final Map<String, ManagementCommand> management = new TreeMap<>();

  public DockerProgram(Engine engine) {
    this.engine = engine;
    ManagementCommand container = new ManagementCommand("container", "Manage containers");
    for (DockerCommand command :
        List.of(
            new AttachCommand(),
            new CopyCommand(),
            new CreateCommand(),
            new ExecCommand(),
            new KillCommand(),
            new LogsCommand(),
            new PauseCommand(),
            new PortCommand(),
            new RenameCommand(),
            new RestartCommand(),
            new RunCommand(),
            new StartCommand(),
            new StopCommand(),
            new TopCommand(),
            new UnpauseCommand(),
            new WaitCommand())) {
      commands.put(command.name(), command);
      container.add(command, command.name());
    }
    DockerCommand remove = new RemoveCommand();
    DockerCommand list = new ListCommand();
    commands.put("rm", remove);
    commands.put("ps", list);
    container
        .add(remove, "rm", "remove")
        .add(list, "ls", "list", "ps")
        .add(new ContainerInspectCommand(), "inspect")
        .add(new ContainerPruneCommand(), "prune");
    DockerCommand inspect = new InspectCommand();
    commands.put(inspect.name(), inspect);
    management.put("container", container);
    DockerCommand events = new EventsCommand();
    commands.put("events", events);
    DockerCommand info = new InfoCommand();
    commands.put("info", info);
    commands.put("version", new VersionCommand());
    management.put(
        "system",
        new ManagementCommand("system", "Manage Docker").add(events, "events").add(info, "info"));
    DockerCommand images = new ImageListCommand();
    DockerCommand pull = new PullCommand();
    commands.put("images", images);
    commands.put("pull", pull);
    management.put(
        "image",
        new ManagementCommand("image", "Manage images")
            .add(new ImageInspectCommand(), "inspect")
            .add(images, "ls", "list")
            .add(pull, "pull"));
    management.put(
        "network",
        new ManagementCommand("network", "Manage networks")
            .add(new NetworkConnectCommand(), "connect")
            .add(new NetworkCreateCommand(), "create")
            .add(new NetworkDisconnectCommand(), "disconnect")
            .add(new NetworkInspectCommand(), "inspect")
            .add(new NetworkListCommand(), "ls", "list")
            .add(new NetworkPruneCommand(), "prune")
            .add(new NetworkRemoveCommand(), "rm", "remove"));
  }

  /** The words that may come next after {@code docker} and these. */
  public List<String> completions(List<String> before) {
    List<String> names = new ArrayList<>();
    if (before.isEmpty()) {
      names.addAll(management.keySet());
      names.addAll(commands.keySet());
    } else if (before.size() == 1 && management.containsKey(before.getFirst())) {
      names.addAll(management.get(before.getFirst()).names());
    }
    return names;
  }

  @Override
  public int run(Process self) {
    List<String> line = self.arguments().subList(1, self.arguments().size());
    if (line.isEmpty() || line.getFirst().equals("--help")) {
      self.print(help());
      return line.isEmpty() ? DockerCommand.FAILED : 0;
    }
    if (line.getFirst().equals("-v") || line.getFirst().equals("--version")) {
      String version = engine.settings().compat().dockerVersion();
      self.print("Docker version " + version + ", build dockwire\n");
      return 0;
    }
    if (line.getFirst().equals("help")) {
      return helpFor(self, line.subList(1, line.size()));
    }
    return run(self, line);
  }

  private int helpFor(Process self, List<String> topic) {
    if (topic.isEmpty()) {
      self.print(help());
      return 0;
    }
    String name = topic.getFirst();
    if (!management.containsKey(name) && !commands.containsKey(name)) {
      self.printError("unknown help topic: " + String.join(" ", topic) + "\n");
      return DockerCommand.FAILED;
    }
    List<String> line = new ArrayList<>(topic);
    line.add("--help");
    return run(self, line);
  }

  private int run(Process self, List<String> line) {
    String name = line.getFirst();
    List<String> rest = line.subList(1, line.size());
    if (management.containsKey(name)) {
      return runManagement(self, management.get(name), rest);
    }
    DockerCommand command = commands.get(name);
    if (command == null) {
      self.printError(
          "docker: unknown command: docker "
              + name
              + "\n\nRun 'docker --help' for more information\n");
      return DockerCommand.FAILED;
    }
    return command.run(self, engine, name, rest);
  }

  private int runManagement(Process self, ManagementCommand group, List<String> line) {
    if (line.isEmpty() || line.getFirst().equals("--help")) {
      self.print(group.help());
      return 0;
    }
    Optional<String> name = group.canonicalName(line.getFirst());
    if (name.isEmpty()) {
      self.printError(
          "docker: unknown command: docker "
              + group.name()
              + " "
              + line.getFirst()
              + "\n\nUsage:  docker "
              + group.name()
              + "\n\nRun 'docker "
              + group.name()
              + " --help' for more information\n");
      return DockerCommand.FAILED;
    }
    return group
        .command(name.get())
        .run(self, engine, group.name() + " " + name.get(), line.subList(1, line.size()));
  }

  private String help() {
    StringBuilder text =
        new StringBuilder(
            """
            Usage:  docker [OPTIONS] COMMAND

            A self-sufficient runtime for containers

            Management Commands:
            """);
    management.forEach((name, group) -> list(text, name, group.summary()));
    text.append("\nCommands:\n");
    commands.forEach((name, command) -> list(text, name, command.summary()));
    return text.append("\nRun 'docker COMMAND --help' for more information on a command.\n")
        .toString();
  }

  private static void list(StringBuilder text, String name, String summary) {
    text.append("  ").append(name).append(" ".repeat(Math.max(1, 12 - name.length())));
    text.append(summary).append('\n');
  }
}
