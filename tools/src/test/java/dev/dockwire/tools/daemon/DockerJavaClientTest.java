package dev.dockwire.tools.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.Event;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Info;
import com.github.dockerjava.api.model.Network;
import com.github.dockerjava.api.model.Network.Ipam;
import com.github.dockerjava.api.model.PruneType;
import com.github.dockerjava.api.model.Statistics;
import com.github.dockerjava.api.model.StreamType;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.core.InvocationBuilder.AsyncResultCallback;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * docker-java, which shares no line with Docker's own client: it asks for no version of the API,
 * sends the older form of filters, and reads each field into a type of its own.
 */
@Timeout(60)
class DockerJavaClientTest {

  @TempDir Path folder;

  private RunningDaemon daemon;
  private DockerClient docker;

  @BeforeEach
  void connect() {
    daemon = new RunningDaemon(folder);
    DefaultDockerClientConfig config =
        DefaultDockerClientConfig.createDefaultConfigBuilder()
            .withDockerHost("unix://" + daemon.socket())
            .withDockerConfig(folder.toString())
            .withDockerTlsVerify(false)
            .build();
    docker =
        DockerClientImpl.getInstance(
            config,
            new ZerodepDockerHttpClient.Builder().dockerHost(config.getDockerHost()).build());
  }

  @AfterEach
  void end() throws IOException, InterruptedException {
    docker.close();
    daemon.end();
  }

  @Test
  void theEngineSaysWhatItIs() {
    docker.pingCmd().exec();
    assertThat(docker.versionCmd().exec().getApiVersion()).isEqualTo("1.50");
    run("a1", "sleep", "100");
    Info info = docker.infoCmd().exec();
    assertThat(info.getContainersRunning()).isEqualTo(1);
    assertThat(info.getContainersStopped()).isZero();
    assertThat(info.getOsType()).isEqualTo("linux");
    assertThat(info.getSwarm().getLocalNodeState()).hasToString("INACTIVE");
    assertThat(docker.listVolumesCmd().exec().getVolumes()).isEmpty();
    assertThat(docker.listImagesCmd().exec())
        .anyMatch(image -> image.getRepoTags()[0].equals("alpine:latest"));
    assertThat(docker.inspectImageCmd("alpine").exec().getOs()).isEqualTo("linux");
    assertThat(docker.searchImagesCmd("alpine").exec())
        .anyMatch(found -> found.getName().equals("alpine"));
    assertThat(docker.imageHistoryCmd("alpine").exec()).hasSize(1);
  }

  @Test
  void networksAreMadeFoundAndPruned() {
    String id =
        docker
            .createNetworkCmd()
            .withName("n1")
            .withLabels(Map.of("of", "me"))
            .withIpam(
                new Ipam()
                    .withConfig(
                        new Ipam.Config().withSubnet("10.7.0.0/24").withGateway("10.7.0.254")))
            .exec()
            .getId();
    docker.createNetworkCmd().withName("n2").exec();
    Network n1 = docker.inspectNetworkCmd().withNetworkId("n1").exec();
    assertThat(n1.getId()).isEqualTo(id);
    assertThat(n1.getCreated()).isNotNull();
    assertThat(n1.getLabels()).isEqualTo(Map.of("of", "me"));
    assertThat(n1.getIpam().getConfig().getFirst().getGateway()).isEqualTo("10.7.0.254");
    assertThat(names(docker.listNetworksCmd().withNameFilter("n1").exec())).containsExactly("n1");
    assertThat(names(docker.listNetworksCmd().withIdFilter(id).exec())).containsExactly("n1");
    assertThat(names(docker.listNetworksCmd().withFilter("label", List.of("of=me")).exec()))
        .containsExactly("n1");

    run("a1", "sleep", "100");
    docker.connectToNetworkCmd().withNetworkId("n1").withContainerId("a1").exec();
    n1 = docker.inspectNetworkCmd().withNetworkId("n1").exec();
    assertThat(n1.getContainers().get(id("a1")).getIpv4Address()).isEqualTo("10.7.0.1/24");
    assertThat(inspect("a1").getNetworkSettings().getNetworks().get("n1").getIpAddress())
        .isEqualTo("10.7.0.1");
    docker.pruneCmd(PruneType.NETWORKS).exec();
    assertThat(names(docker.listNetworksCmd().exec())).contains("n1").doesNotContain("n2");

    docker.disconnectFromNetworkCmd().withNetworkId("n1").withContainerId("a1").exec();
    docker.removeNetworkCmd("n1").exec();
    assertThatThrownBy(() -> docker.inspectNetworkCmd().withNetworkId("n1").exec())
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("network n1 not found");
  }

  private static List<String> names(List<Network> networks) {
    return networks.stream().map(Network::getName).toList();
  }

  @Test
  void aContainerLivesThroughAllItsStates() throws Exception {
    String id = create("a1", "sleep", "100");
    assertThat(inspect("a1").getState().getStatus()).isEqualTo("created");
    docker.startContainerCmd("a1").exec();
    assertThat(inspect("a1").getState().getRunning()).isTrue();
    assertThatThrownBy(() -> docker.startContainerCmd("a1").exec())
        .isInstanceOf(NotModifiedException.class);

    docker.pauseContainerCmd("a1").exec();
    assertThat(inspect("a1").getState().getPaused()).isTrue();
    docker.unpauseContainerCmd("a1").exec();
    docker.renameContainerCmd("a1").withName("a2").exec();
    docker.restartContainerCmd("a2").withTimeout(0).exec();
    Container listed = docker.listContainersCmd().withNameFilter(List.of("a2")).exec().getFirst();
    assertThat(listed.getId()).isEqualTo(id);
    assertThat(listed.getNames()).containsExactly("/a2");
    assertThat(listed.getState()).isEqualTo("running");
    assertThat(listed.getStatus()).startsWith("Up ");

    docker.stopContainerCmd("a2").withTimeout(0).exec();
    assertThatThrownBy(() -> docker.stopContainerCmd("a2").exec())
        .isInstanceOf(NotModifiedException.class);
    assertThat(docker.listContainersCmd().exec()).isEmpty();
    assertThat(docker.listContainersCmd().withStatusFilter(List.of("exited")).exec()).hasSize(1);
    docker.startContainerCmd("a2").exec();
    docker.killContainerCmd("a2").withSignal("KILL").exec();
    assertThat(docker.waitContainerCmd("a2").start().awaitStatusCode()).isEqualTo(137);
    docker.removeContainerCmd("a2").exec();
    assertThatThrownBy(() -> inspect("a2"))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("No such container: a2");
  }

  @Test
  void refusalsAreDockersOwn() {
    run("a1", "sleep", "100");
    assertThatThrownBy(() -> create("a1", "sleep", "1"))
        .isInstanceOf(ConflictException.class)
        .hasMessageContaining("The container name \\\"/a1\\\" is already in use by container");
    assertThatThrownBy(() -> docker.removeContainerCmd("a1").exec())
        .isInstanceOf(ConflictException.class)
        .hasMessageContaining("stop the container before removing or force remove");
    assertThatThrownBy(() -> docker.createContainerCmd("nosuch").exec())
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("No such image: nosuch:latest");
    assertThatThrownBy(() -> docker.execCreateCmd("nosuch").withCmd("true").exec())
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("No such container: nosuch");
    assertThatThrownBy(() -> docker.removeNetworkCmd("bridge").exec())
        .isInstanceOf(DockerException.class)
        .hasMessageContaining("Status 403")
        .hasMessageContaining("bridge is a pre-defined network and cannot be removed");
    assertThatThrownBy(() -> docker.createVolumeCmd().withName("v").exec())
        .isInstanceOf(DockerException.class)
        .hasMessageContaining("Status 501")
        .hasMessageContaining("Dockwire has no volumes");
    assertThatThrownBy(() -> docker.saveImageCmd("alpine").exec())
        .isInstanceOf(DockerException.class)
        .hasMessageContaining("Status 501");
  }

  @Test
  void imagesThereAreArePulledAndOthersAreNot() throws Exception {
    docker.pullImageCmd("alpine").withTag("latest").start().awaitCompletion();
    assertThatThrownBy(() -> docker.pullImageCmd("nosuch").start().awaitCompletion())
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("pull access denied for nosuch");
  }

  @Test
  void programsRunInsideWithAndWithoutTerminal() throws Exception {
    run("a1", "sleep", "100");
    Output output = exec(false, null, "sh", "-c", "echo out; echo err >&2; exit 3");
    assertThat(output.of(StreamType.STDOUT)).isEqualTo("out\n");
    assertThat(output.of(StreamType.STDERR)).isEqualTo("err\n");
    assertThat(docker.inspectExecCmd(output.execId).exec().getExitCodeLong()).isEqualTo(3);

    output = exec(true, null, "sh", "-c", "echo out");
    assertThat(output.of(StreamType.RAW)).isEqualTo("out\r\n");

    InputStream typed = new ByteArrayInputStream("typed\n".getBytes(StandardCharsets.UTF_8));
    assertThat(exec(false, typed, "head", "-n1").of(StreamType.STDOUT)).isEqualTo("typed\n");

    output = exec(false, null, "nosuch");
    assertThat(output.of(StreamType.STDOUT)).contains("executable file not found in $PATH");
    assertThat(docker.inspectExecCmd(output.execId).exec().getExitCodeLong()).isEqualTo(127);
    assertThat(docker.inspectExecCmd(output.execId).exec().isRunning()).isFalse();
  }

  private Output exec(boolean tty, InputStream input, String... command)
      throws InterruptedException {
    String id =
        docker
            .execCreateCmd("a1")
            .withCmd(command)
            .withTty(tty)
            .withAttachStdin(input != null)
            .withAttachStdout(true)
            .withAttachStderr(true)
            .exec()
            .getId();
    Output output = docker.execStartCmd(id).withTty(tty).withStdIn(input).exec(new Output());
    output.execId = id;
    output.awaitCompletion();
    return output;
  }

  @Test
  void logsAreFollowedUntilTheContainerEnds() throws Exception {
    run("a1", "sh", "-c", "echo one; sleep 1; echo two >&2");
    Output followed =
        docker
            .logContainerCmd("a1")
            .withStdOut(true)
            .withStdErr(true)
            .withFollowStream(true)
            .withTailAll()
            .exec(new Output());
    followed.awaitCompletion();
    assertThat(followed.of(StreamType.STDOUT)).isEqualTo("one\n");
    assertThat(followed.of(StreamType.STDERR)).isEqualTo("two\n");
    Output last =
        docker
            .logContainerCmd("a1")
            .withStdOut(true)
            .withStdErr(true)
            .withTail(1)
            .withTimestamps(true)
            .exec(new Output());
    last.awaitCompletion();
    assertThat(last.of(StreamType.STDERR)).matches("\\d{4}-\\d\\d-\\d\\dT\\S+Z two\n");
  }

  /** Of unix sockets docker-java cannot end its own direction: the program has to know the end. */
  @Test
  void anAttachedClientFeedsTheContainersProgram() throws Exception {
    docker
        .createContainerCmd("alpine")
        .withName("a1")
        .withCmd("head", "-n1")
        .withStdinOpen(true)
        .withStdInOnce(true)
        .withAttachStdin(true)
        .withAttachStdout(true)
        .exec();
    PipedOutputStream typing = new PipedOutputStream();
    Output output =
        docker
            .attachContainerCmd("a1")
            .withStdIn(new PipedInputStream(typing))
            .withStdOut(true)
            .withStdErr(true)
            .withFollowStream(true)
            .exec(new Output());
    output.awaitStarted();
    docker.startContainerCmd("a1").exec();
    typing.write("typed\n".getBytes(StandardCharsets.UTF_8));
    typing.close();
    assertThat(docker.waitContainerCmd("a1").start().awaitStatusCode()).isZero();
    output.awaitCompletion();
    assertThat(output.of(StreamType.STDOUT)).isEqualTo("typed\n");
  }

  @Test
  void archivesGoInAndComeOut() throws Exception {
    run("a1", "sleep", "100");
    Path file = Files.writeString(folder.resolve("hello.txt"), "hello\n");
    docker
        .copyArchiveToContainerCmd("a1")
        .withHostResource(file.toString())
        .withRemotePath("/root")
        .exec();
    assertThat(exec(false, null, "cat", "/root/hello.txt").of(StreamType.STDOUT))
        .isEqualTo("hello\n");
    try (InputStream tar = docker.copyArchiveFromContainerCmd("a1", "/root/hello.txt").exec()) {
      byte[] bytes = tar.readAllBytes();
      assertThat(new String(bytes, 0, 9, StandardCharsets.US_ASCII)).isEqualTo("hello.txt");
      assertThat(new String(bytes, 512, 6, StandardCharsets.US_ASCII)).isEqualTo("hello\n");
    }
    assertThatThrownBy(() -> docker.copyArchiveFromContainerCmd("a1", "/nosuch").exec())
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("Could not find the file /nosuch in container a1");
    assertThat(docker.containerDiffCmd("a1").exec())
        .anyMatch(change -> change.getPath().equals("/root/hello.txt") && change.getKind() == 1);
  }

  @Test
  void whatRunsIsListedAndCounted() throws Exception {
    run("a1", "sleep", "100");
    String[][] processes = docker.topContainerCmd("a1").exec().getProcesses();
    assertThat(processes).hasDimensions(1, 8);
    assertThat(processes[0]).endsWith("sleep 100");
    AsyncResultCallback<Statistics> once = new AsyncResultCallback<>();
    docker.statsCmd("a1").withNoStream(true).exec(once);
    Statistics statistics = once.awaitResult();
    assertThat(statistics.getNetworks().get("eth0").getTxBytes()).isNotNull();
    assertThat(statistics.getPidsStats().getCurrent()).isEqualTo(1);
  }

  @Test
  void eventsOfAContainerAreHeardInTheirOrder() throws Exception {
    List<String> heard = new ArrayList<>();
    ResultCallback.Adapter<Event> events =
        docker
            .eventsCmd()
            .withContainerFilter("a1")
            .withEventFilter("create", "start", "die", "destroy")
            .exec(
                new ResultCallback.Adapter<Event>() {
                  @Override
                  public void onNext(Event event) {
                    heard.add(event.getAction());
                    if (event.getAction().equals("destroy")) {
                      onComplete();
                    }
                  }
                });
    events.awaitStarted();
    run("a1", "true");
    docker.waitContainerCmd("a1").start().awaitStatusCode();
    docker.removeContainerCmd("a1").exec();
    events.awaitCompletion(30, TimeUnit.SECONDS);
    assertThat(heard).containsExactly("create", "start", "die", "destroy");
  }

  @Test
  void whatAContainerIsMadeWithIsReadBack() {
    docker
        .createContainerCmd("alpine")
        .withName("a1")
        .withHostName("h")
        .withEnv("K=v")
        .withCmd("sleep", "100")
        .withLabels(Map.of("l", "1"))
        .withExposedPorts(ExposedPort.tcp(80))
        .withHostConfig(HostConfig.newHostConfig().withDns("10.0.0.1").withAutoRemove(true))
        .exec();
    InspectContainerResponse made = inspect("a1");
    assertThat(made.getName()).isEqualTo("/a1");
    assertThat(made.getConfig().getHostName()).isEqualTo("h");
    assertThat(made.getConfig().getEnv()).contains("K=v");
    assertThat(made.getConfig().getCmd()).containsExactly("sleep", "100");
    assertThat(made.getConfig().getLabels()).isEqualTo(Map.of("l", "1"));
    assertThat(made.getConfig().getExposedPorts()).containsExactly(ExposedPort.tcp(80));
    assertThat(made.getHostConfig().getDns()).containsExactly("10.0.0.1");
    assertThat(made.getHostConfig().getAutoRemove()).isTrue();
    assertThat(
            docker.listContainersCmd().withShowAll(true).withLabelFilter(Map.of("l", "1")).exec())
        .hasSize(1);
    assertThat(docker.pruneCmd(PruneType.CONTAINERS).exec().getSpaceReclaimed()).isZero();
  }

  private String create(String name, String... command) {
    return docker.createContainerCmd("alpine").withName(name).withCmd(command).exec().getId();
  }

  private void run(String name, String... command) {
    docker.startContainerCmd(create(name, command)).exec();
  }

  private InspectContainerResponse inspect(String name) {
    return docker.inspectContainerCmd(name).exec();
  }

  private String id(String name) {
    return inspect(name).getId();
  }

  /** What a container or an exec prints, stream by stream. */
  private static final class Output extends ResultCallback.Adapter<Frame> {

    private final Map<StreamType, StringBuilder> texts = new EnumMap<>(StreamType.class);
    private String execId;

    @Override
    public synchronized void onNext(Frame frame) {
      texts
          .computeIfAbsent(frame.getStreamType(), _ -> new StringBuilder())
          .append(new String(frame.getPayload(), StandardCharsets.UTF_8));
    }

    synchronized String of(StreamType type) {
      return texts.getOrDefault(type, new StringBuilder()).toString();
    }
  }
}
