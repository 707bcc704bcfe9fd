package dev.dockwire.host;

import static dev.dockwire.host.TestProcesses.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PipeTest {

  private final TestProcesses system = new TestProcesses();
  private final Pipe pipe = new Pipe();
  private final List<String> events = new ArrayList<>();

  @BeforeEach
  void startInit() {
    // Process 1 would get no SIGPIPE.
    system.startInit();
  }

  private Process reader(Program program) {
    return system.start(program, null, Stdio.NULL.withIn(pipe.input()));
  }

  private Process writer(Program program) {
    return system.start(program, null, Stdio.NULL.withOut(pipe.output()));
  }

  private int readAll(Process self) {
    byte[] buffer = new byte[100];
    int count;
    while ((count = self.stdio().in().read(self, buffer, 0, buffer.length)) >= 0) {
      events.add(new String(buffer, 0, count) + "@" + self.now() / SECOND);
    }
    events.add("end@" + self.now() / SECOND);
    return 0;
  }

  @Test
  void whatIsWrittenIsReadAsSoonAsItIsThere() {
    Process writer =
        writer(
            self -> {
              self.print("one");
              self.sleep(SECOND);
              self.print("two");
              self.sleep(SECOND);
              return 0;
            });
    Process reader = reader(this::readAll);
    system.finish(writer);
    system.finish(reader);
    assertThat(events).containsExactly("one@0", "two@1", "end@2");
  }

  @Test
  void theEndComesWhenTheLastWriterHasEnded() {
    writer(
        self -> {
          self.sleep(SECOND);
          return 0;
        });
    writer(
        self -> {
          self.sleep(2 * SECOND);
          return 0;
        });
    system.finish(reader(this::readAll));
    assertThat(events).containsExactly("end@2");
  }

  @Test
  void aWriterWaitsWhenItIsFull() {
    Process writer =
        writer(
            self -> {
              self.print("x".repeat(65_536));
              events.add("full@" + self.now() / SECOND);
              self.print("y");
              events.add("went on@" + self.now() / SECOND);
              return 0;
            });
    reader(
        self -> {
          self.sleep(3 * SECOND);
          self.stdio().in().read(self, new byte[10], 0, 10);
          return TestProcesses.sleepForever(self);
        });
    system.finish(writer);
    assertThat(events).containsExactly("full@0", "went on@3");
  }

  @Test
  void aWriterWithoutAReaderIsEndedBySigpipe() {
    reader(self -> 0);
    Process writer =
        writer(
            self -> {
              while (true) {
                self.print("y\n");
                self.yield();
              }
            });
    system.finish(writer);
    assertThat(writer.endedBy()).contains(Signal.PIPE);
    assertThat(writer.exitStatus()).isEqualTo(141);
  }

  @Test
  void aWriterThatIgnoresSigpipeGetsAnError() {
    Process writer =
        writer(
            self -> {
              self.ignoreSignal(Signal.PIPE);
              try {
                self.print("y");
              } catch (SystemCallException error) {
                events.add(error.errno().name());
              }
              return 0;
            });
    system.finish(writer);
    assertThat(events).containsExactly("EPIPE");
  }

  @Test
  void aWaitingWriterNoticesThatItsReaderWent() {
    reader(
        self -> {
          self.sleep(SECOND);
          return 0;
        });
    Process writer =
        writer(
            self -> {
              self.print("x".repeat(100_000));
              return 0;
            });
    assertThat(system.finish(writer)).isEqualTo(141);
  }

  @Test
  void aHandledSignalDisturbsAReaderAndIsNotTheEnd() {
    writer(TestProcesses::sleepForever);
    Process reader =
        reader(
            self -> {
              self.onSignal(Signal.INT, () -> events.add("interrupted"));
              events.add("read " + self.stdio().in().read(self, new byte[1], 0, 1));
              return 0;
            });
    system.settle();
    reader.signal(Signal.INT);
    system.finish(reader);
    assertThat(events).containsExactly("interrupted", "read 0");
  }

  @Test
  void bytesComeThroughInOrderWhateverTheSizesOfReadsAndWrites() {
    Random sizes = new Random(7);
    byte[] sent = new byte[300_000];
    sizes.nextBytes(sent);
    ByteArrayOutputStream received = new ByteArrayOutputStream();
    writer(
        self -> {
          int position = 0;
          while (position < sent.length) {
            int size = Math.min(sent.length - position, 1 + sizes.nextInt(70_000));
            self.stdio().out().write(self, sent, position, size);
            position += size;
          }
          return 0;
        });
    Process reader =
        reader(
            self -> {
              byte[] buffer = new byte[40_000];
              int count;
              while ((count =
                      self.stdio().in().read(self, buffer, 0, 1 + sizes.nextInt(buffer.length)))
                  >= 0) {
                received.write(buffer, 0, count);
              }
              return 0;
            });
    system.finish(reader);
    assertThat(received.toByteArray()).isEqualTo(sent);
  }
}
