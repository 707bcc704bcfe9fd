package dev.dockwire.tools.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of the daemon when the answering of a request fails for a reason of its own. */
class HandlerBugTest {

  private ApiFixture api;

  @BeforeEach
  void start() throws IOException {
    api = new ApiFixture();
  }

  @AfterEach
  void end() throws IOException {
    api.close();
  }

  @Test
  void aBugIsAnsweredWith500AndReportedAndTheDaemonGoesOn() throws Exception {
    RuntimeException bug = new NoSuchElementException("of no concern to clients");
    route(
        (_, _) -> {
          throw bug;
        });
    try (RawClient client = api.connect()) {
      RawClient.Answer answer = client.get("/fails");
      assertThat(answer.status()).isEqualTo(500);
      assertThat(answer.body())
          .isEqualTo("{\"message\":\"internal error in the daemon: NoSuchElementException\"}\n");
      assertThat(client.get("/_ping").status()).isEqualTo(200);
    }
    assertThat(api.takeBugs()).containsExactly(bug);
  }

  @Test
  void aBugAmidAnAnswerEndsTheConnectionBeforeTheAnswersEnd() throws Exception {
    route(
        (exchange, _) -> {
          exchange.chunks("application/json").json(exchange.self(), Map.of());
          throw new UnsupportedOperationException();
        });
    try (RawClient client = api.connect()) {
      client.send("GET /fails HTTP/1.1\r\nHost: d\r\n\r\n");
      assertThat(client.head()).contains("200");
      assertThat(client.chunk()).isEqualTo("{}\n");
      assertThat(client.hasEnded()).isTrue();
    }
    try (RawClient client = api.connect()) {
      assertThat(client.get("/_ping").status()).isEqualTo(200);
    }
    assertThat(api.takeBugs()).hasSize(1);
  }

  @Test
  void endlessRecursionCostsOneAnswer() throws Exception {
    route((_, _) -> descend(0));
    try (RawClient client = api.connect()) {
      assertThat(client.get("/fails").status()).isEqualTo(500);
      assertThat(client.get("/_ping").status()).isEqualTo(200);
    }
    assertThat(api.takeBugs()).hasOnlyElementsOfType(StackOverflowError.class);
  }

  private static int descend(int depth) {
    return descend(depth + 1) + 1;
  }

  @Test
  void aHandlerThatEndsWithoutAnAnswerEndsTheConnection() throws Exception {
    route((exchange, _) -> exchange.self().exit(3));
    try (RawClient client = api.connect()) {
      client.send("GET /fails HTTP/1.1\r\nHost: d\r\n\r\n");
      assertThat(client.hasEnded()).isTrue();
    }
    try (RawClient client = api.connect()) {
      assertThat(client.get("/_ping").status()).isEqualTo(200);
    }
  }

  @Test
  void aBrokenInvariantStopsTheLoop() throws Exception {
    route(
        (_, _) -> {
          throw new IllegalStateException("a frame is on two rings");
        });
    try (RawClient client = api.connect()) {
      client.send("GET /fails HTTP/1.1\r\nHost: d\r\n\r\n");
      assertThat(api.takeFailure()).hasRootCauseMessage("a frame is on two rings");
    }
  }

  @Test
  void theReportIsOneLineAndTheTraceWhateverTheClientSent() {
    StringWriter said = new StringWriter();
    Request request =
        new Request("GET", "/x\nforged", "1.50", Map.of(), new DefaultHttpHeaders(), new byte[0]);
    Bugs.printedOn(new PrintWriter(said)).report(request, new NoSuchElementException("y"));
    List<String> lines = said.toString().lines().toList();
    assertThat(lines.get(0)).isEqualTo("dockwire: a bug: GET /x?forged failed");
    assertThat(lines.get(1)).isEqualTo("java.util.NoSuchElementException: y");
  }

  private void route(Router.Handler handler) throws Exception {
    api.call(() -> api.server.router().add("GET", "/fails", handler));
  }
}
