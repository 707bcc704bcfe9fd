package dev.dockwire.program.network;

import dev.dockwire.host.NetDevice;
import dev.dockwire.host.Process;
import dev.dockwire.host.Program;
import java.util.List;

/** iproute2's {@code bridge link}: the interfaces that are ports of the Docker host's bridges. */
public final class BridgeLink implements Program {

  private static final String USAGE =
      """
      Usage: bridge OBJECT { COMMAND | help }
      where  OBJECT := { link }
      """;

  private static final int MALFORMED = 255;

  @Override
  public int run(Process self) {
    List<String> words = self.arguments().subList(1, self.arguments().size());
    String object = words.isEmpty() ? "" : words.getFirst();
    String command = words.size() < 2 ? "show" : words.get(1);
    if (object.isEmpty() || object.equals("help")) {
      return complain(self, USAGE);
    }
    if (!"link".startsWith(object)) {
      return complain(self, "Object \"" + object + "\" is unknown, try \"bridge help\".\n");
    }
    if (List.of("show", "list", "lst").stream().noneMatch(name -> name.startsWith(command))) {
      return complain(self, "Command \"" + command + "\" is unknown, try \"bridge link help\".\n");
    }
    return show(self, words.subList(Math.min(2, words.size()), words.size()));
  }

  private static int show(Process self, List<String> words) {
    boolean named = words.size() == 2 && words.getFirst().equals("dev");
    if (named && NetDevice.find(self.host(), words.getLast()).isEmpty()) {
      return complain(self, "Cannot find device \"" + words.getLast() + "\"\n");
    }
    for (NetDevice each : NetDevice.of(self.host())) {
      if (each.master().isPresent() && (!named || each.name().equals(words.getLast()))) {
        self.print(line(each, each.master().get()));
      }
    }
    return 0;
  }

  private static String line(NetDevice port, String bridge) {
    boolean up = port.nic().isUp();
    boolean running = up && port.nic().hasCarrier();
    return port.index()
        + ": "
        + port.name()
        + port.farIndex().map(far -> "@if" + far).orElse("")
        + ": <"
        + (up && !running ? "NO-CARRIER," : "")
        + "BROADCAST,MULTICAST"
        + (up ? ",UP" : "")
        + (running ? ",LOWER_UP" : "")
        + "> mtu "
        + port.nic().mtu()
        + " master "
        + bridge
        + " state "
        + (running ? "forwarding" : "disabled")
        + " priority 32 cost 2 \n";
  }

  private static int complain(Process self, String text) {
    self.printError(text);
    return MALFORMED;
  }
}
