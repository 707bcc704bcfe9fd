package dev.dockwire.tools.daemon;

import dev.dockwire.engine.EngineException;
import dev.dockwire.engine.spec.Attachment;
import dev.dockwire.engine.spec.ContainerSpec;
import dev.dockwire.engine.spec.ExtraHost;
import dev.dockwire.engine.spec.Link;
import dev.dockwire.engine.spec.PortBinding;
import dev.dockwire.engine.spec.RestartPolicy;
import dev.dockwire.tools.JsonObject;
import dev.dockwire.tools.docker.flag.UsageException;
import dev.dockwire.tools.docker.option.AddHostOption;
import dev.dockwire.tools.docker.option.ContainerOptions;
import dev.dockwire.tools.docker.option.PublishOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The body of {@code POST /containers/create} in the engine's terms. */
final class ContainerBody {

  private static final int MAX_PORT = 65_535;

  private ContainerBody() {}

  /**
   * @param name empty for one that the engine makes up
   * @throws EngineException 400
   */
  static ContainerSpec spec(JsonObject body, String name) {
    JsonObject host = body.object("HostConfig");
    List<Link> links = NetworkBody.links(host.texts("Links"));
    ContainerSpec spec =
        ContainerSpec.of(body.text("Image"))
            .withCommand(body.words("Cmd"))
            .withEnvironment(body.texts("Env"))
            .withTerminal(body.isTrue("Tty"), body.isTrue("OpenStdin"))
            .withStdinOnce(body.isTrue("StdinOnce"))
            .withAttached(body.isTrue("AttachStdout") || body.isTrue("AttachStderr"))
            .withLabels(body.textMap("Labels"))
            .withExposedPorts(exposedPorts(body))
            .withNetworks(networks(body, host, links))
            .withLinks(links)
            .withPortBindings(portBindings(host))
            .withPublishAll(host.isTrue("PublishAllPorts"))
            .withExtraHosts(extraHosts(host))
            .withDnsServers(host.texts("Dns"))
            .withDnsSearch(host.texts("DnsSearch"))
            .withDnsOptions(host.texts("DnsOptions"))
            .withPrivileged(host.isTrue("Privileged"))
            .withAddedCapabilities(ContainerOptions.capabilities(host.texts("CapAdd")))
            .withRestartPolicy(restartPolicy(host.object("RestartPolicy")))
            .withAutoRemove(host.isTrue("AutoRemove"));
    spec = withOptional(spec, body);
    return name.isEmpty() ? spec : spec.withName(name.startsWith("/") ? name.substring(1) : name);
  }

  /** What is asked for and is not there afterwards, though a container works without. */
  static List<String> warnings(JsonObject body) {
    JsonObject host = body.object("HostConfig");
    boolean mounts =
        !body.object("Volumes").fields().isEmpty()
            || !host.texts("Binds").isEmpty()
            || !host.list("Mounts").isEmpty();
    return mounts ? List.of(ContainerOptions.NO_VOLUMES) : List.of();
  }

  private static ContainerSpec withOptional(ContainerSpec base, JsonObject body) {
    ContainerSpec spec = base;
    List<String> entrypoint = body.words("Entrypoint");
    if (!entrypoint.isEmpty()) {
      List<String> command = new ArrayList<>(entrypoint.subList(1, entrypoint.size()));
      command.addAll(spec.command());
      spec = spec.withEntrypoint(entrypoint.getFirst()).withCommand(command);
    }
    Optional<String> hostname = body.filled("Hostname");
    if (hostname.isPresent()) {
      spec = spec.withHostname(hostname.get());
    }
    Optional<String> domainname = body.filled("Domainname");
    if (domainname.isPresent()) {
      spec = spec.withDomainname(domainname.get());
    }
    Optional<String> directory = body.filled("WorkingDir");
    if (directory.isPresent()) {
      spec = spec.withWorkingDirectory(directory.get());
    }
    Optional<String> signal = body.filled("StopSignal");
    if (signal.isPresent()) {
      spec = spec.withStopSignal(signal.get());
    }
    Optional<Integer> timeout = body.integer("StopTimeout");
    return timeout.isPresent()
        ? spec.withStopTimeoutNanos(TimeUnit.SECONDS.toNanos(timeout.get()))
        : spec;
  }

  /** The network mode's own first, then the others that are named. */
  private static List<Attachment> networks(JsonObject body, JsonObject host, List<Link> links) {
    String mode = network(host.text("NetworkMode"));
    Map<String, JsonObject> endpoints = body.object("NetworkingConfig").objects("EndpointsConfig");
    List<Attachment> attachments = new ArrayList<>();
    attachments.add(Attachment.to(mode));
    endpoints.forEach(
        (name, endpoint) -> {
          String network = network(name);
          Attachment attachment = NetworkBody.attachment(network, endpoint, links);
          if (network.equals(mode)) {
            attachments.set(0, attachment);
          } else {
            attachments.add(attachment);
          }
        });
    Optional<String> mac = body.filled("MacAddress");
    if (mac.isPresent() && attachments.getFirst().mac().isEmpty()) {
      attachments.set(0, attachments.getFirst().withMac(NetworkBody.mac(mac)));
    }
    return attachments;
  }

  private static String network(String name) {
    return name.isEmpty() || name.equals("default") ? "bridge" : name;
  }

  private static List<String> exposedPorts(JsonObject body) {
    return body.object("ExposedPorts").fields().keySet().stream()
        .map(ContainerBody::exposed)
        .toList();
  }

  private static String exposed(String port) {
    String exposed = port.contains("/") ? port : port + "/tcp";
    if (!exposed.matches("[0-9]{1,5}/(tcp|udp)")
        || Integer.parseInt(exposed.substring(0, exposed.indexOf('/'))) > MAX_PORT) {
      throw refusal("invalid port specification: \"" + port + "\"");
    }
    return exposed;
  }

  private static List<PortBinding> portBindings(JsonObject host) {
    List<String> published = new ArrayList<>();
    host.lists("PortBindings")
        .forEach(
            (port, bindings) -> {
              String exposed = exposed(port);
              for (JsonObject binding : bindings) {
                String address = binding.filled("HostIp").map(ip -> ip + ":").orElse("");
                published.add(address + binding.text("HostPort") + ":" + exposed);
              }
            });
    try {
      return PublishOption.bindings(published);
    } catch (UsageException e) {
      throw refusal(e.getMessage());
    }
  }

  private static List<ExtraHost> extraHosts(JsonObject host) {
    try {
      return AddHostOption.sent(host.texts("ExtraHosts"));
    } catch (UsageException e) {
      throw refusal(e.getMessage());
    }
  }

  private static RestartPolicy restartPolicy(JsonObject policy) {
    return new RestartPolicy(
        policy.filled("Name").orElse("no"), policy.integer("MaximumRetryCount").orElse(0));
  }

  private static EngineException refusal(String message) {
    return new EngineException(EngineException.BAD_REQUEST, message);
  }
}
