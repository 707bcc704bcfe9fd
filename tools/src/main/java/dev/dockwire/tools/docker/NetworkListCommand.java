package dev.dockwire.tools.docker;

import dev.dockwire.engine.Engine;
import dev.dockwire.engine.Network;
import dev.dockwire.host.Process;
import dev.dockwire.tools.docker.filter.NetworkFilter;
import dev.dockwire.tools.docker.flag.Flags;
import dev.dockwire.tools.docker.inspect.WallClock;
import dev.dockwire.tools.template.GoMethod;
import dev.dockwire.tools.template.GoStruct;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** {@code docker network ls}. */
final class NetworkListCommand extends DockerCommand {

  private static final String STANDARD = "{{.ID}}\t{{.Name}}\t{{.Driver}}\t{{.Scope}}";
  private static final Map<String, String> TITLES =
      Map.of(
          "ID", "NETWORK ID",
          "Name", "NAME",
          "Driver", "DRIVER",
          "Scope", "SCOPE",
          "IPv4", "IPV4",
          "IPv6", "IPV6",
          "Internal", "INTERNAL",
          "Labels", "LABELS",
          "CreatedAt", "CREATED AT");

  NetworkListCommand() {
    super(
        "ls",
        List.of("docker network ls", "docker network list"),
        "[OPTIONS]",
        "List networks",
        0,
        0);
  }

  @Override
  Flags flags() {
    return new Flags()
        .filter("filter", 'f', "Provide filter values (e.g. \"driver=bridge\")")
        .string("format", (char) 0, ListFormat.USAGE)
        .bool("no-trunc", (char) 0, "Do not truncate the output")
        .bool("quiet", 'q', "Only display network IDs");
  }

  @Override
  int execute(Process self, Engine engine, Flags flags) {
    boolean whole = flags.isTrue("no-trunc");
    NetworkFilter filter = new NetworkFilter(flags.list("filter"));
    WallClock clock = new WallClock(engine.world());
    List<GoStruct> rows =
        engine.networks().list().stream()
            .filter(filter::matches)
            .sorted(Comparator.comparing(Network::name))
            .map(network -> row(network, whole, clock))
            .toList();
    String format = flags.string("format").orElse("");
    if (flags.isTrue("quiet") && (format.isEmpty() || format.equals("table"))) {
      format = "{{.ID}}";
    }
    return ListFormat.of(format, STANDARD, TITLES)
        .columnWidth(engine.settings().compat().columnWidth())
        .print(self, rows);
  }

  private static GoStruct row(Network network, boolean whole, WallClock clock) {
    Map<String, String> labels = new TreeMap<>(network.spec().labels());
    Map<String, Object> fields = new HashMap<>();
    fields.put("ID", whole ? network.id() : network.shortId());
    fields.put("Name", network.name());
    fields.put("Driver", network.driver().word());
    fields.put("Scope", "local");
    fields.put("IPv4", "true");
    fields.put("IPv6", "false");
    fields.put("Internal", Boolean.toString(network.spec().internal()));
    fields.put("CreatedAt", clock.goText(network.createdAt()));
    fields.put(
        "Labels",
        labels.entrySet().stream()
            .map(label -> label.getKey() + "=" + label.getValue())
            .collect(Collectors.joining(",")));
    fields.put("Label", (GoMethod) name -> labels.getOrDefault(name, ""));
    return ListFormat.row("*network.networkContext", fields);
  }
}
