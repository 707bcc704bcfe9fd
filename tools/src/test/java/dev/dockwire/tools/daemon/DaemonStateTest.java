package dev.dockwire.tools.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.dockwire.engine.ContainerState;
import dev.dockwire.time.RealClock;
import dev.dockwire.tools.Dockwire;
import dev.dockwire.tools.daemon.state.StateFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A daemon that is killed as a process, and the next one on the same folder. */
class DaemonStateTest {

  @TempDir Path folder;

  private Path socket;
  private Path state;
  private Process daemon;

  @BeforeEach
  void choosePlaces() {
    socket = folder.resolve("d.sock");
    state = folder.resolve("state");
  }

  @AfterEach
  void endDaemon() {
    if (daemon != null) {
      daemon.destroyForcibly();
    }
  }

  private void start() throws IOException {
    daemon =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Dockwire.class.getName(),
                "daemon",
                "--socket",
                socket.toString(),
                "--state",
                state.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertThat(daemon.inputReader().readLine()).startsWith("dockwire: listening");
  }

  /** A request on a connection of its own; returns the answer with its head. */
  private String ask(String method, String target, String body) throws IOException {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(socket));
      String request =
          "%s %s HTTP/1.1\r\nHost: d\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
              .formatted(method, target, body.length(), body);
      channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
      ByteBuffer answer = ByteBuffer.allocate(1 << 16);
      while (channel.read(answer) >= 0) {
        // Until the daemon closes.
      }
      return new String(answer.array(), 0, answer.position(), StandardCharsets.UTF_8);
    }
  }

  private String run(String name, String policy) throws IOException {
    String answer =
        ask(
            "POST",
            "/v1.50/containers/create?name=" + name,
            """
            {"Image":"alpine","Cmd":["sleep","1000"],"HostConfig":{"NetworkMode":"n1",
             "RestartPolicy":{"Name":"%s"}}}\
            """
                .formatted(policy));
    Matcher id = Pattern.compile("\"Id\":\"([0-9a-f]{64})\"").matcher(answer);
    assertThat(id.find()).as(answer).isTrue();
    assertThat(ask("POST", "/v1.50/containers/" + name + "/start", "")).startsWith("HTTP/1.1 204 ");
    return id.group(1);
  }

  @Test
  void whatAClientWasToldOutlivesTheDaemonsSuddenDeath() throws Exception {
    start();
    assertThat(ask("POST", "/v1.50/networks/create", "{\"Name\":\"n1\",\"Driver\":\"bridge\"}"))
        .startsWith("HTTP/1.1 201 ");
    List<String> ids = new ArrayList<>();
    ids.add(run("a1", "no"));
    ids.add(run("a2", "always"));

    daemon.destroyForcibly().waitFor();
    assertThat(socket).as("left over").exists();
    start();

    String a1 = ask("GET", "/v1.50/containers/a1/json", "");
    assertThat(a1)
        .contains("\"Id\":\"" + ids.get(0) + "\"")
        .contains("\"Status\":\"exited\"")
        .contains("\"ExitCode\":255");
    assertThat(ask("GET", "/v1.50/containers/a2/json", ""))
        .contains("\"Id\":\"" + ids.get(1) + "\"")
        .contains("\"Status\":\"running\"")
        .contains("\"IPAddress\":\"172.18.0.2\"");
    ids.add(run("a3", "no"));
    assertThat(ids).doesNotHaveDuplicates();

    daemon.destroy();
    assertThat(daemon.waitFor()).as("ended by SIGTERM").isEqualTo(143);
    assertThat(socket).doesNotExist();
    try (StateFolder after = StateFolder.open(state)) {
      assertThat(after.read().orElseThrow().containers())
          .as("killed at the end, but by no user")
          .extracting(ContainerState::name, ContainerState::exitCode, ContainerState::stoppedByUser)
          .containsExactly(
              tuple("a1", 255, false), tuple("a2", 137, false), tuple("a3", 137, false));
    }
  }

  @Test
  void aSecondDaemonAndAnUnreadableStateAreRefused() throws Exception {
    try (StateFolder _ = StateFolder.open(state)) {
      assertThat(refusal()).isEqualTo("dockwire: " + state + ": another daemon uses it\n");
      assertThat(socket).doesNotExist();
    }
    Path file = state.resolve("state.json");
    Files.writeString(file, "{\"version\":1,\"gener");
    int port = freePort();
    assertThat(refusal("--tcp", "127.0.0.1:" + port))
        .startsWith("dockwire: " + file + ": it is damaged: ");
    assertThat(file).as("left as it is").hasContent("{\"version\":1,\"gener");
    assertThat(socket).doesNotExist();
    new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  /** Prints how fast containers are kept, and found again; {@code -Dgroups=table}. */
  @Test
  @Tag("table")
  void figures() throws Exception {
    RealClock clock = new RealClock();
    start();
    ask("POST", "/v1.50/networks/create", "{\"Name\":\"n1\",\"Driver\":\"bridge\"}");
    System.out.printf("a forced write of 1 kB: %.2f ms%n", forcedWriteNanos(clock) / 1e6);
    keep(clock, 0, 1_000, 1);
    keep(clock, 1_000, 2_000, 8);
    daemon.destroyForcibly().waitFor();
    long begin = clock.now();
    start();
    long listening = clock.now();
    assertThat(ask("GET", "/v1.50/containers/c99/json", "")).contains("\"Status\":\"running\"");
    System.out.printf(
        "kill -9 of 3000 containers: listens after %.2f s, answers after %.2f s%n",
        (listening - begin) / 1e9, (clock.now() - begin) / 1e9);
  }

  /** Several clients at once share what is written. */
  private void keep(RealClock clock, int from, int count, int clients) throws Exception {
    List<Callable<String>> runs = new ArrayList<>();
    for (int i = from; i < from + count; i++) {
      String name = "c" + i;
      String policy = i < 100 ? "always" : "no";
      runs.add(() -> run(name, policy));
    }
    Duration busy = busy();
    long begin = clock.now();
    try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
      for (Future<String> run : threads.invokeAll(runs)) {
        run.get();
      }
    }
    System.out.printf(
        "create and start with --state, %d at a time: %.0f/s, %.2f ms of processor each%n",
        clients, count / ((clock.now() - begin) / 1e9), busy().minus(busy).toNanos() / 1e6 / count);
  }

  private Duration busy() {
    return daemon.info().totalCpuDuration().orElseThrow();
  }

  /** What the disk takes for a change; a request that changes something cannot be faster. */
  private long forcedWriteNanos(RealClock clock) throws IOException {
    Path path = folder.resolve("disk");
    Files.write(path, new byte[1 << 20]);
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE)) {
      file.force(true);
      long begin = clock.now();
      for (int i = 0; i < 200; i++) {
        file.write(ByteBuffer.allocate(1_024));
        file.force(false);
      }
      return (clock.now() - begin) / 200;
    }
  }

  /** What a daemon in this process says that cannot start. */
  private String refusal(String... options) {
    StringWriter said = new StringWriter();
    CommandLine line = new CommandLine(new DaemonCommand()).setErr(new PrintWriter(said));
    List<String> arguments = new ArrayList<>(List.of(options));
    arguments.addAll(List.of("--socket", socket.toString(), "--state", state.toString()));
    assertThat(line.execute(arguments.toArray(new String[0]))).isEqualTo(2);
    return said.toString();
  }
}
