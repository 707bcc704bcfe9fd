package dev.dockwire.tools.docker;

import dev.dockwire.engine.Engine;
import dev.dockwire.engine.spec.IpamConfig;
import dev.dockwire.engine.spec.NetworkSpec;
import dev.dockwire.host.Process;
import dev.dockwire.tools.docker.flag.Flags;
import dev.dockwire.tools.docker.flag.UsageException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code docker network create}. */
final class NetworkCreateCommand extends DockerCommand {

  NetworkCreateCommand() {
    super("create", List.of(), "[OPTIONS] NETWORK", "Create a network", 1, 1);
  }

  @Override
  Flags flags() {
    return new Flags()
        .bool("attachable", (char) 0, "Enable manual container attachment")
        .list(
            "aux-address",
            (char) 0,
            "map",
            "Auxiliary IPv4 or IPv6 addresses used by Network driver (default map[])")
        .string("driver", 'd', "Driver to manage the Network (default \"bridge\")")
        .strings("gateway", (char) 0, "IPv4 or IPv6 Gateway for the master subnet")
        .bool("internal", (char) 0, "Restrict external access to the network")
        .strings("ip-range", (char) 0, "Allocate container ip from a sub-range")
        .bool("ipv6", (char) 0, "Enable or disable IPv6 address assignment")
        .list("label", (char) 0, "Set metadata on a network")
        .list("opt", 'o', "map", "Set driver specific options (default map[])")
        .strings("subnet", (char) 0, "Subnet in CIDR format that represents a network segment");
  }

  @Override
  int execute(Process self, Engine engine, Flags flags) {
    if (flags.isTrue("ipv6")) {
      self.printError("IPv6 is not emulated yet: create the network without --ipv6\n");
      return FAILED;
    }
    List<IpamConfig> subnets;
    try {
      subnets =
          SubnetOptions.consolidate(
              flags.list("subnet"),
              flags.list("ip-range"),
              flags.list("gateway"),
              assignments(flags.list("aux-address")));
    } catch (UsageException e) {
      self.printError(e.getMessage() + "\n");
      return FAILED;
    }
    NetworkSpec spec =
        new NetworkSpec(
            flags.positional().getFirst(),
            flags.string("driver").orElse("bridge"),
            subnets,
            flags.isTrue("internal"),
            flags.isTrue("attachable"),
            assignments(flags.list("opt")),
            assignments(flags.list("label")));
    self.print(engine.networks().create(spec).id() + "\n");
    return 0;
  }

  /** Values of the form {@code NAME=VALUE}; without the sign the value is empty. */
  private static Map<String, String> assignments(List<String> values) {
    Map<String, String> assignments = new LinkedHashMap<>();
    for (String value : values) {
      int equals = value.indexOf('=');
      assignments.put(
          equals < 0 ? value : value.substring(0, equals),
          equals < 0 ? "" : value.substring(equals + 1));
    }
    return assignments;
  }
}
