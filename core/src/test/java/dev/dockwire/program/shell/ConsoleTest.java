package dev.dockwire.program.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.host.Process;
import dev.dockwire.host.Signal;
import dev.dockwire.host.Stdio;
import dev.dockwire.host.Tty;
import dev.dockwire.host.World;
import dev.dockwire.program.TestHost;
import dev.dockwire.time.Seed;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The shell at a terminal: what is typed and what is shown. */
class ConsoleTest {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final World world = World.inVirtualTime(new Seed(1));
  private final TestHost host = new TestHost(world, "h.example");
  private final TestHost.Console console = host.console();

  @Test
  void promptsAndRunsALine() {
    assertThat(console.type("echo hello\n")).isEqualTo("echo hello\nhello\n/ # ");
    assertThat(console.type("cd /tmp\n")).isEqualTo("cd /tmp\n/tmp # ");
    assertThat(console.type("cd\n")).isEqualTo("cd\n~ # ");
    assertThat(console.type("\n")).isEqualTo("\n~ # ");
  }

  @Test
  void thePromptIsWhatPs1Says() {
    assertThat(console.type("PS1='\\u@\\h:\\w\\$ '\n")).endsWith("root@h:/# ");
    assertThat(console.type("PS1='plain> '\n")).endsWith("\nplain> ");
  }

  @Test
  void exitsWithTheLastStatusAtTheEndOfInput() {
    console.type("false\n");
    assertThat(console.type("\u0004")).isEqualTo("\n");
    assertThat(console.process().exitStatus()).isEqualTo(1);
  }

  @Test
  void exitEndsIt() {
    assertThat(console.type("exit 5\n")).isEqualTo("exit 5\n");
    assertThat(console.process().exitStatus()).isEqualTo(5);
  }

  @Test
  void anUnfinishedCommandIsAskedForFurther() {
    assertThat(console.type("echo 'one\n")).isEqualTo("echo 'one\n> ");
    assertThat(console.type("two'\n")).isEqualTo("two'\none\ntwo\n/ # ");
    assertThat(console.type("for i in 1 2\n")).endsWith("\n> ");
    assertThat(console.type("do echo $i\n")).endsWith("\n> ");
    assertThat(console.type("done\n")).isEqualTo("done\n1\n2\n/ # ");
    assertThat(console.type("echo a \\\n")).endsWith("\n> ");
    assertThat(console.type("b\n")).isEqualTo("b\na b\n/ # ");
  }

  @Test
  void controlCAtThePromptGivesAnother() {
    assertThat(console.type("half a comm\u0003")).isEqualTo("half a comm^C\n/ # ");
    assertThat(console.type("echo $?\n")).isEqualTo("echo $?\n130\n/ # ");
    console.type("if true\n");
    assertThat(console.type("\u0003")).isEqualTo("^C\n/ # ");
    assertThat(console.type("echo fresh\n")).isEqualTo("echo fresh\nfresh\n/ # ");
  }

  @Test
  void controlCWhileThePromptHasToWaitForTheScreenGivesAnother() {
    StringBuilder shown = new StringBuilder();
    boolean[] full = {true};
    Tty tty = new Tty();
    tty.attach(
        new Tty.Screen() {
          @Override
          public void show(byte[] bytes, int offset, int length) {
            shown.append(new String(bytes, offset, length, StandardCharsets.US_ASCII));
          }

          @Override
          public boolean isFull() {
            return full[0];
          }
        });
    host.start(List.of("sh"), "/", Stdio.of(tty));
    world.loop().runUntil(SECOND);
    tty.type("\u0003");
    world.loop().runUntil(2 * SECOND);
    full[0] = false;
    tty.drained().wakeAll();
    world.loop().runUntil(3 * SECOND);
    assertThat(shown).hasToString("^C/ # \r\n/ # ");
  }

  @Test
  void controlCEndsWhatRunsInTheForeground() {
    console.typeAndWait("sleep 100\n", SECOND);
    assertThat(console.type("\u0003")).isEqualTo("^C\n/ # ");
    assertThat(console.type("echo $?\n")).isEqualTo("echo $?\n130\n/ # ");
    assertThat(world.now()).isLessThan(2 * SECOND);
  }

  @Test
  void controlCEndsAllOfAPipelineAndOfAScript() {
    console.typeAndWait("sleep 100 | cat\n", SECOND);
    assertThat(console.type("\u0003")).isEqualTo("^C\n/ # ");
    console.typeAndWait("sh -c 'sleep 100; echo never'\n", SECOND);
    assertThat(console.type("\u0003")).isEqualTo("^C\n/ # ");
    console.typeAndWait("(sleep 100; echo never)\n", SECOND);
    assertThat(console.type("\u0003")).isEqualTo("^C\n/ # ");
    assertThat(host.host().processes().list()).hasSize(1);
  }

  @Test
  void controlCEndsALoopOfBuiltins() {
    console.typeAndWait("while true; do :; done\n", SECOND / 100);
    assertThat(console.type("\u0003")).isEqualTo("^C\n/ # ");
    console.typeAndWait("while true; do sleep 1; done\n", SECOND * 5 / 2);
    console.typeAndWait("\u0003", SECOND / 10);
    assertThat(console.type("echo $?\n")).endsWith("echo $?\n130\n/ # ");
  }

  @Test
  void controlCInACommandSubstitution() {
    console.typeAndWait("x=$(sleep 100)\n", SECOND);
    assertThat(console.type("\u0003")).isEqualTo("^C\n/ # ");
    assertThat(console.type("echo $?\n")).isEqualTo("echo $?\n130\n/ # ");
  }

  @Test
  void aWindowThatChangesGetsItsPromptAgain() {
    assertThat(console.resize(50, 100)).isEqualTo("\r/ # \033[J");
    assertThat(console.type("echo a\n")).isEqualTo("echo a\na\n/ # ");
  }

  @Test
  void saysWhatKilledAJob() {
    assertThat(console.type("sh -c 'kill $$'\n")).endsWith("\nTerminated\n/ # ");
    assertThat(console.type("sh -c 'kill -9 $$'\n")).endsWith("\nKilled\n/ # ");
  }

  @Test
  void reportsBackgroundJobsBeforeTheNextPrompt() {
    assertThat(console.type("sleep 5 &\n")).isEqualTo("sleep 5 &\n/ # ");
    assertThat(console.type("jobs\n"))
        .isEqualTo("jobs\n[1]+  Running                    sleep 5\n/ # ");
    world.loop().runUntil(world.now() + 6 * SECOND);
    assertThat(console.type("\n")).isEqualTo("\n[1]+  Done                       sleep 5\n/ # ");
    console.type("sleep 100 & kill $!\n");
    assertThat(console.type("\n")).isEqualTo("\n[1]+  Terminated                 sleep 100\n/ # ");
  }

  @Test
  void controlCSparesTheBackground() {
    console.type("sleep 100 &\n");
    console.type("\u0003");
    console.typeAndWait("sleep 50\n", SECOND);
    console.type("\u0003");
    assertThat(host.host().processes().list())
        .extracting(process -> String.join(" ", process.arguments()))
        .containsExactly("sh", "sleep 100");
  }

  @Test
  void waitsForBackgroundJobs() {
    console.type("sleep 3 & sleep 7 &\n");
    long before = world.now();
    console.type("wait\n");
    assertThat(world.now() - before).isEqualTo(7 * SECOND);
  }

  @Test
  void aBackgroundJobDoesNotTakeWhatIsTyped() {
    console.type("cat &\n");
    assertThat(console.type("echo mine\n")).startsWith("echo mine\nmine\n");
  }

  @Test
  void aProgramReadsWhatIsTyped() {
    console.typeAndWait("cat\n", SECOND);
    assertThat(console.type("line\n")).isEqualTo("line\nline\n");
    assertThat(console.type("\u0004")).isEqualTo("/ # ");
    console.type("read x\n");
    console.type("typed\n");
    assertThat(console.type("echo $x\n")).endsWith("\ntyped\n/ # ");
  }

  @Test
  void aShellInAShell() {
    assertThat(console.type("sh\n")).isEqualTo("sh\n/ # ");
    assertThat(console.type("echo $SHLVL\n")).contains("\n2\n");
    console.typeAndWait("sleep 100\n", SECOND);
    assertThat(console.type("\u0003")).isEqualTo("^C\n/ # ");
    assertThat(console.type("exit 3\n")).isEqualTo("exit 3\n/ # ");
    assertThat(console.type("echo $? $SHLVL\n")).contains("\n3 1\n");
  }

  @Test
  void asProcessOneItIgnoresTermAndEndsByKill() {
    Process shell = console.process();
    assertThat(shell.pid()).isEqualTo(1);
    shell.signal(Signal.TERM);
    assertThat(console.type("echo alive\n")).contains("\nalive\n");
  }

  @Test
  void errorsLeaveItRunning() {
    assertThat(console.type("|\n")).endsWith("sh: syntax error: unexpected \"|\"\n/ # ");
    assertThat(console.type("echo $?\n")).contains("\n2\n");
    assertThat(console.type("nosuch\n")).endsWith("sh: nosuch: not found\n/ # ");
    assertThat(console.type("cd /nosuch\n"))
        .endsWith("sh: cd: can't cd to /nosuch: No such file or directory\n/ # ");
    assertThat(console.type("echo ${x?bad}; echo no\n")).endsWith("sh: x: bad\n/ # ");
    assertThat(console.type("export 1=2\n")).endsWith("sh: export: 1: bad variable name\n/ # ");
  }

  @Test
  void theLastProgramOfACommandStringTakesTheShellsPlace() {
    Process process = host.console("sh", "-c", "true; sleep 100").process();
    assertThat(process.arguments()).containsExactly("sleep", "100");
  }

  @Test
  void aHangUpEndsItWhateverRunsInTheForeground() {
    TestHost other = new TestHost(world, "other");
    other.start(List.of("sleep", "1000"), "/", Stdio.NULL);
    TestHost.Console second = other.console();
    second.typeAndWait("sleep 100\n", SECOND);
    second.tty().hangUp();
    assertThat(world.loop().runUntil(second.process()::hasEnded)).isTrue();
    assertThat(second.process().exitStatus()).isEqualTo(Signal.HUP.exitStatus());
  }
}
