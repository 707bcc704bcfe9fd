package dev.dockwire.tools.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that go away in the midst of a stream leave nothing behind. */
class VanishingClientsTest {

  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  /** What may be left of all streams together: a tenth of a kilobyte for each of 100,000. */
  private static final long MAX_LEFT_OCTETS = 10 << 20;

  @Test
  @Timeout(value = 40, unit = TimeUnit.SECONDS)
  void twoThousandStreamsLeaveNothing() throws Exception {
    leaveNothing(2_000);
  }

  @Test
  @Tag("table")
  void aHundredThousandStreamsLeaveNothing() throws Exception {
    leaveNothing(100_000);
  }

  private static void leaveNothing(int streams) throws Exception {
    try (ApiFixture api = new ApiFixture()) {
      create(api, "plain", "\"OpenStdin\":true");
      create(api, "terminal", "\"OpenStdin\":true,\"Tty\":true");
      List<String> targets =
          List.of(
              "GET /events",
              "GET /containers/plain/logs?stdout=1&follow=1",
              "POST /containers/plain/wait",
              "POST /containers/plain/attach?stream=1&stdout=1&stderr=1",
              "POST /containers/plain/attach?stream=1&stdin=1&stdout=1",
              "POST /containers/terminal/attach?stream=1&stdin=1&stdout=1",
              "EXEC \"AttachStdin\":true,\"AttachStdout\":true",
              "EXEC \"AttachStdin\":true,\"AttachStdout\":true,\"Tty\":true");
      for (String target : targets) {
        open(api, target);
      }
      settle(api);
      int threads = Thread.activeCount();
      long descriptors = descriptors();
      long octets = heapOctets();
      for (int i = 0; i < streams; i++) {
        open(api, targets.get(i % targets.size()));
      }
      settle(api);
      assertThat(Thread.activeCount()).isLessThanOrEqualTo(threads);
      assertThat(descriptors()).isLessThanOrEqualTo(descriptors);
      long left = heapOctets() - octets;
      System.out.printf("%d streams left %d KiB on the heap%n", streams, left >> 10);
      assertThat(left).isLessThan(MAX_LEFT_OCTETS);
      api.awaitTrue(() -> processes(api) == 1);
    }
  }

  private static void settle(ApiFixture api) throws Exception {
    api.awaitTrue(() -> api.server.connections() == 0 && api.server.answering() == 0);
    assertThat(api.call(api.server::bodyBytes)).isZero();
  }

  private static long heapOctets() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static int processes(ApiFixture api) {
    return api.engine.container("plain").host().orElseThrow().processes().list().size();
  }

  private static long descriptors() throws IOException {
    try (Stream<Path> open = Files.list(DESCRIPTORS)) {
      return open.count();
    }
  }

  private static void create(ApiFixture api, String name, String more) throws IOException {
    try (RawClient client = api.connect()) {
      client.post(
          "/containers/create?name=" + name,
          "{\"Image\":\"alpine\",\"Cmd\":[\"sleep\",\"100000\"]," + more + "}");
      assertThat(client.post("/containers/" + name + "/start", "").status()).isEqualTo(204);
    }
  }

  private static void open(ApiFixture api, String target) throws IOException {
    try (RawClient client = api.connect()) {
      String upgrade = "Host: d\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n";
      if (target.startsWith("EXEC ")) {
        // On a terminal a program outlives its client, as with dockerd: this one does not for long.
        String command = target.contains("Tty") ? "\"sleep\",\"0.01\"" : "\"cat\"";
        String body = "{\"Cmd\":[" + command + "]," + target.substring(5) + "}";
        String id = client.post("/containers/plain/exec", body).body().substring(7, 71);
        client.send("POST /exec/" + id + "/start HTTP/1.1\r\n" + upgrade);
        client.send("Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");
      } else if (target.contains("attach")) {
        client.send(target + " HTTP/1.1\r\n" + upgrade + "\r\n");
      } else {
        client.send(target + " HTTP/1.1\r\nHost: d\r\n\r\n");
      }
      assertThat(client.head()).containsPattern("^http/1.1 (200|101) ");
    }
  }
}
