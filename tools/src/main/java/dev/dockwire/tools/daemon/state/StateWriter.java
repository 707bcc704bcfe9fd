package dev.dockwire.tools.daemon.state;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.dockwire.engine.ContainerState;
import dev.dockwire.engine.EngineState;
import dev.dockwire.engine.NetworkState;
import dev.dockwire.engine.spec.Attachment;
import dev.dockwire.engine.spec.ContainerSpec;
import dev.dockwire.engine.spec.ExtraHost;
import dev.dockwire.engine.spec.IpamConfig;
import dev.dockwire.engine.spec.Link;
import dev.dockwire.engine.spec.NetworkSpec;
import dev.dockwire.engine.spec.PortBinding;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes an engine's state as JSON, each field under its name in the engine; an empty optional is
 * left out. {@link StateReader} reads it back.
 */
final class StateWriter {

  /** Counts up whenever an older daemon would misunderstand the file. */
  static final int VERSION = 2;

  private static final JsonFactory FACTORY = new JsonFactory();

  /** Writes the fields of one object. */
  @FunctionalInterface
  private interface Item<T> {
    void write(T value) throws IOException;
  }

  private final JsonGenerator json;

  private StateWriter(JsonGenerator json) {
    this.json = json;
  }

  /**
   * A whole state.
   *
   * @param number of the last record of the journal that is in it
   */
  static byte[] write(long number, EngineState state) throws IOException {
    return write(
        writer -> {
          writer.json.writeNumberField("version", VERSION);
          writer.json.writeNumberField("number", number);
          writer.json.writeNumberField("generation", state.generation());
          writer.list("networks", state.networks(), writer::network);
          writer.list("containers", state.containers(), writer::container);
        });
  }

  /** What the journal has of a change. */
  static byte[] write(StateChange change) throws IOException {
    return write(
        writer -> {
          writer.texts("removed", change.removed());
          writer.list("networks", change.networks(), writer::network);
          writer.list("containers", change.containers(), writer::container);
        });
  }

  private static byte[] write(Item<StateWriter> fields) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
      json.writeStartObject();
      fields.write(new StateWriter(json));
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  private void network(NetworkState network) throws IOException {
    NetworkSpec spec = network.spec();
    json.writeStringField("id", network.id());
    json.writeNumberField("createdAt", network.createdAt());
    json.writeStringField("subnet", network.subnet().toString());
    json.writeStringField("name", spec.name());
    json.writeStringField("driver", spec.driver());
    list("subnets", spec.subnets(), this::ipam);
    json.writeBooleanField("internal", spec.internal());
    json.writeBooleanField("attachable", spec.attachable());
    texts("options", spec.options());
    texts("labels", spec.labels());
  }

  private void ipam(IpamConfig config) throws IOException {
    json.writeStringField("subnet", config.subnet());
    text("range", config.range());
    text("gateway", config.gateway());
    texts("auxiliaryAddresses", config.auxiliaryAddresses());
  }

  private void container(ContainerState container) throws IOException {
    json.writeStringField("id", container.id());
    json.writeStringField("name", container.name());
    json.writeStringField("state", container.state().name());
    json.writeNumberField("createdAt", container.createdAt());
    json.writeNumberField("startedAt", container.startedAt());
    json.writeNumberField("finishedAt", container.finishedAt());
    json.writeNumberField("exitCode", container.exitCode());
    json.writeStringField("error", container.error());
    json.writeNumberField("restartCount", container.restartCount());
    json.writeBooleanField("stoppedByUser", container.stoppedByUser());
    list("attachments", container.attachments(), this::attachment);
    list("links", container.links(), this::link);
    text("sharedHostname", container.sharedHostname());
    json.writeObjectFieldStart("spec");
    spec(container.spec());
    json.writeEndObject();
  }

  private void spec(ContainerSpec spec) throws IOException {
    json.writeStringField("image", spec.image());
    text("name", spec.name());
    texts("command", spec.command());
    texts("environment", spec.environment());
    json.writeBooleanField("tty", spec.tty());
    json.writeBooleanField("openStdin", spec.openStdin());
    json.writeBooleanField("stdinOnce", spec.stdinOnce());
    json.writeBooleanField("privileged", spec.privileged());
    texts("addedCapabilities", spec.addedCapabilities());
    json.writeBooleanField("attached", spec.attached());
    text("hostname", spec.hostname());
    list("networks", spec.networks(), this::attachment);
    list("links", spec.links(), this::link);
    list("portBindings", spec.portBindings(), this::portBinding);
    texts("exposedPorts", spec.exposedPorts());
    json.writeBooleanField("publishAll", spec.publishAll());
    text("entrypoint", spec.entrypoint());
    text("workingDirectory", spec.workingDirectory());
    text("domainname", spec.domainname());
    list("extraHosts", spec.extraHosts(), this::extraHost);
    texts("dnsServers", spec.dnsServers());
    texts("dnsSearch", spec.dnsSearch());
    texts("dnsOptions", spec.dnsOptions());
    texts("labels", spec.labels());
    json.writeStringField("restartPolicy", spec.restartPolicy().name());
    json.writeNumberField("maxRetries", spec.restartPolicy().maxRetries());
    json.writeBooleanField("autoRemove", spec.autoRemove());
    text("stopSignal", spec.stopSignal());
    if (spec.stopTimeoutNanos().isPresent()) {
      json.writeNumberField("stopTimeoutNanos", spec.stopTimeoutNanos().getAsLong());
    }
  }

  private void attachment(Attachment attachment) throws IOException {
    json.writeStringField("network", attachment.network());
    text("address", attachment.address());
    text("mac", attachment.mac().map(Object::toString));
    texts("aliases", attachment.aliases());
    list("links", attachment.links(), this::link);
    json.writeNumberField("gatewayPriority", attachment.gatewayPriority());
  }

  private void link(Link link) throws IOException {
    json.writeStringField("target", link.target());
    json.writeStringField("alias", link.alias());
  }

  private void portBinding(PortBinding binding) throws IOException {
    json.writeNumberField("containerPort", binding.containerPort());
    json.writeStringField("protocol", binding.protocol());
    json.writeStringField("hostAddress", binding.hostAddress());
    json.writeNumberField("firstHostPort", binding.firstHostPort());
    json.writeNumberField("lastHostPort", binding.lastHostPort());
  }

  private void extraHost(ExtraHost host) throws IOException {
    json.writeStringField("name", host.name());
    json.writeStringField("address", host.address());
  }

  private <T> void list(String name, List<T> values, Item<T> item) throws IOException {
    json.writeArrayFieldStart(name);
    for (T value : values) {
      json.writeStartObject();
      item.write(value);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void text(String name, Optional<String> value) throws IOException {
    if (value.isPresent()) {
      json.writeStringField(name, value.get());
    }
  }

  private void texts(String name, List<String> values) throws IOException {
    json.writeArrayFieldStart(name);
    for (String value : values) {
      json.writeString(value);
    }
    json.writeEndArray();
  }

  private void texts(String name, Map<String, String> values) throws IOException {
    json.writeObjectFieldStart(name);
    for (Map.Entry<String, String> value : values.entrySet()) {
      json.writeStringField(value.getKey(), value.getValue());
    }
    json.writeEndObject();
  }
}
