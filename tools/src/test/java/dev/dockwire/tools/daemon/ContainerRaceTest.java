package dev.dockwire.tools.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that do things at the same time see what they would have seen one after the other. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class ContainerRaceTest {

  private static final String SLEEP = "{\"Image\":\"alpine\",\"Cmd\":[\"sleep\",\"1000\"]}";
  private static final int CLIENTS = 100;

  /** One client's statuses in their order. */
  private static List<Integer> inParallel(ApiFixture api, List<List<String>> scripts)
      throws Exception {
    List<Callable<List<Integer>>> clients = new ArrayList<>();
    for (List<String> script : scripts) {
      clients.add(() -> play(api, script));
    }
    List<Integer> statuses = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
      for (Future<List<Integer>> client : threads.invokeAll(clients)) {
        statuses.addAll(client.get());
      }
    }
    return statuses;
  }

  private static List<Integer> play(ApiFixture api, List<String> script) throws IOException {
    List<Integer> statuses = new ArrayList<>();
    try (RawClient client = api.connect()) {
      for (String request : script) {
        String[] words = request.split(" ", 2);
        boolean create = request.contains("create");
        statuses.add(client.request(words[0], words[1], create ? SLEEP : "").status());
      }
    }
    return statuses;
  }

  @Test
  void oneNameIsCreatedAndDeletedByAHundredClients() throws Exception {
    try (ApiFixture api = new ApiFixture()) {
      List<List<String>> scripts = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        scripts.add(List.of("POST /containers/create?name=xx", "DELETE /containers/xx?force=1"));
      }
      List<Integer> statuses = inParallel(api, scripts);
      assertThat(statuses).containsOnly(201, 409, 204, 404);
      long created = statuses.stream().filter(status -> status == 201).count();
      long deleted = statuses.stream().filter(status -> status == 204).count();
      // Two that wait for the same container to go both see it gone.
      assertThat(deleted).isGreaterThanOrEqualTo(created);
      try (RawClient client = api.connect()) {
        assertThat(client.get("/containers/json?all=1").body()).isEqualTo("[]\n");
        assertThat(client.post("/containers/create?name=xx", SLEEP).status()).isEqualTo(201);
      }
    }
  }

  @Test
  void aContainerIsDeletedWhileItIsStarted() throws Exception {
    try (ApiFixture api = new ApiFixture()) {
      for (int round = 0; round < 20; round++) {
        try (RawClient client = api.connect()) {
          assertThat(client.post("/containers/create?name=xx", SLEEP).status()).isEqualTo(201);
        }
        List<List<String>> scripts = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
          scripts.add(List.of("POST /containers/xx/start"));
          scripts.add(List.of("DELETE /containers/xx?force=1"));
          scripts.add(List.of("DELETE /containers/xx"));
          scripts.add(List.of("POST /containers/xx/stop?t=0"));
        }
        assertThat(inParallel(api, scripts)).isSubsetOf(204, 304, 404, 409);
        try (RawClient client = api.connect()) {
          assertThat(client.get("/containers/json?all=1").body()).isEqualTo("[]\n");
        }
      }
    }
  }
}
