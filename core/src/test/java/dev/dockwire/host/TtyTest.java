package dev.dockwire.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TtyTest {

  private final TestProcesses system = new TestProcesses();
  private final Tty tty = new Tty();
  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
  private final List<String> reads = new ArrayList<>();
  private Process reader;

  @BeforeEach
  void startReader() {
    system.startInit();
    tty.attach((bytes, offset, length) -> screen.write(bytes, offset, length));
    reader =
        system.start(
            self -> {
              self.onSignal(Signal.WINCH, () -> reads.add("resized"));
              byte[] buffer = new byte[100];
              while (true) {
                int count = tty.read(self, buffer, 0, buffer.length);
                reads.add(count < 0 ? "end" : new String(buffer, 0, count, StandardCharsets.UTF_8));
              }
            },
            null,
            Stdio.of(tty));
    tty.foreground(List.of(reader));
    system.settle();
  }

  private void type(String keys) {
    tty.type(keys);
    system.settle();
  }

  private String shown() {
    String text = screen.toString(StandardCharsets.UTF_8);
    screen.reset();
    return text;
  }

  @Test
  void echoesAndHandsOverWholeLines() {
    type("ab");
    assertThat(shown()).isEqualTo("ab");
    assertThat(reads).isEmpty();
    type("c\r");
    assertThat(shown()).isEqualTo("c\r\n");
    assertThat(reads).containsExactly("abc\n");
  }

  @Test
  void aReadGetsOneLineAtATime() {
    type("one\ntwo\nthr");
    assertThat(reads).containsExactly("one\n", "two\n");
    type("ee\n");
    assertThat(reads).containsExactly("one\n", "two\n", "three\n");
  }

  @Test
  void backspaceRubsOutOneCharacterAndNotMore() {
    type("abé\u007f\u007fx\b\b\b\b\b");
    assertThat(shown()).isEqualTo("abé" + "\b \b".repeat(2) + "x" + "\b \b".repeat(2));
    type("ok\n");
    assertThat(reads).containsExactly("ok\n");
  }

  @Test
  void controlUErasesTheLine() {
    type("secret\u0015public\n");
    assertThat(reads).containsExactly("public\n");
  }

  @Test
  void controlCharactersAreShownWithACaret() {
    type("a\033[A\u007f\u007f\u007f");
    assertThat(shown()).isEqualTo("a^[[A" + "\b \b".repeat(4));
  }

  @Test
  void controlDEndsTheInputOnce() {
    type("\u0004");
    assertThat(reads).containsExactly("end");
    type("more\n");
    assertThat(reads).containsExactly("end", "more\n");
  }

  @Test
  void controlDInALineHandsOverWhatThereIs() {
    type("partial\u0004");
    assertThat(reads).containsExactly("partial");
  }

  @Test
  void controlDAfterLinesThatNobodyHasReadYetStandsBehindThem() {
    tty.type("one\ntwo\n\u0004three\n");
    system.settle();
    assertThat(reads).containsExactly("one\n", "two\n", "end", "three\n");
  }

  @Test
  void controlCForgetsTheInputAndInterruptsTheForeground() {
    type("half a line\u0003");
    assertThat(shown()).isEqualTo("half a line^C");
    assertThat(reader.endedBy()).contains(Signal.INT);
  }

  @Test
  void controlCIsForTheWholeGroup() {
    Process[] child = new Process[1];
    Process parent =
        system.start(
            self -> {
              child[0] = system.start(TestProcesses::sleepForever, self, Stdio.NULL);
              return TestProcesses.sleepForever(self);
            });
    system.settle();
    tty.foreground(List.of(parent));
    type("\u0003");
    assertThat(parent.endedBy()).contains(Signal.INT);
    assertThat(child[0].endedBy()).contains(Signal.INT);
    assertThat(reader.hasEnded()).isFalse();
  }

  @Test
  void controlBackslashQuits() {
    type("\u001c");
    assertThat(shown()).isEqualTo("^\\");
    assertThat(reader.endedBy()).contains(Signal.QUIT);
  }

  @Test
  void rawModeHandsOverEveryKeyAndEchoesNone() {
    tty.raw(true);
    type("a\u0003\u0004\r");
    assertThat(reads).containsExactly("a\u0003\u0004\r");
    assertThat(shown()).isEmpty();
    tty.raw(false);
    type("b\n");
    assertThat(reads.getLast()).isEqualTo("b\n");
  }

  @Test
  void whatRawModeLeavesUnreadIsTypedAnewInCookedMode() {
    Tty other = new Tty();
    other.attach((bytes, offset, length) -> screen.write(bytes, offset, length));
    other.raw(true);
    other.type("one\rtwo");
    other.raw(false);
    assertThat(shown()).isEqualTo("one\r\ntwo");
    assertThat(other.hasInput()).isTrue();
    assertThat(other.takeUnfinished()).isEqualTo("two");
    assertThat(other.takeUnread()).asString(StandardCharsets.UTF_8).isEqualTo("one\n");
    assertThat(other.hasInput()).isFalse();
  }

  @Test
  void whatIsPutBackIsReadFirstAndNotShown() {
    tty.type("d\n");
    tty.putBack("ab\nc".getBytes(StandardCharsets.UTF_8));
    system.settle();
    assertThat(reads).containsExactly("ab\n", "cd\n");
    assertThat(shown()).isEqualTo("d\r\n");
    tty.putBack("e\nf".getBytes(StandardCharsets.UTF_8));
    system.settle();
    assertThat(reads.getLast()).isEqualTo("e\n");
    type("\004");
    assertThat(reads.getLast()).as("pushed by Ctrl-D").isEqualTo("f");
    type("\004");
    assertThat(reads.getLast()).isEqualTo("end");
  }

  @Test
  void outputGetsItsCarriageReturns() {
    tty.write(reader, "a\nb".getBytes(StandardCharsets.UTF_8), 0, 3);
    assertThat(shown()).isEqualTo("a\r\nb");
    tty.raw(true);
    tty.write(reader, "a\nb".getBytes(StandardCharsets.UTF_8), 0, 3);
    assertThat(shown()).isEqualTo("a\nb");
  }

  @Test
  void resizingTellsTheForeground() {
    tty.resize(50, 132);
    system.settle();
    assertThat(tty.columns()).isEqualTo(132);
    assertThat(reads).as("the read returns 0 after the handler").containsExactly("resized", "");
  }

  @Test
  void hangingUpEndsReadersAndTheForeground() {
    tty.hangUp();
    system.settle();
    assertThat(reader.endedBy()).contains(Signal.HUP);
    Process writer =
        system.start(
            self -> {
              self.print("x");
              return 0;
            },
            null,
            Stdio.of(tty));
    assertThat(system.finish(writer)).isEqualTo(1);
  }

  @Test
  void saysWhenSomebodyWaitsForInput() {
    assertThat(tty.awaitsInput()).isTrue();
    tty.type("line\n");
    assertThat(tty.awaitsInput()).as("there is input").isFalse();
    system.settle();
    assertThat(tty.awaitsInput()).isTrue();
    tty.resize(1, 1);
    assertThat(tty.awaitsInput()).as("the reader is about to do something").isFalse();
    system.settle();
    reader.signal(Signal.KILL);
    system.settle();
    assertThat(tty.awaitsInput()).as("nobody reads").isFalse();
  }

  @Test
  void waitsForInputWhereItIsRelayedTo() {
    Tty front = new Tty();
    front.relayTo(tty);
    assertThat(front.awaitsInput()).isTrue();
    assertThat(front.target()).isSameAs(tty);
    front.relayEnds();
    assertThat(front.awaitsInput()).isFalse();
  }

  @Test
  void ofALineThatIsTooLongTheEndIsLostButNotTheNewline() {
    tty.type("x".repeat(70_000) + "\n");
    system.settle();
    assertThat(String.join("", reads)).isEqualTo("x".repeat(65_535) + "\n");
    type("next\n");
    assertThat(reads.getLast()).isEqualTo("next\n");
  }

  @Test
  void hangingUpEndsTheSessionsLeaderThoughAChildHasTheForeground() {
    Process child =
        system.start(
            self -> {
              self.lead();
              self.sleep(Long.MAX_VALUE / 2);
              return 0;
            },
            reader,
            Stdio.of(tty));
    system.settle();
    tty.foreground(List.of(child));
    tty.hangUp();
    system.settle();
    assertThat(child.endedBy()).contains(Signal.HUP);
    assertThat(reader.endedBy()).contains(Signal.HUP);
  }
}
