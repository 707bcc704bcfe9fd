package dev.dockwire.tools.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.tools.live.LiveHost;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys typed at the console of a Docker host in real time, and what its screen shows. */
@Timeout(60)
class TerminalShellTest {

  private static final String DETACH_KEYS = "\020\021";

  @Test
  void aLineIsEditedAndRun() throws Exception {
    try (FakeTerminal terminal = new FakeTerminal()) {
      terminal.expect("$ ").type("echo helo\033[Dl\r").expect("\nhello\n$ ");
    }
  }

  @Test
  void theLineBeforeComesBackWithTheUpKey() throws Exception {
    try (FakeTerminal terminal = new FakeTerminal()) {
      terminal.expect("$ ").type("echo one\r").expect("\none\n$ ");
      terminal.type("\033[A").expect("$ echo one").type(" two\r").expect("\none two\n$ ");
    }
  }

  @Test
  void theTabKeyCompletesACommandAndAContainersName() throws Exception {
    try (FakeTerminal terminal = new FakeTerminal()) {
      terminal.expect("$ ").type("docker create --name container-1 alpine\r").expect("\n$ ");
      terminal.type("docker renam\t").expect("$ docker rename ");
      terminal.type("container-\t").expect("container-1 ").type("c2\r").expect("c2\n$ ");
      terminal.type("docker ps -a --format {{.Names}}\r").expect("\nc2\n$ ");
    }
  }

  @Test
  void controlCGivesALineUp() throws Exception {
    try (FakeTerminal terminal = new FakeTerminal()) {
      terminal.expect("$ ").type("echo no").expect("$ echo no").type("\003").expect("^C\n$ ");
      terminal.type("echo $?\r").expect("\n130\n$ ");
      assertThat(terminal.screen()).doesNotContain("\nno");
    }
  }

  @Test
  void controlCEndsAPing() throws Exception {
    try (FakeTerminal terminal = new FakeTerminal()) {
      terminal.expect("$ ").type("ping 10.0.2.2\r").expect(" ms\n");
      terminal.type("\003").expect("\n$ ");
      assertThat(terminal.screen()).contains("seq=0").contains("^C");
      terminal.type("echo on\r").expect("\non\n$ ");
    }
  }

  @Test
  void aContainerIsAttachedAndLeftRunning() throws Exception {
    try (FakeTerminal terminal = new FakeTerminal()) {
      terminal.expect("$ ").type("docker run -itd --name a1 alpine\r").expect("\n$ ");
      terminal.type("docker attach a1\r").expect("/ # ");
      terminal.type("cd /etc\r").expect("/etc # ").type(DETACH_KEYS);
      terminal.expect("read escape sequence\n$ ");
      terminal.type("docker ps --format {{.Names}}\r").expect("\na1\n$ ");
    }
  }

  @Test
  void keysGoToAContainersProgramUntilItIsLeft() throws Exception {
    try (FakeTerminal terminal = new FakeTerminal()) {
      terminal.expect("$ ").type("docker run -it --name a1 alpine cat\r");
      terminal.expect("$ docker run -it --name a1 alpine cat\n");
      terminal.type("to cat\r").expect("to cat\nto cat\n");
      terminal.type(DETACH_KEYS).expect("to cat\n$ ");
    }
  }

  @Test
  void whatIsTypedWhileAProgramEndsIsNotSplit() throws Exception {
    try (FakeTerminal terminal = new FakeTerminal()) {
      terminal.expect("$ ").type("docker run -itd --name a1 alpine\r").expect("\n$ ");
      for (int round = 0; round < 100; round++) {
        terminal.type((round % 2 == 0 ? "" : "docker exec -it a1 ") + "sleep 0.00" + round % 8);
        for (char key : ("\recho round " + round + "\r").toCharArray()) {
          terminal.type(Character.toString(key));
        }
        terminal.expect("round " + round + "\n$ ");
      }
      assertThat(terminal.screen()).doesNotContain("not found");
    }
  }

  @Test
  void whatIsTypedBehindTheDetachKeysIsTheShells() throws Exception {
    try (FakeTerminal terminal = new FakeTerminal()) {
      terminal.expect("$ ").type("docker run -it --name a1 alpine cat\r");
      terminal.expect("alpine cat\n").type(DETACH_KEYS + "echo on\r").expect("on\n$ ");
      terminal.type("docker ps --format {{.Names}}\r").expect("\na1\n$ ");
    }
  }

  @Test
  void theStatusIsThatOfTheLastCommandAtEndOfInput() throws Exception {
    try (FakeTerminal terminal = new FakeTerminal()) {
      terminal.expect("$ ").type("(exit 3)\r").expect("\n$ ").type("\004");
      assertThat(terminal.status()).isEqualTo(3);
    }
  }

  @Test
  void exitLeavesWithItsStatus() throws Exception {
    try (FakeTerminal terminal = new FakeTerminal()) {
      terminal.expect("$ ").type("exit 4\r");
      assertThat(terminal.status()).isEqualTo(4);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"echo half", "ping 10.0.2.2\r", "docker run -it alpine\r", "yes\r"})
  void theShellEndsWhenItsTerminalGoesAway(String typed) throws Exception {
    try (FakeTerminal terminal = new FakeTerminal()) {
      terminal.expect("$ ").type(typed).goAway();
      assertThat(terminal.status()).isNotNegative();
    }
  }

  @Test
  void aWindowsNewSizeReachesTheShellsTerminal() throws Exception {
    try (FakeTerminal terminal = new FakeTerminal()) {
      terminal.expect("$ ").type("docker run -it --name a1 alpine cat\r").expect("cat\n");
      terminal.resize(111, 41);
      terminal.type("big\r").expect("big\nbig\n").type(DETACH_KEYS).expect("$ ");
      LiveHost host = terminal.host();
      assertThat(host.ask(() -> rowsOf(host, "a1"))).isEqualTo(41);
    }
  }

  private static int rowsOf(LiveHost host, String container) {
    return host.engine().container(container).tty().orElseThrow().rows();
  }
}
