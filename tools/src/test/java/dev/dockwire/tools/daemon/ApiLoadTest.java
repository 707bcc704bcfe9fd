package dev.dockwire.tools.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How fast the API is; prints its figures. Not part of the tests: {@code -Dgroups=table}. Times on
 * the wall are those of this machine with whatever else it does; processor time is that of all this
 * JVM's threads but the client's, so with compiling and collecting garbage.
 */
@Tag("table")
class ApiLoadTest {

  private static final int CONTAINERS = 1_000;
  private static final int SESSIONS = 100;

  /** As many as the engine remembers. */
  private static final int EVENTS = 256;

  private static final int LISTENERS = 100;
  private static final int WARM_UP = 200;
  private static final int REQUESTS = 1_000;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double NANOS_PER_MILLI = 1e6;

  @Test
  void figures() throws Exception {
    try (ApiFixture api = new ApiFixture();
        RawClient client = api.connect();
        ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      // The default bridge has room for 65,533.
      long begin = now(api);
      long busy = serverTime();
      for (int i = 0; i < CONTAINERS; i++) {
        run(client, "c" + i);
      }
      double perSecond = CONTAINERS / ((now(api) - begin) / NANOS_PER_SECOND);
      System.out.printf(
          "create and start: %.0f/s, %.2f ms of processor each%n",
          perSecond, (serverTime() - busy) / NANOS_PER_MILLI / CONTAINERS);
      events(api);
      ask(api, client, "/containers/json", WARM_UP);
      ask(api, client, "/containers/json", REQUESTS);
      ask(api, client, "/containers/c1/json", REQUESTS);

      long sessions = now(api);
      List<Callable<String>> tasks = new ArrayList<>();
      for (int i = 0; i < SESSIONS; i++) {
        String name = "c" + i;
        tasks.add(() -> echo(api, name));
      }
      for (Future<String> line : clients.invokeAll(tasks)) {
        assertThat(line.get()).isEqualTo("typed\n");
      }
      System.out.printf(
          "%d parallel exec sessions that echo a line: %.0f ms%n",
          SESSIONS, (now(api) - sessions) / NANOS_PER_MILLI);
    }
  }

  private static long serverTime() {
    OperatingSystemMXBean machine =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return machine.getProcessCpuTime()
        - ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static void ask(ApiFixture api, RawClient client, String target, int count)
      throws IOException {
    long[] times = new long[count];
    long busy = serverTime();
    for (int i = 0; i < count; i++) {
      long asked = now(api);
      assertThat(client.get(target).status()).isEqualTo(200);
      times[i] = now(api) - asked;
    }
    double processor = (serverTime() - busy) / NANOS_PER_MILLI / count;
    double first = times[0] / NANOS_PER_MILLI;
    Arrays.sort(times);
    System.out.printf(
        "GET %s, %d times: first %.2f ms, p50 %.2f ms, p99 %.2f ms, %.2f ms of processor each%n",
        target,
        count,
        first,
        times[count / 2] / NANOS_PER_MILLI,
        times[count * 99 / 100] / NANOS_PER_MILLI,
        processor);
  }

  /** All events that are remembered, a chunk for each, for one listener after the other. */
  private static void events(ApiFixture api) throws IOException {
    long begin = now(api);
    long busy = serverTime();
    for (int i = 0; i < LISTENERS; i++) {
      try (RawClient client = api.connect()) {
        client.send("GET /events?since=1 HTTP/1.1\r\nHost: d\r\n\r\n");
        assertThat(client.head()).startsWith("http/1.1 200 ");
        for (int event = 0; event < EVENTS; event++) {
          assertThat(client.chunk()).endsWith("}\n");
        }
      }
    }
    int count = LISTENERS * EVENTS;
    System.out.printf(
        "%d events: %.0f/s, %.4f ms of processor each%n",
        count,
        count / ((now(api) - begin) / NANOS_PER_SECOND),
        (serverTime() - busy) / NANOS_PER_MILLI / count);
  }

  private static long now(ApiFixture api) {
    return api.world.now();
  }

  private static void run(RawClient client, String name) throws IOException {
    String body = "{\"Image\":\"alpine\",\"Cmd\":[\"sleep\",\"100000\"]}";
    assertThat(client.post("/containers/create?name=" + name, body).status()).isEqualTo(201);
    assertThat(client.post("/containers/" + name + "/start", "").status()).isEqualTo(204);
  }

  private static String echo(ApiFixture api, String name) throws IOException {
    try (RawClient client = api.connect()) {
      String exec =
          client
              .post(
                  "/containers/" + name + "/exec",
                  "{\"AttachStdin\":true,\"AttachStdout\":true,\"Cmd\":[\"cat\"]}")
              .body()
              .substring(7, 71);
      client.send(
          "POST /exec/"
              + exec
              + "/start HTTP/1.1\r\nHost: d\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n"
              + "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");
      assertThat(client.head()).startsWith("http/1.1 101 ");
      client.send("typed\n");
      client.read(8);
      return client.read(6);
    }
  }
}
