package dev.dockwire.tools.daemon.state;

import dev.dockwire.engine.Container;
import dev.dockwire.engine.ContainerState;
import dev.dockwire.engine.EngineException;
import dev.dockwire.engine.EngineState;
import dev.dockwire.engine.NetworkState;
import dev.dockwire.engine.spec.Attachment;
import dev.dockwire.engine.spec.ContainerSpec;
import dev.dockwire.engine.spec.ExtraHost;
import dev.dockwire.engine.spec.IpamConfig;
import dev.dockwire.engine.spec.Link;
import dev.dockwire.engine.spec.NetworkSpec;
import dev.dockwire.engine.spec.PortBinding;
import dev.dockwire.engine.spec.RestartPolicy;
import dev.dockwire.frame.Ipv4Prefix;
import dev.dockwire.frame.MacAddress;
import dev.dockwire.tools.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Reads an engine's state that {@link StateWriter} has written: all of it, or nothing. What is
 * false in it beyond the form of its fields, the engine finds.
 */
final class StateReader {

  private StateReader() {}

  /**
   * A file that was read.
   *
   * @param number of the last record of the journal that is in the state
   */
  record Snapshot(long number, EngineState state) {}

  /** Makes a value of an object's fields. */
  @FunctionalInterface
  private interface Fields<T> {
    T read(JsonObject json) throws IOException;
  }

  /**
   * Reads a whole file.
   *
   * @throws IOException if it is damaged, or of a version that this daemon does not know
   */
  static Snapshot snapshot(byte[] bytes) throws IOException {
    return read(bytes, "it ", StateReader::snapshot);
  }

  private static Snapshot snapshot(JsonObject json) throws IOException {
    long version = json.number("version");
    if (version != StateWriter.VERSION) {
      throw new IOException(
          "its version is %d, but this daemon reads version %d only"
              .formatted(version, StateWriter.VERSION));
    }
    return new Snapshot(
        json.number("number"),
        new EngineState(integer(json, "generation"), networks(json), containers(json)));
  }

  /**
   * Reads what a record of the journal has.
   *
   * @throws IOException if it makes no sense
   */
  static StateChange change(byte[] bytes) throws IOException {
    return read(
        bytes,
        "the journal beside it ",
        json -> new StateChange(json.texts("removed"), networks(json), containers(json)));
  }

  private static <T> T read(byte[] bytes, String where, Fields<T> fields) throws IOException {
    try {
      return fields.read(JsonObject.parse(bytes));
    } catch (EngineException | IllegalArgumentException | ArithmeticException e) {
      throw new IOException(where + "is damaged: " + e.getMessage(), e);
    }
  }

  private static List<NetworkState> networks(JsonObject json) {
    return json.list("networks").stream().map(StateReader::network).toList();
  }

  private static List<ContainerState> containers(JsonObject json) {
    return json.list("containers").stream().map(StateReader::container).toList();
  }

  private static int integer(JsonObject json, String name) {
    return Math.toIntExact(json.number(name));
  }

  private static NetworkState network(JsonObject json) {
    NetworkSpec spec =
        new NetworkSpec(
            json.text("name"),
            json.text("driver"),
            json.list("subnets").stream().map(StateReader::ipam).toList(),
            json.isTrue("internal"),
            json.isTrue("attachable"),
            json.textMap("options"),
            json.textMap("labels"));
    return new NetworkState(
        id(json), spec, json.number("createdAt"), Ipv4Prefix.parse(json.text("subnet")));
  }

  /** What is named by its beginning must have one. */
  private static String id(JsonObject json) {
    String id = json.text("id");
    if (!id.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("\"" + id + "\" is no id");
    }
    return id;
  }

  private static IpamConfig ipam(JsonObject json) {
    return new IpamConfig(
        json.text("subnet"),
        json.optionalText("range"),
        json.optionalText("gateway"),
        json.textMap("auxiliaryAddresses"));
  }

  private static ContainerState container(JsonObject json) {
    return new ContainerState(
        id(json),
        json.text("name"),
        spec(json.object("spec")),
        Container.State.valueOf(json.text("state")),
        json.number("createdAt"),
        json.number("startedAt"),
        json.number("finishedAt"),
        integer(json, "exitCode"),
        json.text("error"),
        integer(json, "restartCount"),
        json.isTrue("stoppedByUser"),
        json.list("attachments").stream().map(StateReader::attachment).toList(),
        json.list("links").stream().map(StateReader::link).toList(),
        json.optionalText("sharedHostname"));
  }

  private static ContainerSpec spec(JsonObject json) {
    ContainerSpec spec =
        ContainerSpec.of(json.text("image"))
            .withCommand(json.texts("command"))
            .withEnvironment(json.texts("environment"))
            .withTerminal(json.isTrue("tty"), json.isTrue("openStdin"))
            .withStdinOnce(json.isTrue("stdinOnce"))
            .withPrivileged(json.isTrue("privileged"))
            .withAddedCapabilities(json.texts("addedCapabilities"))
            .withAttached(json.isTrue("attached"))
            .withNetworks(json.list("networks").stream().map(StateReader::attachment).toList())
            .withLinks(json.list("links").stream().map(StateReader::link).toList())
            .withPortBindings(
                json.list("portBindings").stream().map(StateReader::portBinding).toList())
            .withExposedPorts(json.texts("exposedPorts"))
            .withPublishAll(json.isTrue("publishAll"))
            .withExtraHosts(json.list("extraHosts").stream().map(StateReader::extraHost).toList())
            .withDnsServers(json.texts("dnsServers"))
            .withDnsSearch(json.texts("dnsSearch"))
            .withDnsOptions(json.texts("dnsOptions"))
            .withLabels(json.textMap("labels"))
            .withRestartPolicy(
                new RestartPolicy(json.text("restartPolicy"), integer(json, "maxRetries")))
            .withAutoRemove(json.isTrue("autoRemove"));
    spec = with(spec, json.optionalText("name"), ContainerSpec::withName);
    spec = with(spec, json.optionalText("hostname"), ContainerSpec::withHostname);
    spec = with(spec, json.optionalText("entrypoint"), ContainerSpec::withEntrypoint);
    spec = with(spec, json.optionalText("workingDirectory"), ContainerSpec::withWorkingDirectory);
    spec = with(spec, json.optionalText("domainname"), ContainerSpec::withDomainname);
    spec = with(spec, json.optionalText("stopSignal"), ContainerSpec::withStopSignal);
    return json.has("stopTimeoutNanos")
        ? spec.withStopTimeoutNanos(json.number("stopTimeoutNanos"))
        : spec;
  }

  private static ContainerSpec with(
      ContainerSpec spec,
      Optional<String> value,
      BiFunction<ContainerSpec, String, ContainerSpec> with) {
    return value.map(text -> with.apply(spec, text)).orElse(spec);
  }

  private static Attachment attachment(JsonObject json) {
    return new Attachment(
        json.text("network"),
        json.optionalText("address"),
        json.optionalText("mac").map(MacAddress::parse),
        json.texts("aliases"),
        json.list("links").stream().map(StateReader::link).toList(),
        integer(json, "gatewayPriority"));
  }

  private static Link link(JsonObject json) {
    return new Link(json.text("target"), json.text("alias"));
  }

  private static PortBinding portBinding(JsonObject json) {
    return new PortBinding(
        integer(json, "containerPort"),
        json.text("protocol"),
        json.text("hostAddress"),
        integer(json, "firstHostPort"),
        integer(json, "lastHostPort"));
  }

  private static ExtraHost extraHost(JsonObject json) {
    return new ExtraHost(json.text("name"), json.text("address"));
  }
}
