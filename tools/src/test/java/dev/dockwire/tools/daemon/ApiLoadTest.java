package dev.dockwire.tools.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How fast the API is; prints its figures. Not part of the tests: {@code -Dgroups=table}. */
@Tag("table")
class ApiLoadTest {

  private static final int CONTAINERS = 1_000;
  private static final int SESSIONS = 100;
  private static final int LISTS = 1_000;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double NANOS_PER_MILLI = 1e6;

  @Test
  void figures() throws Exception {
    try (ApiFixture api = new ApiFixture();
        RawClient client = api.connect();
        ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      // The default bridge has room for 65,533.
      long begin = now(api);
      for (int i = 0; i < CONTAINERS; i++) {
        run(client, "c" + i);
      }
      double perSecond = CONTAINERS / ((now(api) - begin) / NANOS_PER_SECOND);
      System.out.printf("create and start: %.0f/s%n", perSecond);

      long[] times = new long[LISTS];
      for (int i = 0; i < LISTS; i++) {
        long asked = now(api);
        assertThat(client.get("/containers/json").status()).isEqualTo(200);
        times[i] = now(api) - asked;
      }
      Arrays.sort(times);
      System.out.printf(
          "list of %d containers: p50 %.2f ms, p99 %.2f ms%n",
          CONTAINERS,
          times[LISTS / 2] / NANOS_PER_MILLI,
          times[LISTS * 99 / 100] / NANOS_PER_MILLI);

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
