package dev.dockwire.engine;

import dev.dockwire.bridge.Bridge;
import dev.dockwire.bridge.BridgePort;
import dev.dockwire.host.Process;
import dev.dockwire.host.Program;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The {@code brctl} program of the Docker host: shows its bridges and what they have learnt. */
public final class BridgeControl implements Program {

  private static final double NANOS_PER_SECOND = 1e9;

  private final Engine engine;

  public BridgeControl(Engine engine) {
    this.engine = engine;
  }

  @Override
  public int run(Process self) {
    List<String> arguments = self.arguments();
    String command = arguments.size() > 1 ? arguments.get(1) : "";
    if (command.equals("show")) {
      return show(self);
    }
    if (command.equals("showmacs")) {
      if (arguments.size() < 3) {
        self.printError(
            "Incorrect number of arguments for command\nUsage: brctl showmacs <bridge>\n");
        return 1;
      }
      return showMacs(self, arguments.get(2));
    }
    self.printError("Usage: brctl show | showmacs BRIDGE\n");
    return 1;
  }

  private int show(Process self) {
    StringBuilder text = new StringBuilder("bridge name\tbridge id\t\tSTP enabled\tinterfaces\n");
    for (Network network : engine.networks().list()) {
      network.segment().ifPresent(segment -> show(segment, text));
    }
    self.print(text.toString());
    return 0;
  }

  private static void show(Segment segment, StringBuilder text) {
    String name = segment.bridge().name();
    String id = "8000." + segment.mac().toString().replace(":", "");
    List<String> ports =
        segment.bridge().ports().stream()
            .map(BridgePort::name)
            .filter(port -> !port.equals(name))
            .toList();
    text.append(name).append(name.length() < 8 ? "\t\t" : "\t").append(id).append("\tno\t\t");
    text.append(String.join("\n\t\t\t\t\t\t\t", ports)).append('\n');
  }

  private int showMacs(Process self, String name) {
    Optional<Bridge> found =
        engine.networks().list().stream()
            .flatMap(network -> network.segment().stream())
            .map(Segment::bridge)
            .filter(bridge -> bridge.name().equals(name))
            .findFirst();
    if (found.isEmpty()) {
      self.printError("brctl: bridge " + name + ": No such device\n");
      return 1;
    }
    StringBuilder text = new StringBuilder("port no\tmac addr\t\tis local?\tageing timer\n");
    for (Bridge.Entry entry : found.get().entries(self.now())) {
      text.append(
          String.format(
              Locale.ROOT,
              "%3d\t%s\t%s\t\t%7.2f\n",
              entry.port().number(),
              entry.mac(),
              entry.own() ? "yes" : "no",
              entry.ageNanos() / NANOS_PER_SECOND));
    }
    self.print(text.toString());
    return 0;
  }
}
