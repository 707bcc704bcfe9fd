package dev.dockwire.tools.play;

import dev.dockwire.engine.EngineSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/**
 * What a Markdown file wants done.
 *
 * @param settings how it wants the engine set up
 * @param lines the whole file, so that its expectations can be rewritten in place
 */
record Scenario(Path file, EngineSettings settings, List<String> lines, List<Step> steps) {

  /** Whose keyboard a step is typed at, and what is typed. */
  enum Action {
    /** A command line for the Docker host's shell. */
    HOST_COMMAND,
    /** A command line for the shell of the container that is attached. */
    CONTAINER_COMMAND,
    /** Ctrl-P Ctrl-Q. */
    DETACH,
    /** Ctrl-C. */
    INTERRUPT,
    /** Ctrl-D. */
    END_OF_INPUT
  }

  /**
   * One thing to type, and what is to come back.
   *
   * @param line the line number of the typed line, from 1
   * @param prompt the prompt as the file shows it
   * @param text what is typed
   * @param expected the output lines expected
   * @param expectedLine the line number after the typed line, where the expected output begins
   * @param status the exit status asserted, if any
   * @param statusLine the line number of that assertion
   */
  record Step(
      int line,
      Action action,
      String prompt,
      String text,
      List<String> expected,
      int expectedLine,
      OptionalInt status,
      int statusLine) {

    /** Whether a key is pressed, and no line typed. */
    boolean isKey() {
      return action != Action.HOST_COMMAND && action != Action.CONTAINER_COMMAND;
    }

    /** The line as the file shows it. */
    String shown() {
      return prompt + text;
    }
  }
}
