package dev.dockwire.tools.live;

import dev.dockwire.capture.CaptureWriter;
import dev.dockwire.engine.Engine;
import dev.dockwire.engine.EngineException;
import dev.dockwire.host.Process;
import dev.dockwire.host.Program;
import dev.dockwire.tools.FileProblem;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * {@code capture}, a program of the Docker host that no real one has: records frames into files and
 * named pipes of the real machine.
 */
final class CaptureProgram implements Program {

  private static final String USAGE =
      """
      Usage: capture start [--interface NAME | --container NAME | --network NAME] [--pipe]
                           [-s OCTETS] FILE
             capture stop NUMBER|FILE|--all
             capture ls

      Records the frames of all links, or of some, into FILE while everything runs. FILE is a
      path of the machine that Dockwire runs on, relative to where it was started: a file, which
      is overwritten, in pcapng (in pcap if its name ends so), or a named pipe, which Wireshark
      can read live; --pipe makes one.
        --interface NAME   those of one interface, as docker0 or a1/eth0; it may come later
        --container NAME   those of all of a container's interfaces
        --network NAME     those of all wires of a network
        -s OCTETS          keep so many octets of each frame; 96 have all headers, and take less
                           time and disk
      """;

  /** How long {@code stop} waits for what has been gathered to be written. */
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final Engine engine;
  private final Captures captures;

  CaptureProgram(Engine engine, Captures captures) {
    this.engine = engine;
    this.captures = captures;
  }

  @Override
  public int run(Process self) {
    List<String> words = new ArrayList<>(self.arguments());
    words.removeFirst();
    String verb = words.isEmpty() ? "" : words.removeFirst();
    try {
      return switch (verb) {
        case "start" -> start(self, words);
        case "stop" -> stop(self, words);
        case "ls" -> list(self);
        case "--help", "help" -> {
          self.print(USAGE);
          yield 0;
        }
        default -> usage(self);
      };
    } catch (EngineException e) {
      return fail(self, e.getMessage());
    }
  }

  private int start(Process self, List<String> words) {
    CaptureScope scope = CaptureScope.EVERYTHING;
    boolean makePipe = false;
    int snapLength = CaptureWriter.WHOLE_FRAMES;
    while (!words.isEmpty() && words.getFirst().startsWith("-")) {
      String option = words.removeFirst();
      if (option.equals("--pipe")) {
        makePipe = true;
      } else if (option.equals("-s")) {
        snapLength = words.isEmpty() ? -1 : octets(words.removeFirst());
        if (snapLength < 0) {
          return usage(self);
        }
      } else if (words.isEmpty() || scope != CaptureScope.EVERYTHING) {
        return usage(self);
      } else {
        String name = words.removeFirst();
        switch (option) {
          case "--interface" -> scope = CaptureScope.ofInterface(name);
          case "--container" -> scope = CaptureScope.ofContainer(engine, name);
          case "--network" -> scope = CaptureScope.ofNetwork(engine, name);
          default -> {
            return usage(self);
          }
        }
      }
    }
    if (words.size() != 1 || words.getFirst().isEmpty()) {
      return usage(self);
    }
    return start(self, words.getFirst(), scope, makePipe, snapLength);
  }

  /** 0 stands for all of them, as with tcpdump; -1 for no number. */
  private static int octets(String word) {
    return word.matches("\\d{1,5}") ? CaptureWriter.snapLength(Integer.parseInt(word)) : -1;
  }

  private int start(
      Process self, String file, CaptureScope scope, boolean makePipe, int snapLength) {
    try {
      LiveCapture capture = captures.start(Path.of(file), scope, makePipe, snapLength);
      boolean waits = capture.state().startsWith("waiting");
      self.print(
          "capture %d: %s to %s%s\n"
              .formatted(
                  capture.number(),
                  capture.what(),
                  capture.file(),
                  waits ? ", when somebody reads it" : ""));
      return 0;
    } catch (IOException e) {
      return fail(self, file + ": " + FileProblem.inWords(e));
    } catch (InvalidPathException e) {
      return fail(self, file + ": " + e.getReason());
    }
  }

  private int stop(Process self, List<String> words) {
    if (words.size() != 1) {
      return usage(self);
    }
    String which = words.getFirst();
    List<LiveCapture> meant =
        captures.list().stream().filter(capture -> isMeant(capture, which)).toList();
    if (meant.isEmpty() && !which.equals("--all")) {
      return fail(self, "no such capture: " + which);
    }
    for (LiveCapture capture : meant) {
      captures.stop(capture);
      self.await(captures.ended(), capture::isOver, self.now() + PATIENCE_NANOS);
      String missed = capture.missed() == 0 ? "" : ", " + capture.missed() + " left out";
      self.print(
          "capture %d: %d frames in %s%s\n"
              .formatted(capture.number(), capture.frames(), capture.file(), missed));
    }
    return 0;
  }

  private static boolean isMeant(LiveCapture capture, String which) {
    return which.equals("--all")
        || which.equals(Integer.toString(capture.number()))
        || capture.file().equals(Path.of(which).toAbsolutePath().normalize());
  }

  private int list(Process self) {
    String line = "%-8s%-10s%-10s%-24s%-24s%s\n";
    StringBuilder text =
        new StringBuilder(line.formatted("NUMBER", "FRAMES", "LEFT OUT", "OF", "STATE", "FILE"));
    for (LiveCapture capture : captures.list()) {
      text.append(
          line.formatted(
              capture.number(),
              capture.frames(),
              capture.missed(),
              capture.what(),
              capture.state(),
              capture.file()));
    }
    self.print(text.toString());
    return 0;
  }

  private static int usage(Process self) {
    self.printError(USAGE);
    return 2;
  }

  private static int fail(Process self, String complaint) {
    self.printError("capture: " + complaint + "\n");
    return 1;
  }
}
