package dev.dockwire.tools.docker;

import dev.dockwire.engine.Engine;
import dev.dockwire.engine.EngineException;
import dev.dockwire.host.Process;
import dev.dockwire.tools.docker.flag.Flags;
import dev.dockwire.tools.docker.inspect.ContainerView;
import dev.dockwire.tools.docker.inspect.ImageView;
import dev.dockwire.tools.docker.inspect.NetworkView;
import dev.dockwire.tools.template.GoStruct;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** {@code docker inspect}: a container, else an image, else a network, in Docker's order. */
final class InspectCommand extends DockerCommand {

  /** The types that docker knows; there are no objects here of those after the first three. */
  private static final List<String> TYPES =
      List.of(
          "config",
          "container",
          "image",
          "network",
          "node",
          "plugin",
          "secret",
          "service",
          "task",
          "volume");

  private static final String NO_SWARM =
      "This node is not a swarm manager. Use \"docker swarm init\" or \"docker swarm join\" to"
          + " connect this node to swarm and try again.";

  InspectCommand() {
    super(
        "inspect",
        List.of(),
        "[OPTIONS] NAME|ID [NAME|ID...]",
        "Return low-level information on Docker objects",
        1,
        Integer.MAX_VALUE);
  }

  @Override
  Flags flags() {
    return new Flags()
        .string("format", 'f', FormatOption.USAGE)
        .string("type", (char) 0, "Only inspect objects of the given type");
  }

  @Override
  int execute(Process self, Engine engine, Flags flags) {
    String type = flags.string("type").orElse("");
    if (flags.isSet("type") && !TYPES.contains(type)) {
      self.printError(
          (type.isEmpty() ? "type is empty" : "unknown type: \"" + type + "\"")
              + ": must be one of \""
              + String.join("\", \"", TYPES)
              + "\"\n");
      return FAILED;
    }
    Map<String, Function<String, GoStruct>> finders = new LinkedHashMap<>();
    finders.put("container", name -> ContainerView.of(engine.container(name), engine));
    finders.put("image", name -> ImageView.of(engine.images().find(name), engine));
    finders.put("network", name -> NetworkView.of(engine.networks().find(name), engine));
    Function<String, GoStruct> finder =
        type.isEmpty()
            ? name -> findAny(finders, name)
            : finders.getOrDefault(type, name -> refuse(type, name));
    return Inspection.print(self, flags, finder);
  }

  private static GoStruct findAny(Map<String, Function<String, GoStruct>> finders, String name) {
    for (Function<String, GoStruct> finder : finders.values()) {
      try {
        return finder.apply(name);
      } catch (EngineException _) {
        // Not of this kind; the next one is asked.
      }
    }
    throw new Inspection.NoSuchObjectException(name);
  }

  private static GoStruct refuse(String type, String name) {
    throw switch (type) {
      case "volume" ->
          new EngineException(EngineException.NOT_FOUND, "get " + name + ": no such volume");
      case "plugin" ->
          new EngineException(EngineException.NOT_FOUND, "plugin \"" + name + "\" not found");
      default -> new EngineException(503, NO_SWARM);
    };
  }
}
