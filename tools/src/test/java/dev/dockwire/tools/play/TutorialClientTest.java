package dev.dockwire.tools.play;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.dockwire.tools.daemon.RealClient;
import dev.dockwire.tools.play.Scenario.Action;
import dev.dockwire.tools.play.Scenario.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The tutorial's commands through the real docker client, terminals included: it prints what
 * Dockwire's own client prints. Skipped without the client or util-linux's {@code script}.
 */
@Timeout(value = 100, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TutorialClientTest {

  private static final int PING_LINES = 2;

  @TempDir Path folder;

  private RealClient client;
  private ClientTerminal terminal;

  @AfterEach
  void end() throws InterruptedException {
    if (terminal != null) {
      terminal.destroy();
    }
    if (client != null) {
      client.end();
    }
  }

  @Test
  void theRealClientPrintsWhatOursPrints() throws Exception {
    assumeTrue(RealClient.isThere("script"), "no script on the PATH: there is no terminal to use");
    client = new RealClient(folder, "--compat", "20", "--port-offset", "20000");
    List<Player.Result> played = TutorialTest.played();
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < played.size(); i++) {
      Step step = played.get(i).step();
      boolean isInterrupted =
          i + 1 < played.size() && played.get(i + 1).step().action() == Action.INTERRUPT;
      if (isOurs(step) || step.action() == Action.INTERRUPT) {
        continue;
      }
      List<String> ours = TutorialTest.important(played.get(i).output());
      List<String> theirs = TutorialTest.important(typed(step, isInterrupted));
      if (isInterrupted) {
        ours = ours.subList(0, PING_LINES);
      }
      if (!theirs.equals(ours)) {
        differences.add(step.shown());
        differences.addAll(new Expectation(ours).difference(theirs));
      }
    }
    assertThat(String.join("\n", differences)).isEmpty();
  }

  /** Help is the client's own business, and the port of the last step is another one here. */
  private static boolean isOurs(Step step) {
    return step.text().endsWith("--help") || step.text().startsWith("curl ");
  }

  private List<String> typed(Step step, boolean isInterrupted)
      throws IOException, InterruptedException {
    return switch (step.action()) {
      case HOST_COMMAND -> onTheHost(step.text().strip(), isInterrupted);
      case CONTAINER_COMMAND -> terminal.type(step.text());
      case DETACH -> terminal.detach();
      case INTERRUPT, END_OF_INPUT -> throw new AssertionError(step);
    };
  }

  private List<String> onTheHost(String command, boolean isInterrupted)
      throws IOException, InterruptedException {
    if (terminal != null && !terminal.hasEnded()) {
      terminal.detach();
    }
    if (command.matches("docker (attach|exec -t|(container )?run -it) .*")) {
      terminal = ClientTerminal.start(client, command);
      return isInterrupted ? terminal.firstLines(PING_LINES) : terminal.untilPrompt();
    }
    RealClient.Result result = client.run("", List.of("sh", "-c", command));
    return (result.out() + result.err()).lines().toList();
  }
}
