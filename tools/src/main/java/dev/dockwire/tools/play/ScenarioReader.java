package dev.dockwire.tools.play;

import dev.dockwire.engine.EngineSettings;
import dev.dockwire.tools.EngineOptions;
import dev.dockwire.tools.play.Scenario.Action;
import dev.dockwire.tools.play.Scenario.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ParameterException;

/**
 * Reads the fenced blocks marked {@code console} of a Markdown file.
 *
 * <p>{@code $ } or {@code > } begins a line for the Docker host's shell, {@code / # } or {@code # }
 * one for the attached container's, {@code mysql> } and its {@code ->} one for a client there,
 * {@code [Ctrl + P + Q]}, {@code [Ctrl + C]} and {@code [Ctrl + D]} are keys, {@code ? N} asserts
 * an exit status, and every other line is expected output. A line with {@code # } is output, too,
 * unless the last command for the Docker host attached a container.
 *
 * <p>A comment {@code <!-- dockwire: --icc=false -->} before the first block sets the engine up.
 */
final class ScenarioReader {

  private static final String BYTE_ORDER_MARK = "\ufeff";
  private static final Pattern FENCE = Pattern.compile("\\s{0,3}(`{3,}|~{3,})\\s*(\\S*).*");
  private static final Pattern HOST_LINE = Pattern.compile("\\s?([$>] )(.*)");
  private static final Pattern CONTAINER_LINE = Pattern.compile("(/ # |# |mysql> | {4}-> )(.*)");
  private static final Pattern STATUS = Pattern.compile("\\? (\\d{1,3})\\s*");
  private static final Map<String, Action> KEYS =
      Map.of(
          "[Ctrl + P + Q]", Action.DETACH,
          "[Ctrl + C]", Action.INTERRUPT,
          "[Ctrl + D]", Action.END_OF_INPUT);
  private static final Pattern SETTINGS = Pattern.compile("<!-- dockwire: (.*) -->\\s*");
  private static final Pattern BARE_PROMPT = Pattern.compile("(/ #|[#$>]|mysql>)\\s*");

  /** A docker command that leaves this terminal at a container's. */
  private static final Pattern ATTACHING =
      Pattern.compile("\\battach\\b|\\b(run|exec|start)\\b(?!.* -\\w*d).* -\\w*[ita]");

  private final List<Step> steps = new ArrayList<>();
  private Action action;
  private int line;
  private String prompt;
  private String text;
  private List<String> expected = new ArrayList<>();
  private OptionalInt status = OptionalInt.empty();
  private int statusLine;

  /** Whether the last line for the Docker host may have attached a container. */
  private boolean mayBeAttached;

  private ScenarioReader() {}

  /** Whether a line of output, written into a console block, would not be read as output. */
  static boolean readsAsSomethingElse(String output) {
    return FENCE.matcher(output).matches()
        || HOST_LINE.matcher(output).matches()
        || CONTAINER_LINE.matcher(output).matches()
        || STATUS.matcher(output).matches()
        || BARE_PROMPT.matcher(output).matches()
        || KEYS.containsKey(output.strip())
        || output.strip().equals(Expectation.ANY_LINES);
  }

  /**
   * Reads a file.
   *
   * @throws IOException if it cannot be read, or a console block begins with output
   */
  static Scenario read(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    ScenarioReader reader = new ScenarioReader();
    EngineSettings settings = EngineSettings.DEFAULT;
    String openFence = null;
    boolean console = false;
    for (int number = 1; number <= lines.size(); number++) {
      String content = lines.get(number - 1);
      if (number == 1 && content.startsWith(BYTE_ORDER_MARK)) {
        content = content.substring(1);
      }
      Matcher fence = FENCE.matcher(content);
      if (openFence == null) {
        if (fence.matches()) {
          openFence = fence.group(1);
          console = fence.group(2).equals("console");
        } else {
          settings = reader.readSettings(number, content, settings);
        }
      } else if (fence.matches()
          && fence.group(1).startsWith(openFence)
          && fence.group(2).isEmpty()) {
        openFence = null;
        reader.endStep();
      } else if (console) {
        reader.readLine(number, content);
      }
    }
    reader.endStep();
    return new Scenario(file, settings, lines, reader.steps);
  }

  private EngineSettings readSettings(int number, String content, EngineSettings before)
      throws IOException {
    Matcher comment = SETTINGS.matcher(content);
    if (!comment.matches()) {
      return before;
    }
    if (!steps.isEmpty()) {
      throw new IOException("line " + number + ": settings where a console block has come before");
    }
    try {
      return EngineOptions.parse(comment.group(1).strip().split("\\s+")).over(before);
    } catch (ParameterException e) {
      throw new IOException("line " + number + ": " + e.getMessage(), e);
    }
  }

  private void readLine(int number, String content) throws IOException {
    Matcher host = HOST_LINE.matcher(content);
    Matcher container = CONTAINER_LINE.matcher(content);
    Matcher assertion = STATUS.matcher(content);
    if (host.matches()) {
      begin(number, Action.HOST_COMMAND, host.group(1), host.group(2));
      mayBeAttached = ATTACHING.matcher(host.group(2)).find();
    } else if (container.matches() && mayBeAttached) {
      begin(number, Action.CONTAINER_COMMAND, container.group(1), container.group(2));
    } else if (KEYS.containsKey(content.strip())) {
      begin(number, KEYS.get(content.strip()), "", content.strip());
    } else if (action != null && assertion.matches()) {
      status = OptionalInt.of(Integer.parseInt(assertion.group(1)));
      statusLine = number;
    } else if (BARE_PROMPT.matcher(content).matches()) {
      endStep();
    } else if (action != null && status.isEmpty()) {
      expected.add(content);
    } else if (!content.isBlank()) {
      throw new IOException("line " + number + ": output where a command is to come first");
    }
  }

  private void begin(int number, Action newAction, String newPrompt, String newText) {
    endStep();
    action = newAction;
    line = number;
    prompt = newPrompt;
    text = newText;
  }

  private void endStep() {
    if (action != null) {
      steps.add(
          new Step(
              line, action, prompt, text, List.copyOf(expected), line + 1, status, statusLine));
    }
    action = null;
    expected = new ArrayList<>();
    status = OptionalInt.empty();
  }
}
