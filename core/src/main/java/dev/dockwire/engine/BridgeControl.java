package dev.dockwire.engine;

import dev.dockwire.bridge.Bridge;
import dev.dockwire.bridge.BridgePort;
import dev.dockwire.host.Process;
import dev.dockwire.host.Program;
import java.util.List;
import java.util.Locale;

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
    Network network = engine.bridge();
    String id = "8000." + network.bridgeMac().toString().replace(":", "");
    String separator = "\t";
    text.append(network.bridge().name()).append("\t\t").append(id).append("\tno\t");
    for (BridgePort port : network.bridge().ports()) {
      if (!port.name().equals(network.bridge().name())) {
        text.append(separator).append(port.name()).append('\n');
        separator = "\t\t\t\t\t\t\t";
      }
    }
    self.print(separator.equals("\t") ? text + "\n" : text.toString());
    return 0;
  }

  private int showMacs(Process self, String name) {
    Bridge bridge = engine.bridge().bridge();
    if (!bridge.name().equals(name)) {
      self.printError("brctl: bridge " + name + ": No such device\n");
      return 1;
    }
    StringBuilder text = new StringBuilder("port no\tmac addr\t\tis local?\tageing timer\n");
    for (Bridge.Entry entry : bridge.entries(self.now())) {
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
