package dev.dockwire.tools.docker.option;

import dev.dockwire.engine.spec.ContainerSpec;
import dev.dockwire.engine.spec.RestartPolicy;
import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.host.Process;
import dev.dockwire.tools.docker.flag.Flags;
import dev.dockwire.tools.docker.flag.UsageException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The options that {@code docker create} and {@code docker run} share: what a container is. */
public final class ContainerOptions {

  /** What is said to whoever asks for a volume, a bind or a mount. */
  public static final String NO_VOLUMES = "Dockwire has no volumes: nothing is mounted";

  private ContainerOptions() {}

  public static Flags flags() {
    return new Flags()
        .list("add-host", (char) 0, "Add a custom host-to-IP mapping (host:ip)")
        .check("add-host", AddHostOption::check)
        .list("attach", 'a', "Attach to STDIN, STDOUT or STDERR")
        .check("attach", ContainerOptions::checkStream)
        .list("dns", (char) 0, "Set custom DNS servers")
        .check("dns", ContainerOptions::checkServer)
        .list("dns-option", (char) 0, "Set DNS options")
        .list("dns-search", (char) 0, "Set custom DNS search domains")
        .check("dns-search", ContainerOptions::checkDomain)
        .string("domainname", (char) 0, "Container NIS domain name")
        .string("entrypoint", (char) 0, "Overwrite the default ENTRYPOINT of the image")
        .list("env", 'e', "Set environment variables")
        .check("env", EnvironmentOption::check)
        .list("env-file", (char) 0, "Read in a file of environment variables")
        .list("expose", (char) 0, "Expose a port or a range of ports")
        .bool("interactive", 'i', "Keep STDIN open even if not attached")
        .list("cap-add", (char) 0, "Add Linux capabilities")
        .bool("privileged", (char) 0, "Give extended privileges to this container")
        .string("hostname", 'h', "Container host name")
        .string("ip", (char) 0, "IPv4 address (e.g., 172.30.100.104)")
        .list("label", 'l', "Set meta data on a container")
        .check("label", ContainerOptions::checkLabel)
        .list("link", (char) 0, "Add link to another container")
        .check("link", LinkOption::check)
        .list("mount", (char) 0, "mount", "Attach a filesystem mount to the container")
        .string("mac-address", (char) 0, "Container MAC address (e.g., 92:d0:c6:0a:29:33)")
        .string("name", (char) 0, "Assign a name to the container")
        .list("network", (char) 0, "network", "Connect a container to a network")
        .check("network", NetworkOption::check)
        .alias("net", "network")
        .list("network-alias", (char) 0, "Add network-scoped alias for the container")
        .alias("net-alias", "network-alias")
        .list("publish", 'p', "Publish a container's port(s) to the host")
        .bool("publish-all", 'P', "Publish all exposed ports to random ports")
        .string(
            "restart", (char) 0, "Restart policy to apply when a container exits (default \"no\")")
        .bool(
            "rm",
            (char) 0,
            "Automatically remove the container and its associated anonymous volumes when it"
                + " exits")
        .string("stop-signal", (char) 0, "Signal to stop the container")
        .integer("stop-timeout", (char) 0, "Timeout (in seconds) to stop a container")
        .bool("tty", 't', "Allocate a pseudo-TTY")
        .list("volume", 'v', "Bind mount a volume")
        .string("workdir", 'w', "Working directory inside the container");
  }

  /** The container that a command line describes: options, image, command. */
  public static ContainerSpec spec(Process self, Flags flags) throws UsageException {
    RestartPolicy restart = restartPolicy(flags.string("restart").orElse(""));
    boolean autoRemove = flags.isTrue("rm");
    if (autoRemove && !restart.equals(RestartPolicy.NO)) {
      throw new UsageException("conflicting options: cannot specify both --restart and --rm");
    }
    ContainerSpec spec =
        ContainerSpec.of(flags.positional().getFirst())
            .withCommand(flags.positional().subList(1, flags.positional().size()))
            .withEnvironment(EnvironmentOption.resolve(self, flags))
            .withTerminal(flags.isTrue("tty"), flags.isTrue("interactive"))
            .withStdinOnce(flags.isTrue("interactive") && !flags.isTrue("detach"))
            .withAttached(!flags.isTrue("detach"))
            .withNetworks(NetworkOption.attachments(flags))
            .withPortBindings(PublishOption.bindings(flags.list("publish")))
            .withExposedPorts(PublishOption.exposed(flags.list("expose")))
            .withPublishAll(flags.isTrue("publish-all"))
            .withLinks(LinkOption.links(flags.list("link")))
            .withExtraHosts(AddHostOption.hosts(flags.list("add-host")))
            .withDnsServers(flags.list("dns"))
            .withDnsSearch(flags.list("dns-search"))
            .withDnsOptions(flags.list("dns-option"))
            .withLabels(labels(flags.list("label")))
            .withRestartPolicy(restart)
            .withAutoRemove(autoRemove);
    if (!flags.string("name").orElse("").isEmpty()) {
      spec = spec.withName(flags.string("name").orElseThrow());
    }
    spec =
        spec.withPrivileged(flags.isTrue("privileged"))
            .withAddedCapabilities(capabilities(flags.list("cap-add")));
    if (flags.isSet("hostname")) {
      spec = spec.withHostname(flags.string("hostname").orElseThrow());
    }
    if (flags.isSet("domainname")) {
      spec = spec.withDomainname(flags.string("domainname").orElseThrow());
    }
    if (flags.isSet("entrypoint")) {
      spec = spec.withEntrypoint(flags.string("entrypoint").orElseThrow());
    }
    if (flags.isSet("workdir")) {
      spec = spec.withWorkingDirectory(flags.string("workdir").orElseThrow());
    }
    if (flags.isSet("stop-signal")) {
      spec = spec.withStopSignal(flags.string("stop-signal").orElseThrow());
    }
    if (flags.isSet("stop-timeout")) {
      long seconds = flags.integer("stop-timeout").orElseThrow();
      spec = spec.withStopTimeoutNanos(TimeUnit.SECONDS.toNanos(seconds));
    }
    return spec;
  }

  /** Says what of a container that was made will have no effect. */
  public static void warn(Process self, ContainerSpec spec, Flags flags) {
    List<String> warnings = new ArrayList<>(warnings(spec));
    if (flags.isSet("volume") || flags.isSet("mount")) {
      warnings.add(NO_VOLUMES);
    }
    warnings.forEach(warning -> self.printError("WARNING: " + warning + "\n"));
  }

  /** What of a container that is made will have no effect. */
  public static List<String> warnings(ContainerSpec spec) {
    boolean publishes = !spec.portBindings().isEmpty() || spec.publishAll();
    return publishes && spec.networkMode().equals("host")
        ? List.of("Published ports are discarded when using host network mode")
        : List.of();
  }

  /** As Linux calls them, each once, sorted; {@code ALL} stays as it is. */
  public static List<String> capabilities(List<String> given) {
    return given.stream()
        .map(name -> name.toUpperCase(Locale.ROOT))
        .map(name -> name.equals("ALL") || name.startsWith("CAP_") ? name : "CAP_" + name)
        .distinct()
        .sorted()
        .toList();
  }

  private static RestartPolicy restartPolicy(String text) throws UsageException {
    int colon = text.indexOf(':');
    if (colon == 0) {
      throw new UsageException("invalid restart policy format: no policy provided before colon");
    }
    if (colon < 0) {
      return text.isEmpty() ? RestartPolicy.NO : new RestartPolicy(text, 0);
    }
    try {
      int retries = Integer.parseInt(text.substring(colon + 1));
      return new RestartPolicy(text.substring(0, colon), retries);
    } catch (NumberFormatException e) {
      throw new UsageException(
          "invalid restart policy format: maximum retry count must be an integer");
    }
  }

  private static void checkStream(String value) throws UsageException {
    if (!value.matches("(?i)stdin|stdout|stderr")) {
      throw new UsageException("valid streams are STDIN, STDOUT and STDERR");
    }
  }

  /** Whether the client is to be attached to a stream: to all of them if it names none. */
  public static boolean isAttached(Flags flags, String stream) {
    List<String> asked = flags.list("attach");
    return asked.isEmpty() || asked.stream().anyMatch(stream::equalsIgnoreCase);
  }

  private static void checkServer(String value) throws UsageException {
    if (!Ipv4Address.isAddress(value)) {
      throw new UsageException("IP address is not correctly formatted: " + value);
    }
  }

  private static void checkDomain(String value) throws UsageException {
    String label = "[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?";
    if (!value.equals(".") && !value.matches("(" + label + "\\.)*" + label + "\\.?")) {
      throw new UsageException(value + " is not a valid domain");
    }
  }

  private static void checkLabel(String value) throws UsageException {
    String name = value.split("=", 2)[0];
    if (name.isEmpty()) {
      throw new UsageException("invalid label '" + value + "': empty name");
    }
    if (name.matches(".*\\s.*")) {
      throw new UsageException("label '" + name + "' contains whitespaces");
    }
  }

  private static Map<String, String> labels(List<String> values) {
    Map<String, String> labels = new LinkedHashMap<>();
    for (String value : values) {
      String[] parts = value.split("=", 2);
      labels.put(parts[0], parts.length < 2 ? "" : parts[1]);
    }
    return labels;
  }
}
